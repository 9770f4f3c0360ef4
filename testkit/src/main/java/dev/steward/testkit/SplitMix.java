package dev.steward.testkit;

/** Random numbers that are the same for a seed on every JDK, one addition and one mixing each. Not safe for use by many threads. */
final class SplitMix {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix(long seed) {
        this.state = mix(seed);
    }

    long next() {
        state += STEP;
        return mix(state);
    }

    /** Scatters {@code value} over all longs, one to one. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The {@code index}-th number of the row that belongs to {@code seed}, from 0 (inclusive) to 1 (exclusive). */
    static double fraction(long seed, long index) {
        return (mix(seed + index * STEP) >>> 11) * 0x1.0p-53;
    }
}
