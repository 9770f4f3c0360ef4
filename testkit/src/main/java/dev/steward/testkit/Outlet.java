package dev.steward.testkit;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.Observation;
import java.time.Duration;
import java.util.Map;

/** How the news of a {@link FakeInstanceDriver} reach its manager: in order, or with the faults that are planned. Not safe for use by many threads. */
final class Outlet {
    private final FakeHost host;
    private final Simulation simulation;
    private final FaultPlan faults;
    private final Map<Incarnation, Told> told;
    private final DriverEvents events;
    private final Lane lane;
    private boolean inStep;
    private boolean closed;

    Outlet(FakeHost host, Map<Incarnation, Told> told, DriverEvents events) {
        this.host = host;
        this.simulation = host.simulation();
        this.faults = simulation.faults();
        this.told = told;
        this.events = events;
        this.lane = new Lane(simulation);
    }

    /** Whether a census has been told. */
    boolean isInStep() {
        return inStep;
    }

    /** Tells nothing any more. */
    void close() {
        closed = true;
        lane.close();
    }

    void tell(Census census) {
        Duration delay = faults.decide("driver.census.slow") ? host.someLag() : Duration.ZERO;
        lane.put(delay, "census " + census.ticket() + " is told", () -> {
            inStep |= !census.isFailed();
            census.running()
                    .forEach(seen -> told.computeIfAbsent(seen.life(), any -> new Told(seen.name())).known = true);
            events.census(census);
        });
    }

    void tell(Observation observed) {
        if (host.isSilent(observed.name())) {
            reap(observed);
            return;
        }
        String what = observed.name() + " " + observed.getClass().getSimpleName();
        boolean twice = !(observed instanceof Observation.Running)
                && !(observed instanceof Observation.Measured)
                && faults.decide("driver.news.twice");
        lane.put(faults.decide("driver.news.late") ? host.someLag() : Duration.ZERO, what, () -> {
            deliver(observed);
            if (twice) {
                simulation.after(host.someLag(), what + " again", () -> tellAgain(observed));
            }
        });
    }

    private void tellAgain(Observation observed) {
        if (!closed) {
            deliver(observed);
        }
    }

    private void deliver(Observation observed) {
        reap(observed);
        boolean end = observed instanceof Observation.Refused
                || observed instanceof Observation.Gone
                || (observed instanceof Observation.Exited exited && !exited.lingering());
        Told lately = told.get(observed.life());
        if (end && lately != null) {
            lately.knownGone = true;
        }
        events.observed(observed);
    }

    private void reap(Observation observed) {
        FakeLife life = host.find(observed.life());
        if (observed instanceof Observation.Exited && life != null) {
            host.reap(life);
        }
    }
}
