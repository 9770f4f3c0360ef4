package dev.steward.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** When something was written, so that the longest time without a write can be found. Safe for use by many threads. */
final class WriteGaps {
    private final List<Long> moments = new ArrayList<>();

    synchronized void wrote(long nanos) {
        moments.add(nanos);
    }

    synchronized int writes() {
        return moments.size();
    }

    /** The longest time between two writes, of which the second came after a moment. */
    synchronized long longestAfter(long nanos) {
        long longest = 0;
        for (int i = 1; i < moments.size(); i++) {
            if (moments.get(i) - nanos > 0) {
                longest = Math.max(longest, moments.get(i) - moments.get(i - 1));
            }
        }
        return longest;
    }

    /** How many came after a moment. */
    synchronized long writesAfter(long nanos) {
        return moments.stream().filter(moment -> moment - nanos > 0).count();
    }
}
