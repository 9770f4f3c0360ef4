package dev.steward.testkit.node;

import dev.steward.testkit.DayTally;
import java.time.Duration;

/** What many simulations of nodes have done in all. Not safe for use by many threads. */
final class NodeScenarioTally extends DayTally<NodeScenarioTally> {
    long passes;
    long scans;
    long hints;
    long events;
    long trips;
    long takeOvers;
    long managersStarted;
    long managerRestarts;
    long writes;
    long revivals;
    Duration longestToSettle = Duration.ZERO;

    @Override
    protected void sum(NodeScenarioTally other) {
        passes += other.passes;
        scans += other.scans;
        hints += other.hints;
        events += other.events;
        trips += other.trips;
        takeOvers += other.takeOvers;
        managersStarted += other.managersStarted;
        managerRestarts += other.managerRestarts;
        writes += other.writes;
        revivals += other.revivals;
        settled(other.longestToSettle);
    }

    /** It took so long until all was as it should be. */
    void settled(Duration after) {
        longestToSettle = longer(after, longestToSettle);
    }

    @Override
    public String toString() {
        return "seeds " + seeds() + ", passes of managers " + passes + ", full scans " + scans + ", virtual seconds "
                + simulated().toSeconds() + ", hints " + hints + ", events " + events + ", trips " + trips
                + ", take-overs " + takeOvers + ", managers started " + managersStarted + ", manager restarts "
                + managerRestarts + ", writes " + writes + ", revivals " + revivals + ", longest to settle "
                + longestToSettle.toMillis() + " ms, faults " + faults();
    }
}
