package dev.steward.loop;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Locale;

/** When a loop wants its next pass. Immutable; compared by value. */
public final class Step {
    private static final Step AGAIN = new Step(Kind.AGAIN, 0);
    private static final Step PARKED = new Step(Kind.PARKED, Long.MAX_VALUE);
    private static final Step FINISHED = new Step(Kind.FINISHED, Long.MAX_VALUE);

    private final Kind kind;
    private final long nanos;

    /** What a loop may want, from most to least urgent. */
    public enum Kind {
        /** At once. */
        AGAIN,
        /** After a delay, or when woken. */
        AFTER,
        /** When woken. */
        PARKED,
        /** Never again: the loop has done all that it will do. */
        FINISHED
    }

    private Step(Kind kind, long nanos) {
        this.kind = kind;
        this.nanos = nanos;
    }

    /** Asks for a pass at once. */
    public static Step again() {
        return AGAIN;
    }

    /** Asks for a pass within {@code delay}, or when woken; a zero or negative delay means {@link #again()}. */
    public static Step after(Duration delay) {
        return afterNanos(Math.max(TimeSource.saturatedNanos(delay), 0));
    }

    /**
     * Asks for a pass within {@code nanos} nanoseconds, for loops that count in them; 0 is {@link #again()}, {@link Long#MAX_VALUE} is
     * {@link #parked()}.
     *
     * @throws IllegalArgumentException if {@code nanos} is negative
     */
    public static Step afterNanos(long nanos) {
        checkArgument(nanos >= 0, "negative delay: %s ns", nanos);
        return nanos == 0 ? AGAIN : nanos == Long.MAX_VALUE ? PARKED : new Step(Kind.AFTER, nanos);
    }

    /** Asks for no pass until woken. */
    public static Step parked() {
        return PARKED;
    }

    /** Asks for no pass ever. */
    public static Step finished() {
        return FINISHED;
    }

    /** The more urgent of two steps; what a host that runs both loops must honour. */
    public Step earliest(Step other) {
        if (kind != other.kind) {
            return kind.compareTo(other.kind) < 0 ? this : other;
        }
        return nanos <= other.nanos ? this : other;
    }

    /** What is wanted. */
    public Kind kind() {
        return kind;
    }

    /** How long until the pass is wanted: zero for {@link Kind#AGAIN}, 292 years where only a wake-up brings it. */
    public Duration delay() {
        return Duration.ofNanos(nanos);
    }

    /** The same in nanoseconds: 0, or {@link Long#MAX_VALUE} where only a wake-up brings it. */
    public long delayNanos() {
        return nanos;
    }

    /** Whether the loop has done all that it will do. */
    public boolean isFinished() {
        return kind == Kind.FINISHED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Step step && kind == step.kind && nanos == step.nanos;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Long.hashCode(nanos);
    }

    @Override
    public String toString() {
        return kind == Kind.AFTER ? "after " + delay() : kind.toString().toLowerCase(Locale.ROOT);
    }
}
