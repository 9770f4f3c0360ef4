package dev.steward.kernel;

import java.time.Instant;

/**
 * The two clocks read together, so that other readings of the monotonic one can be shown as the wall clock had it then. Immutable.
 *
 * @param nanos of the monotonic clock
 * @param wall of the wall clock
 */
public record Moment(long nanos, Instant wall) {
    /** What the wall clock shows at {@code other}, if nobody sets it. */
    public Instant at(long other) {
        return wall.plusNanos(other - nanos);
    }
}
