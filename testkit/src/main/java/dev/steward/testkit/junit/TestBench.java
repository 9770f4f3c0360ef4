package dev.steward.testkit.junit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.StateEvent;
import dev.steward.event.Subscription;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.RecordingObserver;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.Chronicle;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.testkit.proof.ChronicleRecorder;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final ChronicleRecorder recorder = new ChronicleRecorder(); // its own lock guards it, and the reading
    private final Subscription states;

    TestBench(long seed, Map<Class<?>, Function<TestBench, ?>> factories) {
        this.factories = factories;
        this.simulation = new Simulation(seed);
        this.feed = new RecordingFeed(simulation.time());
        this.states = feed.feed().subscribe(this::take);
    }

    /** Under every publication, so that it is known when in the simulation it was. */
    private void take() {
        synchronized (recorder) {
            states.poll(event -> recorder.thing(simulation.elapsed(), event));
        }
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

    /** What happened until the failure; empty if there is nothing to draw. */
    Optional<Chronicle> chronicle(String title, Throwable failure) {
        List<FaultPlan.Fault> faults = simulation.faults().fired();
        Chronicle states;
        synchronized (recorder) {
            states = recorder.chronicle(title);
        }
        if (states.entries().isEmpty() && faults.isEmpty()) {
            return Optional.empty();
        }
        List<Chronicle.Entry> entries = new ArrayList<>();
        faults.forEach(fault -> entries.add(mark(fault.at(), Mark.FAULT, fault.point() + " #" + fault.occurrence())));
        entries.addAll(states.entries());
        entries.sort(
                Comparator.comparing(Chronicle.Entry::at)); // a fault stands before what comes of it at the same time
        entries.add(mark(simulation.elapsed(), Mark.VIOLATION, firstLine(failure)));
        return Optional.of(new Chronicle(
                title,
                failure.toString(),
                Map.of("seed", simulation.seed() + ", again with @Seed(" + simulation.seed() + "L)"),
                List.of(),
                "",
                entries,
                states.dropped()));
    }

    private static Chronicle.Entry mark(Duration at, Mark mark, String text) {
        return new Chronicle.Entry(at, mark, "", "", text, "", mark == Mark.VIOLATION);
    }

    private static String firstLine(Throwable failure) {
        return failure.toString()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("failed");
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
