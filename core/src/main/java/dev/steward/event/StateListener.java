package dev.steward.event;

/**
 * Takes events from a {@link Subscription}, in order, each at most once, on the thread of whoever polls.
 *
 * <p>One that throws has had its event: the next poll goes on behind it.
 */
@FunctionalInterface
public interface StateListener {
    /** Takes one event. */
    void event(StateEvent event);

    /**
     * Told that events were lost, because the listener was too far behind or the feed is not the one its position was on. The next
     * event comes from behind the gap.
     *
     * @param first the first sequence lost; 0 when the position was on another feed and nobody can say what is missing
     * @param last the last sequence lost
     * @throws MissedEventsException unless overridden: nothing is skipped in silence
     */
    default void gap(long first, long last) {
        throw new MissedEventsException(first, last);
    }
}
