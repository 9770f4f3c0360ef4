package dev.steward.testkit.instance;

import dev.steward.instance.Probe;
import dev.steward.testkit.FakeHost;
import dev.steward.testkit.FakeProbe;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What all managers of one scenario have in common: the host, its probes, and what is wrong with the managers and their surroundings. Not
 * safe for use by many threads.
 *
 * @param pausedUntil when the manager goes on that was paused last
 * @param hostile whether drivers, feeds and threads that a manager meets misbehave now and then
 */
record World(
        FakeHost host,
        Simulation simulation,
        Planted planted,
        Tally tally,
        boolean hostile,
        Map<String, WatchedProbe> readiness,
        Map<String, WatchedProbe> liveness,
        AtomicReference<Duration> pausedUntil) {
    World(FakeHost host, Simulation simulation, Planted planted, Tally tally, boolean hostile) {
        this(
                host,
                simulation,
                planted,
                tally,
                hostile,
                new HashMap<>(),
                new HashMap<>(),
                new AtomicReference<>(Duration.ZERO));
    }

    /** What asks whether an instance is ready. */
    Probe readiness(String name) {
        return probe(readiness, name);
    }

    /** What asks whether an instance is well. */
    Probe liveness(String name) {
        return probe(liveness, name);
    }

    /** What answers one of the two. */
    FakeProbe fake(boolean ready, String name) {
        return probe(ready ? readiness : liveness, name).probe();
    }

    private WatchedProbe probe(Map<String, WatchedProbe> probes, String name) {
        return probes.computeIfAbsent(name, any -> new WatchedProbe(new FakeProbe(simulation), this));
    }

    /** Everything is well from now on. */
    void becomeWell() {
        readiness.values().forEach(one -> one.probe().takes(Duration.ZERO).answersWell());
        liveness.values().forEach(one -> one.probe().takes(Duration.ZERO).answersWell());
    }
}
