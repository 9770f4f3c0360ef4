package dev.steward.instance;

import dev.steward.event.Reason;
import dev.steward.kernel.Moment;
import dev.steward.kernel.Texts;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Counts how often one instance has ended, and says by its {@link RestartPolicy} what comes next. Not safe for use by many threads.
 */
final class Restarts {
    private final String name;
    private @Nullable RandomGenerator random;
    private @Nullable Deque<Long> failures; // only counted where there is a limit
    private int streak;
    private @Nullable Reason rests;
    private boolean gaveUp;

    Restarts(String name) {
        this.name = name;
    }

    /** An end that nobody asked for, after having been up and well for {@code wasUp}, if at all; answers how long to wait for the next start. */
    Duration ended(RestartPolicy policy, Seen.Ending ending, Duration wasUp, long now) {
        if (ending.isRefusal()) {
            return again(
                    policy, ending.text(), true, Duration.ZERO, now, false); // another at once would fare no better
        }
        boolean failure = policy.isFailure(ending.exit());
        if (!failure && policy.when() != RestartPolicy.When.ALWAYS) {
            rests = new Reason(InstanceCause.COMPLETED, ending.text() + ", has completed");
            return Duration.ZERO;
        }
        return again(policy, ending.text(), failure, wasUp, now, policy.atOnce());
    }

    /**
     * It was told to come down only to be started again, and has; answers how long to wait for that. If it was not as it should be, all the
     * time that it ran is no sign of health.
     */
    Duration cameDown(RestartPolicy policy, Recycle why, long now) {
        if (!why.failure()) {
            return why.pause();
        }
        Duration delay = again(policy, why.why().text(), true, Duration.ZERO, now, policy.atOnce());
        return delay.compareTo(why.pause()) > 0 ? delay : why.pause();
    }

    private Duration again(
            RestartPolicy policy, String text, boolean failure, Duration wasUp, long now, boolean firstAtOnce) {
        if (wasUp.compareTo(Duration.ZERO) > 0 && policy.backoff().isOverAfter(wasUp)) {
            streak = 0;
        }
        streak++;
        if (policy.when() == RestartPolicy.When.NEVER) {
            giveUp("is not launched again: " + text);
            return Duration.ZERO;
        }
        if (failure && policy.mostFailures() > 0 && isTooMany(policy, now)) {
            giveUp("given up after " + policy.mostFailures() + " failures within " + Texts.seconds(policy.window())
                    + ": " + text);
            return Duration.ZERO;
        }
        if (firstAtOnce && streak == 1) {
            return Duration.ZERO;
        }
        return policy.backoff().delay(Math.max(streak - (policy.atOnce() ? 1 : 0), 1), random());
    }

    /** Of its own, and the same for the same name, so that a run can be repeated. */
    private RandomGenerator random() {
        RandomGenerator known = random;
        if (known == null) {
            known = new SplittableRandom(name.hashCode());
            random = known;
        }
        return known;
    }

    private boolean isTooMany(RestartPolicy policy, long now) {
        Deque<Long> times = failures == null ? new ArrayDeque<>() : failures;
        failures = times;
        long window = TimeSource.saturatedNanos(policy.window());
        times.addLast(now);
        while (now - times.getFirst() >= window || times.size() > policy.mostFailures()) {
            times.removeFirst();
        }
        return times.size() == policy.mostFailures();
    }

    private void giveUp(String text) {
        gaveUp = true;
        rests = new Reason(InstanceCause.GAVE_UP, text);
    }

    /** Somebody asks for it again, or has configured it otherwise: all counts anew. */
    void reset() {
        failures = null;
        streak = 0;
        rests = null;
        gaveUp = false;
    }

    /**
     * Goes on counting where an earlier manager stopped. A stamp that is later than now counts as now: a clock that was set must neither
     * give up an instance nor set it free.
     */
    void recall(KeptInstance kept, RestartPolicy policy, Moment now) {
        streak = kept.streak();
        rests = kept.rests();
        gaveUp = rests != null && rests.code() == InstanceCause.GAVE_UP;
        failures = new ArrayDeque<>();
        for (Instant at : kept.failures()) {
            Duration ago = Duration.between(at, now.wall());
            if (ago.compareTo(policy.window()) < 0) {
                failures.addLast(now.nanos() - Math.max(TimeSource.saturatedNanos(ago), 0));
            }
        }
    }

    /** It runs, so somebody has launched it since it was to rest. */
    void goesOn() {
        rests = null;
        gaveUp = false;
    }

    /** When it failed, as far as that may count. */
    List<Instant> failures(Moment now) {
        return failures == null ? List.of() : failures.stream().map(now::at).toList();
    }

    /** How often it has ended in a row. */
    int streak() {
        return streak;
    }

    /** Why it is not launched again, or null. */
    @Nullable
    Reason rests() {
        return rests;
    }

    /** Whether that is because it was given up. */
    boolean hasGivenUp() {
        return gaveUp;
    }

    /** Whether that is because it has done what it was for. */
    boolean hasCompleted() {
        return rests != null && !gaveUp;
    }
}
