package dev.steward.testkit.lead;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What many simulations of leaders have done in all. Not safe for use by many threads. */
final class LeadTally {
    long seeds;
    long passes;
    long commits;
    long claims;
    long highestTerm;
    long conflicts;
    long unknowns;
    long troubles;
    long effects;
    long created;
    long processes;
    Duration simulated = Duration.ZERO;
    Duration longestWithoutLeader = Duration.ZERO;
    Duration longestToSettle = Duration.ZERO;
    private final Map<String, Long> faults = new TreeMap<>();

    /** Adds what others have done. */
    void add(LeadTally other) {
        seeds += other.seeds;
        passes += other.passes;
        commits += other.commits;
        claims += other.claims;
        highestTerm = Math.max(highestTerm, other.highestTerm);
        conflicts += other.conflicts;
        unknowns += other.unknowns;
        troubles += other.troubles;
        effects += other.effects;
        created += other.created;
        processes += other.processes;
        simulated = simulated.plus(other.simulated);
        settled(other.longestWithoutLeader, other.longestToSettle);
        other.faults.forEach((kind, times) -> faults.merge(kind, times, Long::sum));
    }

    /** Something of this kind has gone wrong. */
    void fault(String kind) {
        faults.merge(kind, 1L, Long::sum);
    }

    /** How often what has gone wrong, by kind. */
    Map<String, Long> faults() {
        return Map.copyOf(faults);
    }

    /** After the quiet, it took so long until every role was led, and so long until all was as it should be. */
    void settled(Duration withoutLeader, Duration settled) {
        longestWithoutLeader = longer(withoutLeader, longestWithoutLeader);
        longestToSettle = longer(settled, longestToSettle);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    @Override
    public String toString() {
        return "seeds " + seeds + ", processes " + processes + ", passes " + passes + ", virtual seconds "
                + simulated.toSeconds() + ", commits " + commits + ", claims " + claims + ", highest term "
                + highestTerm + ", conflicts " + conflicts + ", unknowns " + unknowns + ", other troubles " + troubles
                + ", things " + created + ", effects " + effects + ", after quiet longest without leader "
                + longestWithoutLeader.toMillis() + " ms and longest to settle " + longestToSettle.toMillis()
                + " ms, faults " + faults;
    }
}
