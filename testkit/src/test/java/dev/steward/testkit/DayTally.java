package dev.steward.testkit;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What bad days have come to in all. Each day counts into a tally of its own, which is not safe for use by many threads, and ends with
 * {@link #add adding} that to the tally of all, which is.
 */
public abstract class DayTally<T extends DayTally<T>> {
    private final Set<Long> added = new HashSet<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private long seeds;
    private Duration simulated = Duration.ZERO;

    /** Of no day yet. */
    protected DayTally() {}

    /** Something of this kind has gone wrong. */
    public final void fault(String kind) {
        fault(kind, 1);
    }

    /** It has done so a number of times. */
    public final void fault(String kind, long times) {
        if (times > 0) {
            faults.merge(kind, times, Long::sum);
        }
    }

    /** A day is over. */
    public final void played(Simulation simulation) {
        seeds++;
        simulated = simulated.plus(simulation.elapsed());
    }

    /** How many days there were. */
    public final long seeds() {
        return seeds;
    }

    /** How long they lasted, in their own time. */
    public final Duration simulated() {
        return simulated;
    }

    /** How often what has gone wrong, by kind. */
    public final Map<String, Long> faults() {
        return Collections.unmodifiableMap(faults);
    }

    /** Adds what the day of a seed has counted, once if it is played twice. Safe for use by many threads. */
    public final synchronized void add(long seed, T day) {
        DayTally<T> other = day;
        if (added.add(seed)) {
            seeds += other.seeds;
            simulated = simulated.plus(other.simulated);
            other.faults.forEach(this::fault);
            sum(day);
        }
    }

    /** Adds what this sort of day counts besides. */
    protected abstract void sum(T day);

    /** The longer of two. */
    protected static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
