package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What goes wrong in a test, decided by a seed.
 *
 * <p>Whatever can go wrong is a <em>point</em> with a name, such as {@code driver.launch.lost}. A fake asks {@link #decide} each time it
 * passes one; the answer is no unless the test has said otherwise, with a {@linkplain #chance chance} or for an
 * {@linkplain #on exact occurrence}. A decision depends on the seed, the name of the point and the number of the occurrence, and on
 * nothing else: a new point elsewhere changes no other.
 *
 * <p>The usual test lets things go wrong for a while, then is {@link #quiet()}, then looks whether all is as it should be.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FaultPlan {
    private static final int KEPT = 1_000;
    private static final long ANY_POINT = 0x5EED;

    private final long seed;
    private final TimeSource time;
    private final long origin;
    private final Consumer<Fault> sink;
    private final Map<String, Point> points = new TreeMap<>();
    private final Deque<Fault> fired = new ArrayDeque<>();
    private double enabledAnywhere;
    private double chanceAnywhere;
    private long firedCount;
    private boolean quiet;

    /**
     * A fault that fired.
     *
     * @param point its name
     * @param occurrence how often the point had been passed, this time included; the first is 1
     * @param at when, since the plan was made
     */
    public record Fault(String point, long occurrence, Duration at) {
        @Override
        public String toString() {
            return point + " #" + occurrence + " at " + Trace.seconds(at.toNanos());
        }
    }

    private static final class Point {
        private final Set<Long> exactly = new HashSet<>();
        private double chance;
        private boolean planned;
        private long asked;
    }

    /** A plan in which nothing goes wrong yet; the one of a simulation is {@link Simulation#faults()}. */
    public FaultPlan(long seed, TimeSource time) {
        this(seed, time, fault -> {});
    }

    FaultPlan(long seed, TimeSource time, Consumer<Fault> sink) {
        this.seed = SplitMix.mix(seed);
        this.time = checkNotNull(time, "time");
        this.origin = time.nanos();
        this.sink = sink;
    }

    /**
     * Lets {@code point} fire by chance.
     *
     * @param probability from 0 (never) to 1 (always)
     */
    public FaultPlan chance(String point, double probability) {
        Point planned = plan(point);
        planned.chance = probability(probability);
        return this;
    }

    /** Lets {@code point} fire at just these occurrences, counted from now; the next is 1. */
    public FaultPlan on(String point, long... occurrences) {
        Point planned = plan(point);
        for (long occurrence : occurrences) {
            checkArgument(occurrence >= 1, "the first occurrence of '%s' is 1, not %s", point, occurrence);
            planned.exactly.add(planned.asked + occurrence);
        }
        return this;
    }

    /** Lets {@code point} fire no more, neither by chance nor at an occurrence. */
    public FaultPlan off(String point) {
        Point planned = plan(point);
        planned.chance = 0;
        planned.exactly.clear();
        return this;
    }

    /**
     * Lets the points fire that the test has said nothing about: some of them, with a chance each. Which ones depends on the seed,
     * so that many seeds meet many mixtures of faults.
     *
     * @param enabled how many of the points may fire at all, from 0 to 1
     * @param probability how often such a point fires, from 0 to 1
     */
    public FaultPlan anywhere(double enabled, double probability) {
        enabledAnywhere = probability(enabled);
        chanceAnywhere = probability(probability);
        return this;
    }

    private Point plan(String point) {
        Point planned = point(point);
        planned.planned = true;
        return planned;
    }

    private Point point(String name) {
        checkArgument(!name.isBlank(), "a fault point has no name: '%s'", name);
        return points.computeIfAbsent(name, any -> new Point());
    }

    private static double probability(double value) {
        checkArgument(value >= 0 && value <= 1, "not a probability from 0 to 1: %s", value);
        return value;
    }

    /** Asked by whoever passes {@code point}: does it go wrong this time? */
    public boolean decide(String point) {
        Point passed = point(point);
        long occurrence = ++passed.asked;
        if (quiet || !fires(point, passed, occurrence)) {
            return false;
        }
        Fault fault = new Fault(point, occurrence, Duration.ofNanos(time.nanos() - origin));
        firedCount++;
        fired.addLast(fault);
        if (fired.size() > KEPT) {
            fired.removeFirst();
        }
        sink.accept(fault);
        return true;
    }

    private boolean fires(String name, Point point, long occurrence) {
        if (!point.exactly.isEmpty() && point.exactly.remove(occurrence)) {
            return true;
        }
        long own = seed ^ SplitMix.mix(name.hashCode());
        double chance = point.chance;
        if (!point.planned && SplitMix.fraction(own, ANY_POINT) < enabledAnywhere) {
            chance = chanceAnywhere;
        }
        return chance > 0 && SplitMix.fraction(~own, occurrence) < chance;
    }

    /** Nothing goes wrong from here on. Occurrences are counted all the same. */
    public void quiet() {
        quiet = true;
    }

    /** Ends the quiet. */
    public void resume() {
        quiet = false;
    }

    /** The last thousand faults that fired, the oldest first. */
    public List<Fault> fired() {
        return List.copyOf(fired);
    }

    /** How many faults have fired in all. */
    public long firedCount() {
        return firedCount;
    }

    /** How often {@code point} has been passed, fault or no fault. */
    public long occurrences(String point) {
        Point passed = points.get(point);
        return passed == null ? 0 : passed.asked;
    }

    /** Points that the test plans to fire and that nobody has ever passed: most often a name that is spelt differently. */
    public Set<String> neverPassed() {
        Set<String> names = new TreeSet<>();
        points.forEach((name, point) -> {
            if (point.planned && point.asked == 0) {
                names.add(name);
            }
        });
        return names;
    }

    @Override
    public String toString() {
        return "FaultPlan" + fired;
    }
}
