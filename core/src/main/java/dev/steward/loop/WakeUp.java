package dev.steward.loop;

/**
 * Says that a loop has something to do, before the time it asked for.
 *
 * <p>Publish the data first, so that other threads can see it (a {@link Mailbox}, a volatile write, a lock), then wake. Safe for use by many
 * threads, returns at once, never throws, never runs the loop itself; said ten times before the next pass, it is one pass.
 */
@FunctionalInterface
public interface WakeUp extends Runnable {
    /** Asks for a pass soon. */
    void wake();

    @Override
    default void run() {
        wake();
    }
}
