package dev.steward.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The two clocks of everything in Steward: one to stamp with, one to measure with.
 *
 * <p>They have nothing to do with each other. {@link #now()} is the wall clock: it may be set back and forth at any
 * time, so it only ever ends up in what people read. {@link #nanos()} is monotonic: every delay, deadline and time-out is
 * measured with it. Its value means nothing by itself and may wrap, so two readings are compared only by their difference
 * ({@link Deadline}).
 *
 * <p><b>Threads.</b> Implementations are safe for use by many threads.
 */
public interface TimeSource {
    /** The wall clock. */
    Instant now();

    /** The monotonic clock, in nanoseconds from an arbitrary origin; meaningful only as a difference. */
    long nanos();

    /**
     * Refuses to be waited on in real time, if this clock does not pass by itself.
     *
     * @param who what is about to wait; named in the refusal
     * @throws IllegalArgumentException if this clock only moves when told to, so that {@code who} would wait for ever
     */
    default void requireRealTime(String who) {}

    /** The clocks of this machine. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** How long {@code duration} is in nanoseconds; what does not fit a {@code long} is its nearest end. */
    static long saturatedNanos(Duration duration) {
        long seconds = duration.getSeconds();
        long exact = seconds * 1_000_000_000L + duration.getNano();
        if (Math.abs(seconds) < Long.MAX_VALUE / 1_000_000_000L && seconds != Long.MIN_VALUE) {
            return exact;
        }
        return seconds < 0
                ? (duration.compareTo(Duration.ofNanos(Long.MIN_VALUE)) < 0 ? Long.MIN_VALUE : exact)
                : (duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0 ? Long.MAX_VALUE : exact);
    }
}
