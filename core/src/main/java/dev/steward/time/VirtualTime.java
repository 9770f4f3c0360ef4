package dev.steward.time;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that moves only when it is told to, for tests and simulations.
 *
 * <p>The monotonic clock starts one virtual hour before it wraps round, so that code which compares two readings with
 * {@code <} instead of by their difference fails within the first virtual hour of a test and not after 292 years. The wall
 * clock starts at 2020-01-01T00:00:00Z and can be {@linkplain #stepWall stepped} both ways without the monotonic one noticing.
 *
 * <p><b>Threads.</b> Safe for use by many threads, but only one may move it.
 */
public final class VirtualTime implements TimeSource {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final long HOUR = 3_600_000_000_000L;

    private record Reading(long nanos, Instant wall) {}

    private volatile Reading reading = new Reading(Long.MAX_VALUE - HOUR, START);

    /** A clock one virtual hour before the monotonic one wraps. */
    public VirtualTime() {}

    @Override
    public Instant now() {
        return reading.wall;
    }

    @Override
    public long nanos() {
        return reading.nanos;
    }

    /**
     * Lets time pass on both clocks.
     *
     * @throws IllegalArgumentException if {@code duration} is negative
     */
    public void advance(Duration duration) {
        checkArgument(!duration.isNegative(), "time cannot pass backwards: %s", duration);
        Reading before = reading;
        reading = new Reading(before.nanos + TimeSource.saturatedNanos(duration), before.wall.plus(duration));
    }

    /** Sets the wall clock forward or, with a negative duration, back; the monotonic clock stands still. */
    public void stepWall(Duration step) {
        Reading before = reading;
        reading = new Reading(before.nanos, before.wall.plus(step));
    }

    @Override
    public void requireRealTime(String who) {
        throw new IllegalArgumentException(
                who + " waits in real time, which does not move a VirtualTime: run it in a Simulation, or give it"
                        + " TimeSource.system()");
    }

    @Override
    public String toString() {
        return "VirtualTime[" + reading.wall + "]";
    }
}
