package dev.steward.benchmarks;

import java.util.Arrays;

/** Exact quantiles of what was measured. Immutable. */
final class Quantiles {
    private final long[] sorted;

    /** Of all values from {@code from} on; the ones before were the warm-up. */
    Quantiles(long[] values, int from) {
        sorted = Arrays.copyOfRange(values, from, values.length);
        Arrays.sort(sorted);
    }

    /** The least value that {@code share} of all do not exceed, in nanoseconds. */
    double at(double share) {
        return sorted[Math.max((int) Math.ceil(sorted.length * share) - 1, 0)];
    }
}
