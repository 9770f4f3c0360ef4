package dev.steward.internal;

import org.jspecify.annotations.Nullable;

/**
 * Our own consumer of a stream, called under the lock of publication; its work is bounded and runs no foreign code.
 *
 * @param <E> what is published
 */
public interface Tap<E> {
    /**
     * Takes one event, in order, with the publisher's lock held.
     *
     * @return what is to be run once the lock is released (wake-ups), or null for nothing
     */
    @Nullable
    Runnable accept(E event);
}
