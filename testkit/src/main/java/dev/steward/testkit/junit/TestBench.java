package dev.steward.testkit.junit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateEvent;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.RecordingObserver;
import dev.steward.testkit.Simulation;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one test works with: a simulation, a feed, an observer, and the fakes that it has asked for, one of each, all on one clock. Not
 * safe for use by many threads.
 */
public final class TestBench {
    private final Map<Class<?>, Function<TestBench, ?>> factories;
    private final Map<Class<?>, Object> made = new LinkedHashMap<>();
    private final Simulation simulation;
    private final RecordingFeed feed;
    private final RecordingObserver observer = new RecordingObserver();

    TestBench(long seed, Map<Class<?>, Function<TestBench, ?>> factories) {
        this.factories = factories;
        this.simulation = new Simulation(seed);
        this.feed = new RecordingFeed(simulation.time());
    }

    /** The simulation of this test. */
    public Simulation simulation() {
        return simulation;
    }

    /** Its faults. */
    public FaultPlan faults() {
        return simulation.faults();
    }

    /** Its clock. */
    public VirtualTime time() {
        return simulation.time();
    }

    /** The feed of this test; {@link RecordingFeed#feed()} is the one to hand to the code under test. */
    public RecordingFeed feed() {
        return feed;
    }

    /** The observer of this test. */
    public RecordingObserver observer() {
        return observer;
    }

    /**
     * The one thing of this type, made when it is first asked for.
     *
     * @throws IllegalArgumentException if nobody has said how to make one
     */
    public <T> T get(Class<T> type) {
        Object thing = made.get(type);
        if (thing == null) {
            Function<TestBench, ?> factory = factories.get(type);
            checkArgument(
                    factory != null, "nobody has said how to make a %s: see StewardExtension.with", type.getName());
            thing = checkNotNull(checkNotNull(factory).apply(this), "the factory of %s made nothing", type.getName());
            made.put(type, thing);
        }
        return type.cast(thing);
    }

    /** What helps to understand a failure: how to repeat it, the last states, the simulation's own report. */
    String report() {
        List<String> lines = new ArrayList<>();
        long seed = simulation.seed();
        lines.add("seed " + seed + "; again with @Seed(" + seed + "L) or -Dsteward.seed=" + seed);
        List<StateEvent> states = feed.lastStates();
        lines.add("last states: " + (states.isEmpty() ? "none" : ""));
        states.forEach(event -> lines.add("  " + event));
        observer.troubles().forEach(trouble -> lines.add("trouble: " + trouble));
        lines.add(simulation.report());
        return String.join(System.lineSeparator(), lines);
    }

    /** Closes what can be closed, the last one first; answers what was thrown, or null. */
    @Nullable
    Exception close() {
        List<Object> things = new ArrayList<>(made.values());
        Collections.reverse(things);
        Exception first = null;
        for (Object thing : things) {
            try {
                if (thing instanceof AutoCloseable closeable) {
                    closeable.close();
                }
            } catch (Exception failure) {
                first = first == null ? failure : first;
            }
        }
        return first;
    }
}
