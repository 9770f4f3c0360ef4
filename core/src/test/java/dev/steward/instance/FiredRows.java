package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.vectors.Vectors;
import java.util.BitSet;

/** Which rows of the resolver's table a replay has met. Not safe for use by many threads. */
final class FiredRows {
    private static final int ROWS = 22;

    private final BitSet rows = new BitSet();

    void count(int row) {
        rows.set(row);
    }

    /** Says it on one line; of our own recordings it is known that they meet every row. */
    void report(String what) {
        System.out.println(what + ": " + rows.cardinality() + " of " + ROWS + " rows fired");
        if (!Vectors.areGiven()) {
            assertThat(rows.cardinality()).isEqualTo(ROWS);
        }
    }
}
