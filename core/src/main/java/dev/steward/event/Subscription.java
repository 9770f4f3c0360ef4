package dev.steward.event;

/**
 * A cursor on a feed. Events are read from it, never pushed through it: a slow reader only grows its own gap.
 *
 * <p><b>Threads.</b> One at a time polls; {@link #close} may come from any thread, also from within a listener.
 */
public interface Subscription extends AutoCloseable {
    /**
     * Hands what has been published since the last poll to {@code listener}, on this thread.
     *
     * <p>What is published meanwhile is for the next poll, so that one poll always ends.
     *
     * @return how many events were delivered
     * @throws IllegalStateException if it is called from within its own listener
     */
    int poll(StateListener listener);

    /** Where the next poll starts. */
    Position position();

    /** Ends it: nothing is delivered any more, not even the rest of a poll under way. Idempotent. */
    @Override
    void close();
}
