package dev.steward.event;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * What a publisher says: a thing of some kind is in a state now, or will not get there. Immutable.
 *
 * @param kind what kind of thing
 * @param name which one; unique within the kind, not empty
 * @param state the word for the state, of {@code kind}
 * @param outcome whether it has entered the state, or has failed for good
 * @param cause why
 * @param request the id of the request that this answers; empty when it concerns everyone
 */
public record StateChange(Kind<?> kind, String name, String state, Outcome outcome, Reason cause, String request) {
    /** What the change says about the state. */
    public enum Outcome {
        /** The thing is in the state. */
        ENTERED,
        /** The thing will not make it: final for everybody who waits for any state of it. The state is the one that it is left in. */
        FAILED
    }

    /** @throws IllegalArgumentException if the name is empty, or the kind has no such state */
    public StateChange {
        checkArgument(!name.isEmpty(), "a thing of kind %s has no name", kind);
        kind.requireState(state);
        checkNotNull(outcome, "outcome");
        checkNotNull(cause, "cause");
        checkNotNull(request, "request");
    }

    /** A thing has entered a state. */
    public static <S> StateChange entered(Kind<S> kind, String name, S state) {
        return new StateChange(kind, name, kind.text(state), Outcome.ENTERED, Reason.none(), "");
    }

    /** A thing has failed for good, in the state that it is left in. */
    public static <S> StateChange failed(Kind<S> kind, String name, S state, Reason cause) {
        return new StateChange(kind, name, kind.text(state), Outcome.FAILED, cause, "");
    }

    /** The same, for this reason. */
    public StateChange because(Reason reason) {
        return new StateChange(kind, name, state, outcome, reason, request);
    }

    /** The same, as the answer to one request. */
    public StateChange answering(String requestId) {
        return new StateChange(kind, name, state, outcome, cause, requestId);
    }
}
