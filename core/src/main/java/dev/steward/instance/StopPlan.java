package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How an instance is stopped: a signal to the whole of its process group, a grace, the next signal, and so on. Immutable.
 *
 * @param signals in order; at least one. When the grace of the last is over and something still lives, the instance has refused to die
 */
public record StopPlan(List<Round> signals) {
    private static final StopPlan DEFAULT = new StopPlan(List.of(
            new Round(Signal.INT, Duration.ofSeconds(5)),
            new Round(Signal.TERM, Duration.ofSeconds(4)),
            new Round(Signal.KILL, Duration.ofSeconds(2))));

    private static final StopPlan REFERENCE = of(Signal.INT, Duration.ofSeconds(11));

    /**
     * One signal and the time that it is given to work.
     *
     * @param grace more than zero
     */
    public record Round(Signal signal, Duration grace) {
        /** @throws IllegalArgumentException if the grace is not more than zero */
        public Round {
            checkArgument(!grace.isNegative() && !grace.isZero(), "the grace of %s is %s", signal, grace);
        }
    }

    /** @throws IllegalArgumentException if there is no signal */
    public StopPlan {
        signals = List.copyOf(signals);
        checkArgument(!signals.isEmpty(), "a stop plan has no signal");
    }

    /** Interrupt, after 5 s terminate, after 4 s more kill, and 2 s for that: 11 s in all, as the reference waits. */
    public static StopPlan standard() {
        return DEFAULT;
    }

    /** What OCS's HostManager does: interrupt once, and complain after 11 s. */
    public static StopPlan reference() {
        return REFERENCE;
    }

    /** How long all of it takes at most; a few hundred years, if that is more. */
    public Duration length() {
        long nanos = 0;
        for (Round round : signals) {
            nanos = TimeSource.saturatedNanos(
                    Duration.ofNanos(nanos).plusNanos(TimeSource.saturatedNanos(round.grace())));
        }
        return Duration.ofNanos(nanos);
    }

    /** One signal; add others with {@link #then}. */
    public static StopPlan of(Signal signal, Duration grace) {
        return new StopPlan(List.of(new Round(signal, grace)));
    }

    /** The same, followed by another signal if the grace of the last was not enough. */
    public StopPlan then(Signal signal, Duration grace) {
        var longer = new ArrayList<>(signals);
        longer.add(new Round(signal, grace));
        return new StopPlan(longer);
    }
}
