package dev.steward.testkit.node;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What many simulations of nodes have done in all. Not safe for use by many threads. */
final class NodeScenarioTally {
    long seeds;
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
    Duration simulated = Duration.ZERO;
    Duration longestToSettle = Duration.ZERO;
    private final Map<String, Long> faults = new TreeMap<>();

    /** Something of this kind has gone wrong. */
    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** How often what has gone wrong, by kind. */
    Map<String, Long> faults() {
        return Map.copyOf(faults);
    }

    /** It took so long until all was as it should be. */
    void settled(Duration after) {
        longestToSettle = after.compareTo(longestToSettle) > 0 ? after : longestToSettle;
    }

    @Override
    public String toString() {
        return "seeds " + seeds + ", passes of managers " + passes + ", full scans " + scans + ", virtual seconds "
                + simulated.toSeconds() + ", hints " + hints + ", events " + events + ", trips " + trips
                + ", take-overs " + takeOvers + ", managers started " + managersStarted + ", manager restarts "
                + managerRestarts + ", writes " + writes + ", revivals " + revivals + ", longest to settle "
                + longestToSettle.toMillis() + " ms, faults " + faults;
    }
}
