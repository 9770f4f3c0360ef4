package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;

/**
 * How to find out whether an instance that runs is well, and when to restart it although it is. Immutable.
 *
 * @param readiness asked from when it runs until it is ready, which it is at once if there is nobody to ask
 * @param liveness asked while it is up; its verdict is a restart
 * @param recycle asked while it is up
 */
public record Health(Optional<ProbePlan> readiness, Optional<ProbePlan> liveness, RecyclePolicy recycle) {
    private static final Health NONE = new Health(Optional.empty(), Optional.empty(), RecyclePolicy.never());

    /** None is null. */
    public Health {
        checkNotNull(readiness, "readiness");
        checkNotNull(liveness, "liveness");
        checkNotNull(recycle, "recycle");
    }

    /** Nobody is asked: what runs is well. */
    public static Health unprobed() {
        return NONE;
    }

    /** The same with a probe for readiness. */
    public Health withReadiness(ProbePlan plan) {
        return new Health(Optional.of(plan), liveness, recycle);
    }

    /** The same with a probe for liveness. */
    public Health withLiveness(ProbePlan plan) {
        return new Health(readiness, Optional.of(plan), recycle);
    }

    /** The same with another policy for restarts of what is up. */
    public Health withRecycle(RecyclePolicy policy) {
        return new Health(readiness, liveness, policy);
    }
}
