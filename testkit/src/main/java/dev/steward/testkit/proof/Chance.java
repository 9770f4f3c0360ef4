package dev.steward.testkit.proof;

/**
 * Numbers that depend on what they are for and on nothing else, so that a fault more or less moves no other decision. Immutable.
 */
final class Chance {
    private Chance() {}

    /** The {@code n}-th number for something of this name. */
    static long of(long seed, String what, long n) {
        return mix(mix(seed ^ (what.hashCode() * 0x9E3779B97F4A7C15L)) + n * 0xD1B54A32D192ED03L);
    }

    /** From zero to one less than {@code bound}. */
    static int below(long number, int bound) {
        return (int) Math.floorMod(number, (long) bound);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
