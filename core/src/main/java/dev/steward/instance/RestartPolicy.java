package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.Set;

/**
 * What happens when an instance that is wanted up has ended: whether it is launched again, when, and when it is given up. Immutable.
 *
 * @param when after which ends it is launched again at all
 * @param successCodes exit codes that are no failure; not empty
 * @param atOnce whether the first failure in a row is followed by a launch at once, and the backoff begins with the second
 * @param backoff the pause before each further launch, and after which healthy time a row of failures is over
 * @param mostFailures how many failures within the window end in giving up; 0 = it is never given up
 * @param window more than zero
 */
public record RestartPolicy(
        When when, Set<Integer> successCodes, boolean atOnce, Backoff backoff, int mostFailures, Duration window) {
    private static final Set<Integer> ZERO = Set.of(0);
    private static final Duration SOME_WINDOW = Duration.ofMinutes(1);
    private static final RestartPolicy STANDARD = new RestartPolicy(
            When.ALWAYS,
            ZERO,
            true,
            Backoff.exponential(Duration.ofSeconds(3), Duration.ofSeconds(30)).withResetAfter(Duration.ofSeconds(10)),
            0,
            SOME_WINDOW);
    private static final RestartPolicy REFERENCE = new RestartPolicy(
            When.ALWAYS, ZERO, false, Backoff.constant(Timer.RESTART_DELAY.reference()), 0, SOME_WINDOW);

    /** After which ends an instance is launched again. */
    public enum When {
        /** After each, also after one that was no failure. */
        ALWAYS,
        /** After a failure: an exit code that is not among the success codes, a signal, or an end of which nobody knows the code. */
        ON_FAILURE,
        /** After none. */
        NEVER
    }

    /** @throws IllegalArgumentException if a code is not from 0 to 255, there is none, the number is negative, or the window not more than zero */
    public RestartPolicy {
        checkNotNull(when, "when");
        checkNotNull(backoff, "backoff");
        successCodes = Set.copyOf(successCodes);
        checkArgument(!successCodes.isEmpty(), "no exit code is a success");
        successCodes.forEach(code -> checkArgument(code >= 0 && code <= 255, "not an exit code: %s", code));
        checkArgument(mostFailures >= 0, "given up after %s failures", mostFailures);
        checkArgument(!window.isNegative() && !window.isZero(), "the window of failures is %s", window);
    }

    /** Always: the first time at once, then after 3 s doubling to 30 s, anew after 10 s of health; never given up. */
    public static RestartPolicy standard() {
        return STANDARD;
    }

    /** What OCS's HostManager does: always, 3 s after the end, for ever. */
    public static RestartPolicy reference() {
        return REFERENCE;
    }

    /** As the standard, but only after a failure. */
    public static RestartPolicy onFailure() {
        return STANDARD.withWhen(When.ON_FAILURE);
    }

    /** Never: a program that runs once. */
    public static RestartPolicy never() {
        return STANDARD.withWhen(When.NEVER);
    }

    /** The same after other ends. */
    public RestartPolicy withWhen(When other) {
        return new RestartPolicy(other, successCodes, atOnce, backoff, mostFailures, window);
    }

    /** The same with other success codes. */
    public RestartPolicy withSuccessCodes(Integer... codes) {
        return new RestartPolicy(when, Set.of(codes), atOnce, backoff, mostFailures, window);
    }

    /** The same with another pause; the first launch is not at once any more. */
    public RestartPolicy withBackoff(Backoff other) {
        return new RestartPolicy(when, successCodes, false, other, mostFailures, window);
    }

    /** The same, with or without a first launch at once. */
    public RestartPolicy withAtOnce(boolean other) {
        return new RestartPolicy(when, successCodes, other, backoff, mostFailures, window);
    }

    /** The same, given up after so many failures within a time. */
    public RestartPolicy withGiveUp(int failures, Duration within) {
        return new RestartPolicy(when, successCodes, atOnce, backoff, failures, within);
    }

    /** Whether an end like this is a failure; one of which nobody knows the code is. */
    public boolean isFailure(ExitStatus exit) {
        return exit.code().isEmpty() || !successCodes.contains(exit.code().getAsInt());
    }

    /** Whether what it does depends on the exit code, so that it is worth the trouble to know that of an adopted process too. */
    public boolean needsExitCode() {
        return when == When.ON_FAILURE;
    }
}
