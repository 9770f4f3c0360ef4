package dev.steward.testkit;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what went wrong with loops, for tests that look afterwards. Safe for use by many threads. */
public final class RecordingObserver implements LoopObserver {
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final List<Overrun> overruns = new CopyOnWriteArrayList<>();
    private final List<Spin> spins = new CopyOnWriteArrayList<>();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    /**
     * A pass that threw.
     *
     * @param delay how long the loop was to be left alone
     * @param inARow how many of its passes had thrown in a row
     */
    public record Failure(String loop, RuntimeException error, Duration delay, int inARow) {}

    /** A pass that took too long. */
    public record Overrun(String loop, Duration took) {}

    /** A loop that asked to run again at once, {@code passes} times in a row. */
    public record Spin(String loop, int passes) {}

    /** A pass for which the host's executor had no thread. */
    public record Refusal(String loop, RuntimeException error, Duration delay) {}

    /** An observer that has seen nothing yet. */
    public RecordingObserver() {}

    @Override
    public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
        failures.add(new Failure(loop.name(), error, delay, inARow));
    }

    @Override
    public void overran(ControlLoop loop, Duration took) {
        overruns.add(new Overrun(loop.name(), took));
    }

    @Override
    public void spinning(ControlLoop loop, int passes) {
        spins.add(new Spin(loop.name(), passes));
    }

    @Override
    public void refused(ControlLoop loop, RuntimeException error, Duration delay) {
        refusals.add(new Refusal(loop.name(), error, delay));
    }

    /** Passes that threw, in order. */
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /** Passes that threw, of the loop of this name. */
    public List<Failure> failures(String loop) {
        return failures.stream().filter(failure -> failure.loop.equals(loop)).toList();
    }

    /** Passes that took too long, in order. */
    public List<Overrun> overruns() {
        return List.copyOf(overruns);
    }

    /** Loops that were seen to spin, in order. */
    public List<Spin> spins() {
        return List.copyOf(spins);
    }

    /** Passes that an executor refused, in order. */
    public List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    /** All of it: first the failures, then overruns, spins and refusals. Empty if nothing went wrong. */
    public List<Record> troubles() {
        List<Record> all = new ArrayList<>(failures);
        all.addAll(overruns);
        all.addAll(spins);
        all.addAll(refusals);
        return all;
    }

    @Override
    public String toString() {
        return "RecordingObserver" + troubles();
    }
}
