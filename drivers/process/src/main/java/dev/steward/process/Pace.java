package dev.steward.process;

import java.time.Duration;

/**
 * When to look again: at a steady period, but sooner after something happened that has consequences, and then less and less soon. Belongs
 * to the driver's thread.
 */
final class Pace {
    private static final long HURRIED = Duration.ofMillis(2).toNanos();

    private final long shortest;
    private long steady;
    private long period;
    private long due = System.nanoTime();

    Pace(Duration steady) {
        this.shortest = steady.toNanos();
        this.steady = shortest;
        this.period = shortest;
    }

    /** Makes the steady period this many times as long as it was at first. */
    void stretch(int times) {
        steady = shortest * times;
    }

    /** Something is about to change. */
    void hurry() {
        period = Math.min(HURRIED, steady);
        due = System.nanoTime() + period;
    }

    /** A look has been taken. */
    void looked() {
        due = System.nanoTime() + period;
        period = Math.min(steady, period * 2);
    }

    boolean isDue() {
        return remainingNanos() == 0;
    }

    long remainingNanos() {
        return Math.max(0, due - System.nanoTime());
    }
}
