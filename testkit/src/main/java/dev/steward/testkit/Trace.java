package dev.steward.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last things that happened in a simulation, and a hash over all of them. Lines are made when somebody reads them: writing one
 * down allocates nothing. Not safe for use by many threads.
 */
final class Trace {
    private static final int CAPACITY = 1 << 10;

    private final long[] at = new long[CAPACITY];
    private final String[] who = new String[CAPACITY];
    private final @Nullable Object[] what = new Object[CAPACITY];
    private long written;
    private long hash;

    Trace() {}

    /** @param code stands for {@code outcome} in the hash */
    void write(long nanos, String name, @Nullable Object outcome, long code) {
        int slot = (int) (written++ & (CAPACITY - 1));
        at[slot] = nanos;
        who[slot] = name;
        what[slot] = outcome;
        hash = SplitMix.mix(hash ^ nanos);
        hash = SplitMix.mix(hash ^ (((long) name.hashCode() << 32) + code));
    }

    /** Over everything ever written. */
    long hash() {
        return hash;
    }

    /** The last lines, at most {@code limit}, the oldest first. */
    List<String> lines(int limit) {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(written - Math.min(limit, CAPACITY), 0); i < written; i++) {
            int slot = (int) (i & (CAPACITY - 1));
            Object outcome = what[slot];
            lines.add(seconds(at[slot]) + "  " + who[slot] + (outcome == null ? "" : ": " + outcome));
        }
        return lines;
    }

    /** Nanoseconds as people read them: {@code 12.345 s}. */
    static String seconds(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString() + " s";
    }
}
