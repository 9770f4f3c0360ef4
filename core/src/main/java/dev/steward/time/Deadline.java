package dev.steward.time;

import java.time.Duration;

/**
 * A point on a monotonic clock, or never.
 *
 * <p>Arithmetic survives the wrap of the clock and saturates: a delay of more than 146 years is {@link #never()}. A deadline is
 * due from the very nanosecond it names. Immutable.
 */
public final class Deadline {
    /** Half of the clock's range: farther apart, before and after cannot be told any more. */
    private static final long HORIZON = Long.MAX_VALUE / 2;

    private static final Deadline NEVER = new Deadline(0, false);

    private final long at;
    private final boolean comes;

    private Deadline(long at, boolean comes) {
        this.at = at;
        this.comes = comes;
    }

    /** The deadline that is never due. */
    public static Deadline never() {
        return NEVER;
    }

    /**
     * A deadline {@code delay} after {@code now}; zero or negative is due at once.
     *
     * @param now a reading of {@link TimeSource#nanos()}
     */
    public static Deadline after(long now, Duration delay) {
        long nanos = TimeSource.saturatedNanos(delay);
        return nanos > HORIZON ? NEVER : new Deadline(now + Math.max(nanos, 0), true);
    }

    /** Whether it has been reached at the reading {@code now}. */
    public boolean isDue(long now) {
        return comes && now - at >= 0;
    }

    /** Whether it comes at all. */
    public boolean isNever() {
        return !comes;
    }

    /** Nanoseconds from {@code now} until it is due: 0 when it is, {@link Long#MAX_VALUE} for never. */
    public long nanosLeft(long now) {
        return comes ? Math.max(at - now, 0) : Long.MAX_VALUE;
    }

    /** The time from {@code now} until it is due: zero when it is, 292 years for never. */
    public Duration left(long now) {
        return Duration.ofNanos(nanosLeft(now));
    }

    /** The one that is due first. */
    public Deadline earliest(Deadline other) {
        if (!comes || !other.comes) {
            return comes ? this : other;
        }
        return other.at - at < 0 ? other : this;
    }

    @Override
    public String toString() {
        return comes ? "Deadline[" + at + "]" : "Deadline[never]";
    }
}
