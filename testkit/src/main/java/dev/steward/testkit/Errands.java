package dev.steward.testkit;

import dev.steward.event.Reason;
import dev.steward.instance.Census;
import dev.steward.instance.Incarnation;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an open {@link FakeInstanceDriver} does on its host, and what it sees there, put into news. Not safe for use by many threads. */
final class Errands {
    private final FakeInstanceDriver driver;
    private final FakeHost host;
    private final Simulation simulation;
    private final FaultPlan faults;
    private final Map<Incarnation, Told> told;
    private final Outlet outlet;
    private boolean closed;

    Errands(FakeInstanceDriver driver, Map<Incarnation, Told> told, Outlet outlet) {
        this.driver = driver;
        this.host = driver.host();
        this.simulation = host.simulation();
        this.faults = simulation.faults();
        this.told = told;
        this.outlet = outlet;
    }

    /** Tells nothing any more. */
    void close() {
        closed = true;
        outlet.close();
    }

    /** Whether a census has been told. */
    boolean isInStep() {
        return outlet.isInStep();
    }

    void start(String name, Incarnation id, Told lately) {
        LaunchFailure refusal = faults.decide("driver.launch.refused")
                ? LaunchFailure.NO_RESOURCES
                : host.program(name).takeRefusal();
        FakeLife life = refusal == null ? host.start(name, id, driver).orElse(null) : null;
        if (life == null) {
            LaunchFailure why = refusal == null ? LaunchFailure.NO_RESOURCES : refusal;
            lately.over = true;
            outlet.tell(new Observation.Refused(name, id, new Reason(why, "fake: " + why)));
        } else if (faults.decide("driver.launch.lost")) {
            lately.answered = true;
        } else if (life.program.startsIn.isZero()) {
            tellRunning(life, lately);
        } else {
            simulation.after(life.program.startsIn, name + " has started", () -> tellRunning(life, lately));
        }
    }

    private void tellRunning(FakeLife life, Told lately) {
        if (!closed && !lately.answered) {
            lately.answered = true;
            outlet.tell(running(life, life.leader));
        }
    }

    /** Something of a life on this host has ended. */
    void changed(FakeLife life) {
        Told lately = told.get(life.life());
        if (closed || lately == null || lately.over) {
            return;
        }
        if (!life.leader.lives() && !lately.exited) {
            tellRunning(life, lately);
            lately.exited = true;
            lately.over = !life.isAlive();
            outlet.tell(new Observation.Exited(
                    life.name(),
                    life.life(),
                    host.exitFor(driver, life),
                    life.isAlive(),
                    host.outputs().errors(life)));
        } else if (!life.isAlive()) {
            lately.over = true;
            outlet.tell(new Observation.Gone(life.name(), life.life()));
        }
    }

    void takeCensus(long ticket) {
        List<Observation.Running> running = new ArrayList<>();
        if (faults.decide("driver.census.failed")) {
            outlet.tell(Census.failed(ticket, "fake: the table cannot be read"));
            return;
        }
        for (FakeLife life : host.alive(driver.owner())) {
            running.add(running(life, life.oldest().orElseThrow()));
            told.computeIfAbsent(life.life(), any -> adopted(life));
        }
        if (ticket == 0 || !faults.decide("driver.census.lost")) {
            outlet.tell(Census.of(ticket, running));
        }
    }

    private static Told adopted(FakeLife life) {
        Told lately = new Told(life.name());
        lately.answered = true;
        return lately;
    }

    void takeMeasure(String name, Incarnation id) {
        FakeLife life = host.find(id);
        Told lately = told.get(id);
        if (life != null && life.isAlive() && lately != null && lately.answered && lately.name.equals(name)) {
            outlet.tell(new Observation.Measured(name, id, life.program.memoryAt(age(life))));
        }
    }

    private Observation.Running running(FakeLife life, FakeProcess process) {
        return new Observation.Running(life.name(), life.life(), process.pid, age(life), life.leader.lives());
    }

    private Duration age(FakeLife life) {
        return simulation.elapsed().minus(life.started());
    }
}
