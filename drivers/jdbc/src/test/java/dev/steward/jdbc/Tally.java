package dev.steward.jdbc;

import dev.steward.store.Versioned;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which triples were acknowledged, and what is wrong with those that are found. Not safe for use by many threads. */
final class Tally {
    private static final int AHEAD = 5;

    private final Map<String, Integer> acknowledged = new LinkedHashMap<>();
    private int lost;
    private int torn;

    /** The first so many of a run were acknowledged. */
    void add(String run, int count) {
        acknowledged.put(run, count);
    }

    /** Looks for all that were acknowledged, and for a few that may have been under way. */
    void check(Map<String, Versioned> records) {
        acknowledged.forEach((run, count) -> {
            for (int number = 0; number < count + AHEAD; number++) {
                try {
                    if (!Writer.isThere(records, run, number) && number < count) {
                        lost++;
                    }
                } catch (Writer.TornException half) {
                    torn++;
                }
            }
        });
    }

    int lost() {
        return lost;
    }

    int torn() {
        return torn;
    }

    String of(String what) {
        int all = acknowledged.values().stream().mapToInt(Integer::intValue).sum();
        return what + ", acknowledged writes " + all + ", lost " + lost + ", torn " + torn;
    }
}
