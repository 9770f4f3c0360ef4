package dev.steward.instance;

import java.time.Duration;
import java.util.Arrays;

/**
 * How steady an instance has been: the times of its failures, and the factor that they give, from 1 (none that counts)
 * down to 0.
 *
 * <p>Old failures are forgotten, but never the last one, so a factor of exactly 1 means that there was no failure at all.
 * Times are monotonic nanoseconds, compared by their difference. All instances without a failure share one object, and
 * nothing is allocated for them.
 *
 * <p>Immutable. Follows {@code stability_factor} of the OCS HostManager, which divides by zero in the instant of a failure
 * and exceeds 1 when the clock is set back: a failure that is not past counts here as one without any distance.
 */
final class Stability {
    /** No failure. */
    static final Stability STEADY = new Stability(new long[0]);

    /** How long a failure is remembered, if it is not the last. */
    static final Duration WINDOW = Duration.ofMinutes(2);

    /** How many failures are remembered at most. */
    static final int MOST_FAILURES = 200;

    /** Seconds of weight of one failure: at this distance it alone brings the factor to 0. */
    private static final double WEIGHT = 5.0;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long WINDOW_NANOS = WINDOW.toNanos();

    private final long[] failures; // the earliest first

    private Stability(long[] failures) {
        this.failures = failures;
    }

    /** This, and a failure that was noticed at {@code now}. */
    Stability failedAt(long now) {
        int kept = Math.min(failures.length, MOST_FAILURES - 1);
        long[] longer = Arrays.copyOfRange(failures, failures.length - kept, failures.length + 1);
        longer[kept] = now;
        return new Stability(longer);
    }

    /** This without the failures that have left the {@link #WINDOW}; itself, if there are none. */
    Stability at(long now) {
        return at(now, WINDOW_NANOS);
    }

    /** The same with a window of one's own, of which the reference knows some. */
    Stability at(long now, long windowNanos) {
        int last = failures.length - 1;
        int first = 0;
        while (first < last && now - failures[first] > windowNanos) {
            first++;
        }
        return first == 0 ? this : new Stability(Arrays.copyOfRange(failures, first, failures.length));
    }

    /** From 0 to 1, of the failures that are remembered. */
    double factor(long now) {
        double lost = 0;
        for (long failure : failures) {
            long distance = now - failure;
            if (distance <= 0) {
                return 0;
            }
            lost += WEIGHT / (distance / NANOS_PER_SECOND);
        }
        return Math.max(1 - lost, 0);
    }

    /** How many failures are remembered. */
    int failures() {
        return failures.length;
    }

    /** When the failures were noticed, the earliest first. */
    long[] times() {
        return failures.clone();
    }
}
