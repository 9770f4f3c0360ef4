package dev.steward.process;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A driver that keeps its orders, and looks before each launch whether anything of that name still lives. Belongs to one thread. */
final class WatchedDriver implements InstanceDriver {
    final List<String> launches = new ArrayList<>();
    final Map<Incarnation, List<Signal>> signals = new LinkedHashMap<>();
    final List<String> secondCopies = new ArrayList<>();
    /** Called within each launch. */
    volatile Consumer<String> onLaunch = name -> {};

    private final String owner;
    private final ProcessDriver driver;

    WatchedDriver(String owner, ProcessDriver driver) {
        this.owner = owner;
        this.driver = driver;
    }

    @Override
    public void open(DriverEvents events) {
        driver.open(events);
    }

    @Override
    public Management manages() {
        return driver.manages();
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        Host.marked(owner).stream()
                .filter(member -> member.instance().equals(spec.name()))
                .forEach(member -> secondCopies.add(life + " of " + spec.name() + " beside " + member));
        launches.add(spec.name());
        onLaunch.accept(spec.name());
        driver.launch(spec, life);
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        signals.computeIfAbsent(life, l -> new ArrayList<>()).add(signal);
        driver.signal(name, life, signal);
    }

    @Override
    public void look(long ticket) {
        driver.look(ticket);
    }

    @Override
    public void measure(String name, Incarnation life) {
        driver.measure(name, life);
    }

    @Override
    public List<String> tail(String name, Output output, int most) {
        return driver.tail(name, output, most);
    }

    @Override
    public void close() {
        driver.close();
    }

    long launchesOf(String name) {
        return launches.stream().filter(name::equals).count();
    }
}
