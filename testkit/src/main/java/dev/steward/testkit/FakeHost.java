package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host with a process table, in a {@link Simulation}: what a {@link FakeInstanceDriver} starts runs here, and runs on when the driver
 * is gone, as the processes of a manager that was killed do.
 *
 * <p>A process has a pid, a start time, and a life that it belongs to. Pids are given out upwards and are used again; a host with few of
 * them soon meets that. A process that has ended keeps its pid as a zombie until its parent has taken notice.
 *
 * <p>It keeps watch over whoever manages: {@link #violations} holds what must never happen on any host, with the time. Two lives of one
 * instance at once; a signal to a life that the manager has never launched or seen, or that it knows to be gone; an order after the end
 * of the driver, or before the first census; a life used twice.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeHost {
    private static final int USUAL_PIDS = 32_468;
    private static final ExitStatus SEGMENTATION_FAULT = ExitStatus.of(139);
    private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(2);

    private final Simulation simulation;
    private final Outputs outputs = new Outputs();
    private final ProcessTable table;
    private final SplitMix chance;
    private final Map<String, FakeProgram> programs = new HashMap<>();
    private final List<FakeInstanceDriver> drivers = new ArrayList<>();
    private final Set<String> silent = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private Duration lag = Duration.ofSeconds(20);
    private boolean remembersExitCodes;

    /** A host on which nothing runs. */
    public FakeHost(Simulation simulation) {
        this(simulation, USUAL_PIDS);
    }

    /** A host with so many pids only. */
    public FakeHost(Simulation simulation, int pids) {
        this.simulation = checkNotNull(simulation, "simulation");
        this.table = new ProcessTable(simulation, pids, outputs, this::changed);
        this.chance = new SplitMix(simulation.seed() ^ 0xF0057L);
    }

    // ---- the world

    /** What an instance's program does; to be told with the methods of the answer. */
    public FakeProgram program(String name) {
        return programs.computeIfAbsent(name, any -> new FakeProgram());
    }

    /** Ends the first process of an instance as a fault of its own does, with code 139. */
    public void crash(String name) {
        exit(name, SEGMENTATION_FAULT);
    }

    /** Ends the first process of an instance with this code. */
    public void exit(String name, int code) {
        exit(name, ExitStatus.of(code));
    }

    private void exit(String name, ExitStatus how) {
        FakeLife running = led(name);
        table.end(running, running.leader, how);
        table.settle(running);
    }

    /** The first process of an instance writes these lines, now. */
    public void write(String name, Output output, String... lines) {
        outputs.write(led(name), output, List.of(lines));
    }

    /** From now on the processes of an instance that run use so many bytes together, and no more; those of its next life do as its program. */
    public void usesMemory(String name, long bytes) {
        led(name).program.usesMemory(bytes).leaks(0);
    }

    private FakeLife led(String name) {
        FakeLife running = table.alive().stream()
                .filter(life -> life.name().equals(name) && life.leader.lives())
                .findFirst()
                .orElse(null);
        checkState(running != null, "no first process of '%s' runs", name);
        return checkNotNull(running);
    }

    /**
     * Whether a driver is told the exit code of a process that another has launched, as from a record that is kept beside it. At first it is
     * not: such a process ends with a code that is unknown.
     */
    public FakeHost remembersExitCodes(boolean remembers) {
        remembersExitCodes = remembers;
        return this;
    }

    /** No driver tells any news of this instance; only a census still has it. What happens meanwhile is never told. */
    public void silence(String name) {
        silent.add(name);
    }

    /** Ends the silence about this instance. */
    public void endSilence(String name) {
        silent.remove(name);
    }

    /** How late something at most is that a fault makes late; at first 20 s. */
    public FakeHost lag(Duration longest) {
        checkArgument(!longest.isNegative(), "a lag of %s", longest);
        lag = longest;
        return this;
    }

    // ---- looking

    /** How many lives of an instance have a process; zombies do not count. */
    public int running(String name) {
        return (int)
                table.alive().stream().filter(life -> life.name().equals(name)).count();
    }

    /** How many lives of an instance have begun. */
    public int launches(String name) {
        return lives(name).size();
    }

    /** Every life of an instance, the oldest first. */
    public List<FakeLife> lives(String name) {
        return table.lives().stream().filter(life -> life.name().equals(name)).collect(Collectors.toUnmodifiableList());
    }

    /** Every life that there has ever been, the oldest first. */
    public List<FakeLife> lives() {
        return List.copyOf(table.lives());
    }

    /** Every order of every driver, in order: {@code launch web}, {@code signal web INT}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The process table as lines: {@code 301 web}, {@code 302 web, child}, {@code 303 web, zombie}. */
    public List<String> processes() {
        return table.lines();
    }

    /** How many pids are free. */
    public int freePids() {
        return table.freePids();
    }

    /** What must never happen and did, with the time, in order. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /**
     * Fails if there is any violation.
     *
     * @throws AssertionError with all of them
     */
    public void assertInvariants() {
        if (!violations.isEmpty()) {
            throw new AssertionError("on the fake host, with seed " + simulation.seed() + ":" + System.lineSeparator()
                    + String.join(System.lineSeparator(), violations));
        }
    }

    @Override
    public String toString() {
        return "FakeHost" + processes();
    }

    // ---- for drivers

    Simulation simulation() {
        return simulation;
    }

    void attach(FakeInstanceDriver driver) {
        drivers.add(driver);
    }

    /** The driver's process is gone or has let go: others inherit its children and reap them. */
    void detach(FakeInstanceDriver driver) {
        drivers.remove(driver);
        for (FakeLife life : table.lives()) {
            if (life.parent == driver) {
                life.parent = null;
                reap(life);
            }
        }
    }

    boolean isSilent(String name) {
        return silent.contains(name);
    }

    /** A delay that a fault makes, of at least a nanosecond. */
    Duration someLag() {
        long longest = Math.max(lag.toNanos(), 1);
        return Duration.ofNanos(1 + Math.floorMod(chance.next(), longest));
    }

    void called(String call) {
        calls.add(call);
        simulation.note(call);
    }

    void violated(String invariant, String what) {
        violations.add(Trace.seconds(simulation.elapsedNanos()) + "  " + invariant + ": " + what);
    }

    @Nullable
    FakeLife find(Incarnation life) {
        return table.find(life);
    }

    /** Everything of one owner that has a process. */
    List<FakeLife> alive(String owner) {
        return table.alive().stream()
                .filter(life -> life.owner().equals(owner))
                .collect(Collectors.toUnmodifiableList());
    }

    /** Begins a life, or answers nothing if there are no pids left. */
    Optional<FakeLife> start(String name, Incarnation id, FakeInstanceDriver parent) {
        for (FakeLife other : alive(parent.owner())) {
            if (other.name().equals(name)) {
                violated("I10 one copy", "'" + name + "' was started while " + other + " was there");
            }
        }
        return table.start(name, id, program(name).copy(), parent);
    }

    void signal(FakeLife life, Signal signal) {
        table.signal(life, signal);
    }

    /** Stops a life at the close of its driver, in the same instant. */
    void stop(FakeLife life) {
        table.stop(life, GRACE_AT_CLOSE);
        simulation.note(
                life.name() + (life.isAlive() ? " is left alive" : " is stopped") + " at the close of its driver");
    }

    /** How a first process has ended, as far as this driver is told. */
    ExitStatus exitFor(FakeInstanceDriver driver, FakeLife life) {
        return life.parent == driver || remembersExitCodes ? life.exit().orElseThrow() : ExitStatus.unknown();
    }

    Outputs outputs() {
        return outputs;
    }

    void reap(FakeLife life) {
        table.reap(life.leader);
    }

    private void changed(FakeLife life) {
        for (FakeInstanceDriver driver : List.copyOf(drivers)) {
            driver.changed(life);
        }
    }
}
