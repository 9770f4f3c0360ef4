package dev.steward.reconcile;

import java.util.function.Consumer;

/**
 * Something that a controller does to a thing.
 *
 * @param <T> what is seen of the thing
 */
@FunctionalInterface
public interface Action<T> {
    /**
     * Begins it, and returns at once. What it throws counts as {@link Outcome#unknown unknown}.
     *
     * @param then takes the outcome, from any thread, within this call, later, or never; all but the first are ignored
     */
    void start(Consumer<? super Outcome<T>> then);
}
