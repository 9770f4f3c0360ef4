package dev.steward.event;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Instant;

/**
 * A {@link StateChange} in its place on a feed. Immutable.
 *
 * @param sequence its number on the feed: the first is 1, and there are no gaps
 * @param at when it was published, by the wall clock; for people, not for order
 * @param change what was published
 */
public record StateEvent(long sequence, Instant at, StateChange change) {
    /** @throws IllegalArgumentException if the sequence is below 1 */
    public StateEvent {
        checkArgument(sequence >= 1, "sequences start at 1: %s", sequence);
        checkNotNull(at, "at");
        checkNotNull(change, "change");
    }

    /** What kind of thing. */
    public Kind<?> kind() {
        return change.kind();
    }

    /** Which one. */
    public String name() {
        return change.name();
    }

    /** The word for the state. */
    public String state() {
        return change.state();
    }

    /** Whether the state was entered, or the thing failed for good. */
    public StateChange.Outcome outcome() {
        return change.outcome();
    }

    /** Whether the thing failed for good. */
    public boolean isFailure() {
        return change.outcome() == StateChange.Outcome.FAILED;
    }

    /** Why. */
    public Reason cause() {
        return change.cause();
    }

    /** The request that it answers; empty when it concerns everyone. */
    public String request() {
        return change.request();
    }

    /** One line for people: {@code #7 instance thermo1: down (exit code 3)}. */
    @Override
    public String toString() {
        return "#" + sequence + " " + kind() + " " + name() + ": " + state() + (isFailure() ? " FAILED" : "")
                + (cause().isNone() ? "" : " (" + cause() + ")") + (request().isEmpty() ? "" : " for " + request());
    }
}
