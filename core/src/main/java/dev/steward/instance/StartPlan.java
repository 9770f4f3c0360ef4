package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.List;

/**
 * How an instance is started, and in which order. Immutable.
 *
 * @param limit how long it may take from its launch until it is up, which with a readiness probe means ready; more than zero
 * @param retry the pause after a start that has failed so; zero or more
 * @param after names of instances that come first: it is launched when they are up (or have completed), and they are stopped when it is down
 * @param patience how long it waits for others, in both directions, before it goes ahead all the same; zero or more
 */
public record StartPlan(Duration limit, Duration retry, List<String> after, Duration patience) {
    private static final StartPlan STANDARD = new StartPlan(
            Timer.START_LIMIT.reference(), Timer.START_RETRY.reference(), List.of(), Duration.ofSeconds(60));

    /** @throws IllegalArgumentException if a duration is out of its range */
    public StartPlan {
        checkArgument(!limit.isNegative() && !limit.isZero(), "the limit of a start is %s", limit);
        checkArgument(!retry.isNegative(), "the pause after a failed start is %s", retry);
        checkArgument(!patience.isNegative(), "the patience of a start is %s", patience);
        after = List.copyOf(after);
    }

    /** 15 s to be up, 5 s after a failed start, after nobody, and 60 s of patience; the first two are the reference's. */
    public static StartPlan standard() {
        return STANDARD;
    }

    /** The same with another limit. */
    public StartPlan withLimit(Duration other) {
        return new StartPlan(other, retry, after, patience);
    }

    /** The same with another pause. */
    public StartPlan withRetry(Duration other) {
        return new StartPlan(limit, other, after, patience);
    }

    /** The same after others. */
    public StartPlan withAfter(List<String> names) {
        return new StartPlan(limit, retry, names, patience);
    }

    /** The same with another patience. */
    public StartPlan withPatience(Duration other) {
        return new StartPlan(limit, retry, after, other);
    }
}
