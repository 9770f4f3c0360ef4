package dev.steward.loop;

/**
 * Something that manages, one pass at a time, on the caller's thread.
 *
 * <p><b>Contract.</b> {@link #manageOnce()} looks at the world, does what is due, and returns when it next wants to run. It never
 * sleeps, never waits for a remote answer, and starts no thread. Calling it early is always allowed and does no harm; calling it late
 * only makes things late.
 *
 * <p><b>Threads.</b> One thread at a time. Which thread may change between passes if the host publishes the loop safely; two passes at
 * once throw {@link IllegalStateException}.
 *
 * <p><b>Errors.</b> A pass reports trouble of the managed thing as state, not as an exception. What it throws is a defect or a failed
 * dependency; the loop stays usable and the next pass starts clean.
 *
 * <p>Run it yourself, or with {@link LoopInvoker}, {@link LoopService}, or as a child of a {@link CompositeLoop}.
 */
public interface ControlLoop extends AutoCloseable {
    /** Makes one pass, and says when the next one is wanted. */
    Step manageOnce();

    /** Short and stable; used in log lines, metrics and thread names. */
    String name();

    /**
     * Hands over what the loop wakes when it wants a pass earlier than it said.
     *
     * <p>A runner calls this before its first pass, and again when another runner takes over. A loop that nothing can wake ignores it;
     * one that was woken before it had a wake-up wakes this one at once.
     */
    default void wakeWith(WakeUp wakeUp) {}

    /** Releases what the loop holds. Idempotent; must not be called during a pass. */
    @Override
    default void close() {}
}
