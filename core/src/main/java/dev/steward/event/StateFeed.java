package dev.steward.event;

import java.util.concurrent.Executor;

/**
 * The one stream of state changes of a process: everything that enters a state says so here, and anything can wait for anything.
 *
 * <p><b>Contract.</b> Sequences start at 1 and have no gaps. A change is published after it has been recorded, so whoever sees the
 * event can trust the record. A bounded tail is kept for replay; a subscriber that asks for more is told of the gap.
 *
 * <p><b>Threads.</b> Safe for use by many threads. The feed never runs foreign code on the thread of a publisher, but for the wake-up
 * of a subscriber, which must return at once and must not publish.
 */
public interface StateFeed {
    /** Publishes a change: gives it the next sequence and a stamp, keeps it, and wakes the subscribers. */
    StateEvent publish(StateChange change);

    /** The place behind the last event. */
    Position position();

    /**
     * A cursor behind {@code after}.
     *
     * @param wakeUp run after a publication if there has been a poll since it was last run; from any thread, and it may come too
     *     often, never too seldom. One that throws is logged, and run again after the next publication
     * @throws IllegalArgumentException if {@code after} is a place that this feed has not reached yet
     */
    Subscription subscribe(Position after, Runnable wakeUp);

    /** A cursor behind the last event. */
    default Subscription subscribe(Runnable wakeUp) {
        return subscribe(position(), wakeUp);
    }

    /**
     * Delivers from now on to {@code listener} on {@code executor}, one event at a time and in order.
     *
     * <p>A listener that throws is logged and gets the next event. If the executor refuses, delivery is tried again at the next
     * publication; if it refuses while this call is being made, its exception comes out of it and nothing is subscribed.
     *
     * @return ends the delivery when closed; its {@link Subscription#poll} is the executor's and must not be called
     */
    default Subscription listen(Executor executor, StateListener listener) {
        return new ListeningSubscription(this, executor, listener);
    }
}
