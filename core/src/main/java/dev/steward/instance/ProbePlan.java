package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;

/**
 * A probe, how often it is asked, and how many bad answers matter. Immutable.
 *
 * @param probe whom to ask
 * @param delay before the first look, counted from when the instance is seen running (or, for liveness, from when it is up); zero or more
 * @param period from one answer to the next look; more than zero
 * @param limit after which no answer is a bad one; more than zero
 * @param failures how many bad answers in a row make a verdict, at least 1; of no meaning for readiness, which ends with the first good one
 */
public record ProbePlan(Probe probe, Duration delay, Duration period, Duration limit, int failures) {
    /** @throws IllegalArgumentException if a duration or the number is out of its range */
    public ProbePlan {
        checkNotNull(probe, "probe");
        checkArgument(!delay.isNegative(), "the delay of a probe is %s", delay);
        checkArgument(!period.isNegative() && !period.isZero(), "the period of a probe is %s", period);
        checkArgument(!limit.isNegative() && !limit.isZero(), "the limit of a probe is %s", limit);
        checkArgument(failures >= 1, "a probe matters after %s failures", failures);
    }

    /** For readiness: at once, then each 250 ms, with a limit of 1 s for each answer. */
    public static ProbePlan readiness(Probe probe) {
        return new ProbePlan(probe, Duration.ZERO, Duration.ofMillis(250), Duration.ofSeconds(1), 1);
    }

    /** For liveness: each 10 s, with a limit of 5 s for each answer; three bad ones in a row restart the instance. */
    public static ProbePlan liveness(Probe probe) {
        return new ProbePlan(probe, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5), 3);
    }

    /** The same with another delay. */
    public ProbePlan withDelay(Duration other) {
        return new ProbePlan(probe, other, period, limit, failures);
    }

    /** The same with another period. */
    public ProbePlan withPeriod(Duration other) {
        return new ProbePlan(probe, delay, other, limit, failures);
    }

    /** The same with another limit. */
    public ProbePlan withLimit(Duration other) {
        return new ProbePlan(probe, delay, period, other, failures);
    }

    /** The same with another number of failures. */
    public ProbePlan withFailures(int other) {
        return new ProbePlan(probe, delay, period, limit, other);
    }
}
