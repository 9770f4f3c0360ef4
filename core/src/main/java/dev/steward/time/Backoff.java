package dev.steward.time;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row, and when a row of failures is over.
 *
 * <p>A policy only: whoever uses it counts the failures. Immutable.
 *
 * @param first the wait after the first failure; zero or more
 * @param cap the longest wait before jitter; at least {@code first}. Equal to {@code first}, the wait is constant, else it
 *     doubles with each failure
 * @param jitter how much of a wait may be added to it at random, from 0 (none) to 1 (up to twice the wait)
 * @param resetAfter how long a thing must have been well before the next failure counts as the first again; zero = one success
 *     is enough
 */
public record Backoff(Duration first, Duration cap, double jitter, Duration resetAfter) {
    /** @throws IllegalArgumentException if a duration is negative, {@code cap} is below {@code first}, or jitter is not in [0, 1] */
    public Backoff {
        checkArgument(!first.isNegative(), "first wait is negative: %s", first);
        checkArgument(cap.compareTo(first) >= 0, "cap %s is below the first wait %s", cap, first);
        checkArgument(jitter >= 0 && jitter <= 1, "jitter is not in [0, 1]: %s", jitter);
        checkArgument(!resetAfter.isNegative(), "healthy time is negative: %s", resetAfter);
    }

    /** No wait at all. */
    public static Backoff none() {
        return constant(Duration.ZERO);
    }

    /** The same wait every time. */
    public static Backoff constant(Duration wait) {
        return exponential(wait, wait);
    }

    /** Doubles from {@code first} until it reaches {@code cap}; a first wait of zero stays zero. */
    public static Backoff exponential(Duration first, Duration cap) {
        return new Backoff(first, cap, 0, Duration.ZERO);
    }

    /** The same, with up to {@code fraction} of each wait added at random. */
    public Backoff withJitter(double fraction) {
        return new Backoff(first, cap, fraction, resetAfter);
    }

    /** The same, but a row of failures ends only after {@code healthy}. */
    public Backoff withResetAfter(Duration healthy) {
        return new Backoff(first, cap, jitter, healthy);
    }

    /** Whether a thing that has been well for {@code healthy} has ended its row of failures. */
    public boolean isOverAfter(Duration healthy) {
        return healthy.compareTo(resetAfter) >= 0;
    }

    /**
     * The wait after the last of {@code streak} failures in a row.
     *
     * @param streak at least 1
     * @param random where jitter comes from; not asked without jitter
     * @throws IllegalArgumentException if {@code streak} is below 1
     */
    public Duration delay(int streak, RandomGenerator random) {
        checkArgument(streak >= 1, "no failure, no wait: streak %s", streak);
        long limit = TimeSource.saturatedNanos(cap);
        long nanos = TimeSource.saturatedNanos(first);
        if (nanos > 0) {
            int doublings = Math.min(streak - 1, Long.numberOfLeadingZeros(nanos) - 1);
            nanos = Math.min(nanos << doublings, limit);
            nanos = streak - 1 > doublings ? limit : nanos;
        }
        if (jitter > 0) {
            long extra = (long) (nanos * jitter * random.nextDouble());
            nanos = nanos > Long.MAX_VALUE - extra ? Long.MAX_VALUE : nanos + extra;
        }
        return Duration.ofNanos(nanos);
    }
}
