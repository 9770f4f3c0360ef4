package dev.steward.benchmarks;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A driver whose processes are rows of a table: a launch costs next to nothing and works at once. Not safe for use by many threads. */
final class TableDriver implements InstanceDriver {
    private final Map<String, Observation.Running> running = new HashMap<>();
    private @Nullable DriverEvents manager;
    private long lastPid = 1;

    @Override
    public void open(DriverEvents events) {
        manager = events;
        look(0);
    }

    @Override
    public Management manages() {
        return Management.HOST;
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        var news = new Observation.Running(spec.name(), life, ++lastPid);
        running.put(spec.name(), news);
        tell(news);
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        Observation.Running dead = running.remove(name);
        if (dead != null) {
            tell(new Observation.Exited(name, dead.life(), ExitStatus.of(0), false, List.of()));
        }
    }

    /** The process of this name is no more. */
    void crash(String name) {
        Observation.Running dead = running.remove(name);
        if (dead == null) {
            throw new IllegalStateException(name + " does not run");
        }
        tell(new Observation.Exited(name, dead.life(), ExitStatus.of(1), false, List.of()));
    }

    private void tell(Observation news) {
        if (manager != null) {
            manager.observed(news);
        }
    }

    @Override
    public void look(long ticket) {
        if (manager != null) {
            manager.census(Census.of(ticket, List.copyOf(running.values())));
        }
    }

    @Override
    public void measure(String name, Incarnation life) {}

    @Override
    public List<String> tail(String name, Output output, int most) {
        return List.of();
    }

    @Override
    public void close() {
        manager = null;
    }
}
