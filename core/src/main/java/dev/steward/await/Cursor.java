package dev.steward.await;

import dev.steward.await.NameResult.Outcome;
import dev.steward.event.Reason;
import dev.steward.event.StateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One name of one wait: how far it is in its sequence, and how it ended.
 *
 * <p>There may be a million, so the small fields are small: 48 bytes each. Guarded by the lock of the {@link WaitIndex} that it is in.
 */
final class Cursor {
    /** The longest sequence that a position can count. */
    static final int LONGEST = Short.MAX_VALUE;

    private static final Outcome[] OUTCOMES = Outcome.values();

    final String name;
    final Plan plan;

    /** Of its name and kind, so that a look-up touches none of its neighbours' names. */
    final int hash;

    /** While it is pending the next in its bucket of the index; after that, the one that ended next in its ledger. */
    @Nullable
    Cursor next;

    /** The one before it in its bucket. */
    @Nullable
    Cursor previous;

    /** Whether it stands in the queue of those that have made a step which the listener has not been told of. */
    boolean stepUntold;

    private short position;
    private byte outcome;
    private long elapsedNanos;
    private @Nullable Object endedBy; // the event that did, or when it was where there was none

    Cursor(String name, Plan plan) {
        this.name = name;
        this.plan = plan;
        this.hash = WaitIndex.hash(plan.kind, name);
    }

    boolean isPending() {
        return outcome == 0;
    }

    Outcome outcome() {
        return OUTCOMES[outcome];
    }

    /** The next state of its sequence; only of one that is pending. */
    String wanted() {
        return plan.words[position];
    }

    /** Takes one step; answers whether it was the last. */
    boolean advance() {
        return ++position == plan.words.length;
    }

    void jumpToEnd() {
        position = (short) plan.words.length;
    }

    /** Ends it by an event. */
    void end(Outcome how, StateEvent event, long nanosAfterOpening) {
        end(how, (Object) event, nanosAfterOpening);
    }

    /** Ends it at a time of the wall clock. */
    void end(Outcome how, Instant at, long nanosAfterOpening) {
        end(how, (Object) at, nanosAfterOpening);
    }

    @SuppressWarnings("EnumOrdinal") // it never leaves this class
    private void end(Outcome how, Object by, long nanosAfterOpening) {
        outcome = (byte) how.ordinal();
        endedBy = by;
        elapsedNanos = nanosAfterOpening;
    }

    /** How it ended; only of one that has. */
    NameResult result() {
        if (endedBy instanceof StateEvent event) {
            Reason cause = outcome() == Outcome.FAILED ? event.cause() : Reason.none();
            return result(cause, event.at(), elapsedNanos);
        }
        return result((Instant) Objects.requireNonNull(endedBy), elapsedNanos);
    }

    /** How far it is at this time. */
    NameResult result(Instant at, long nanosAfterOpening) {
        return result(Reason.none(), at, nanosAfterOpening);
    }

    private NameResult result(Reason cause, Instant at, long nanosAfterOpening) {
        Duration elapsed = Duration.ofNanos(nanosAfterOpening);
        return new NameResult(
                plan.kind,
                name,
                outcome(),
                cause,
                at,
                elapsed,
                List.of(plan.words).subList(0, position));
    }
}
