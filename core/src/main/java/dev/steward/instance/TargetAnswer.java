package dev.steward.instance;

import static java.util.Objects.requireNonNull;

/**
 * What became of one {@link TargetRequest}. Immutable.
 *
 * @param request the request as it was made
 * @param verdict whether it was taken; a request that was not has changed nothing
 */
public record TargetAnswer(TargetRequest request, Verdict verdict) {
    /** What a request can come to. */
    public enum Verdict {
        /** The target is set. That it is reached is another matter. */
        ACCEPTED,
        /** No instance has this id, or it is retired. */
        UNKNOWN_ID,
        /** Something else than {@code up} or {@code down} was asked for. */
        BAD_TARGET,
        /** Nothing is wrong with it, but another request of the same strict list was refused, and so all are. */
        NOT_APPLIED,
        /** The manager is closed or shutting down, and takes no requests. */
        CLOSED
    }

    /** An answer to a request. */
    public TargetAnswer {
        requireNonNull(request, "request");
        requireNonNull(verdict, "verdict");
    }

    /** Whether the target is set. */
    public boolean isAccepted() {
        return verdict == Verdict.ACCEPTED;
    }
}
