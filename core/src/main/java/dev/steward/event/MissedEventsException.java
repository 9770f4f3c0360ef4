package dev.steward.event;

/** Events were lost to a listener that does not say what it wants to do about it. The subscription itself goes on behind the gap. */
public final class MissedEventsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long first;
    private final long last;

    /** The events from {@code first} to {@code last}, both included, are gone; a {@code first} of 0 says that nobody knows how many. */
    public MissedEventsException(long first, long last) {
        super("events " + first + " to " + last + " are no longer held by the feed");
        this.first = first;
        this.last = last;
    }

    /** The first sequence lost, or 0 if the position was on another feed. */
    public long first() {
        return first;
    }

    /** The last sequence lost. */
    public long last() {
        return last;
    }
}
