package dev.steward.instance;

import dev.steward.event.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A driver that is a table of what runs and a list of what it was told; a test turns its knobs. */
final class StubDriver implements InstanceDriver {
    /** How a launch is answered. */
    enum Launching {
        RUNS,
        IS_REFUSED,
        RUNS_UNANSWERED,
        IS_LOST
    }

    final List<String> orders = new ArrayList<>();
    final Map<Incarnation, Observation.Running> alive = new LinkedHashMap<>();
    final List<String> secondCopies = new ArrayList<>();
    final Map<String, Set<Signal>> deafTo = new HashMap<>();
    Consumer<String> beforeEachCall = call -> {};
    Launching launching = Launching.RUNS;
    boolean answersLooks = true;
    Reason refusal = new Reason(LaunchFailure.NO_PROGRAM, "no such program: /x");
    String lookTrouble = "";
    Management manages = Management.HOST;
    long nextPid = 100;
    boolean closed;
    long memory = 1000;
    private final Set<String> everRan = new HashSet<>();
    private @Nullable DriverEvents manager;

    @Override
    public void open(DriverEvents events) {
        beforeEachCall.accept("open");
        manager = events;
        census(0);
    }

    @Override
    public Management manages() {
        return manages;
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        beforeEachCall.accept("launch");
        orders.add("launch " + spec.name());
        boolean first = !everRan.contains(spec.name()); // which spares the look into a large table
        if (!first && alive.values().stream().anyMatch(other -> other.name().equals(spec.name()))) {
            secondCopies.add(spec.name());
        }
        if (launching == Launching.IS_REFUSED) {
            tell(new Observation.Refused(spec.name(), life, refusal));
        } else if (launching != Launching.IS_LOST) {
            Observation.Running running = runs(spec.name(), life);
            if (launching == Launching.RUNS) {
                tell(running);
            }
        }
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        beforeEachCall.accept("signal");
        orders.add(signal + " " + name);
        if (alive.containsKey(life) && !deafTo.getOrDefault(name, Set.of()).contains(signal)) {
            exits(life, 0);
        }
    }

    @Override
    public void look(long ticket) {
        beforeEachCall.accept("look");
        orders.add("look " + ticket);
        census(ticket);
    }

    @Override
    public void measure(String name, Incarnation life) {
        beforeEachCall.accept("measure");
        if (alive.containsKey(life)) {
            tell(new Observation.Measured(name, life, memory));
        }
    }

    @Override
    public List<String> tail(String name, Output output, int most) {
        return List.of(name + " on " + output + "\033[31m");
    }

    @Override
    public void close() {
        beforeEachCall.accept("close");
        closed = true;
    }

    void census(long ticket) {
        if (answersLooks) {
            DriverEvents to = manager;
            to.census(
                    lookTrouble.isEmpty()
                            ? Census.of(ticket, List.copyOf(alive.values()))
                            : Census.failed(ticket, lookTrouble));
        }
    }

    /** Something runs from now on, and nobody is told. */
    Observation.Running runs(String name, Incarnation life) {
        Observation.Running running = new Observation.Running(name, life, nextPid++);
        alive.put(life, running);
        everRan.add(name);
        return running;
    }

    /** Something runs already, with its first process. */
    void ran(String name, Incarnation life, Duration age) {
        ran(name, life, age, true);
    }

    /** Something runs already. */
    void ran(String name, Incarnation life, Duration age, boolean led) {
        alive.put(life, new Observation.Running(name, life, nextPid++, age, led));
        everRan.add(name);
    }

    Incarnation life(String name) {
        return alive.values().stream()
                .filter(running -> running.name().equals(name))
                .findFirst()
                .orElseThrow()
                .life();
    }

    /** The life of this name ends. */
    void exits(String name, int code) {
        exits(life(name), code);
    }

    private void exits(Incarnation life, int code, String... stderr) {
        tell(new Observation.Exited(alive.remove(life).name(), life, ExitStatus.of(code), false, List.of(stderr)));
    }

    void exitsSaying(String name, int code, String... stderr) {
        exits(life(name), code, stderr);
    }

    /** The first process of the life ends, others go on. */
    void leaves(String name, int code) {
        Observation.Running before = alive.get(life(name));
        alive.put(before.life(), new Observation.Running(name, before.life(), before.pid(), before.age(), false));
        tell(new Observation.Exited(name, before.life(), ExitStatus.of(code), true, List.of()));
    }

    /** The others end as well. */
    void isGone(String name) {
        Incarnation life = life(name);
        alive.remove(life);
        tell(new Observation.Gone(name, life));
    }

    /** The life of this name ends, and nobody knows how. */
    void vanishes(String name) {
        isGone(name);
    }

    void isDeaf(String name) {
        deafTo.put(name, EnumSet.allOf(Signal.class));
    }

    void tell(Observation news) {
        if (manager != null) {
            manager.observed(news);
        }
    }

    /** What it was told since this was last asked. */
    List<String> takeOrders() {
        List<String> taken = List.copyOf(orders);
        orders.clear();
        return taken;
    }
}
