package dev.steward.guard;

/**
 * When the next cycle is due: one period after the last was, and one period from now if that is over already, so that a late pass is
 * not made up for. Not safe for use by many threads.
 */
final class Pace {
    private long last;
    private boolean hasRun;

    /** Nanoseconds until the next cycle; 0 = now. */
    long nanosLeft(long now, long period) {
        return hasRun ? Math.max(period - (now - last), 0) : 0;
    }

    /**
     * A due cycle is made.
     *
     * @param usual the node's own period; a beat is kept only if it is less late than that, as the next state may have this one
     */
    void ran(long now, long period, long usual) {
        long late = now - last - period;
        last = hasRun && late < Math.min(period, usual) ? now - late : now;
        hasRun = true;
    }

    /** The next cycle is due at once. */
    void restart() {
        hasRun = false;
    }
}
