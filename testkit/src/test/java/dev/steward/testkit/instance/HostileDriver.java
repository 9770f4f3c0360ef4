package dev.steward.testkit.instance;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Signal;
import dev.steward.testkit.FaultPlan;

/** A driver whose calls throw now and then, with or without having done what they were to do. Not safe for use by many threads. */
final class HostileDriver extends Decorator {
    private final FaultPlan faults;

    HostileDriver(InstanceDriver good, FaultPlan faults) {
        super(good);
        this.faults = faults;
    }

    private void maybeThrow(String point) {
        if (faults.decide(point)) {
            throw new IllegalStateException("the driver is broken: " + point);
        }
    }

    @Override
    public void open(DriverEvents events) {
        maybeThrow("driver.throws.open");
        super.open(events);
    }

    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        maybeThrow("driver.throws.launch");
        super.launch(spec, life);
        maybeThrow("driver.throws.launched");
    }

    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        maybeThrow("driver.throws.signal");
        super.signal(name, life, signal);
    }

    @Override
    public void look(long ticket) {
        maybeThrow("driver.throws.look");
        super.look(ticket);
    }

    @Override
    public void measure(String name, Incarnation life) {
        maybeThrow("driver.throws.measure");
        super.measure(name, life);
    }

    @Override
    public void close() {
        super.close();
        maybeThrow("driver.throws.close");
    }
}
