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

    /** The value that {@code share} of all do not exceed, in nanoseconds. */
    double at(double share) {
        return sorted[Math.min((int) (sorted.length * share), sorted.length - 1)];
    }
}
