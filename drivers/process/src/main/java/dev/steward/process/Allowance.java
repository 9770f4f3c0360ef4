package dev.steward.process;

/** So many per second, and so many at once. Not safe for use by many threads. */
final class Allowance {
    private static final long SECOND = 1_000_000_000;

    private final long interval;
    private final long slack;
    private long usedUntil;

    /** Nothing is used yet, at {@code now} of a clock in nanoseconds. */
    Allowance(Forwarding forwarding, long now) {
        this.interval = SECOND / forwarding.linesPerSecond();
        this.slack = (forwarding.burst() - 1) * interval;
        this.usedUntil = now;
    }

    /** Whether there may be one more now. */
    boolean take(long now) {
        long ahead = Math.max(0, usedUntil - now);
        if (ahead > slack) {
            return false;
        }
        usedUntil = now + ahead + interval;
        return true;
    }
}
