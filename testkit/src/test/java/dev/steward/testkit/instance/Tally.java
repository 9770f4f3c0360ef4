package dev.steward.testkit.instance;

import dev.steward.testkit.DayTally;
import java.time.Duration;

/** What many simulations have done in all. Not safe for use by many threads. */
final class Tally extends DayTally<Tally> {
    long passes;
    long requests;
    long restartsAsked;
    long probesAsked;
    long launches;
    long adoptions;
    long giveUps;
    long completions;
    long signals;
    long holds;
    long crashes;
    long events;
    long managersKilled;
    Duration longestToSettle = Duration.ZERO;

    @Override
    protected void sum(Tally other) {
        passes += other.passes;
        requests += other.requests;
        restartsAsked += other.restartsAsked;
        probesAsked += other.probesAsked;
        launches += other.launches;
        adoptions += other.adoptions;
        giveUps += other.giveUps;
        completions += other.completions;
        signals += other.signals;
        holds += other.holds;
        crashes += other.crashes;
        events += other.events;
        managersKilled += other.managersKilled;
        longestToSettle = longer(other.longestToSettle, longestToSettle);
    }

    @Override
    public String toString() {
        return "seeds " + seeds() + ", virtual seconds " + simulated().toSeconds() + ", passes " + passes
                + ", requests " + requests + ", restarts asked " + restartsAsked + ", probes asked " + probesAsked
                + ", launches " + launches + ", adoptions " + adoptions + ", give-ups " + giveUps + ", completions "
                + completions + ", signals " + signals + ", holds " + holds + ", crashes " + crashes + ", events "
                + events + ", managers killed " + managersKilled + ", longest to settle "
                + longestToSettle.toSeconds() + " s, faults " + faults();
    }
}
