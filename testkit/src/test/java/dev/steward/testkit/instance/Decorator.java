package dev.steward.testkit.instance;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.util.List;

/** A driver that does what another does, and whose subclasses do one thing differently. */
class Decorator implements InstanceDriver {
    final InstanceDriver good;

    Decorator(InstanceDriver good) {
        this.good = good;
    }

    /** What is told of an observation of the good one. */
    void tell(Observation news, DriverEvents to) {
        to.observed(news);
    }

    /** What is told of a census of the good one. */
    void tell(Census census, DriverEvents to) {
        to.census(census);
    }

    @Override
    public void open(DriverEvents events) {
        good.open(new DriverEvents() {
            @Override
            public void observed(Observation news) {
                tell(news, events);
            }

            @Override
            public void census(Census census) {
                tell(census, events);
            }
        });
    }

    @Override
    public Management manages() {
        return good.manages();
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        good.launch(spec, life);
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        good.signal(name, life, signal);
    }

    @Override
    public void look(long ticket) {
        good.look(ticket);
    }

    @Override
    public void measure(String name, Incarnation life) {
        good.measure(name, life);
    }

    @Override
    public List<String> tail(String name, Output output, int most) {
        return good.tail(name, output, most);
    }

    @Override
    public void close() {
        good.close();
    }
}
