package dev.steward.testkit.lead;

import dev.steward.testkit.DayTally;
import java.time.Duration;

/** What many simulations of leaders have done in all. Not safe for use by many threads. */
final class LeadTally extends DayTally<LeadTally> {
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
    Duration longestWithoutLeader = Duration.ZERO;
    Duration longestToSettle = Duration.ZERO;

    @Override
    protected void sum(LeadTally other) {
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
        settled(other.longestWithoutLeader, other.longestToSettle);
    }

    /** After the quiet, it took so long until every role was led, and so long until all was as it should be. */
    void settled(Duration withoutLeader, Duration settled) {
        longestWithoutLeader = longer(withoutLeader, longestWithoutLeader);
        longestToSettle = longer(settled, longestToSettle);
    }

    @Override
    public String toString() {
        return "seeds " + seeds() + ", processes " + processes + ", passes " + passes + ", virtual seconds "
                + simulated().toSeconds() + ", commits " + commits + ", claims " + claims + ", highest term "
                + highestTerm + ", conflicts " + conflicts + ", unknowns " + unknowns + ", other troubles " + troubles
                + ", things " + created + ", effects " + effects + ", after quiet longest without leader "
                + longestWithoutLeader.toMillis() + " ms and longest to settle " + longestToSettle.toMillis()
                + " ms, faults " + faults();
    }
}
