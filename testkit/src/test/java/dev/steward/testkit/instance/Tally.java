package dev.steward.testkit.instance;

import java.time.Duration;

/** What many simulations have done in all. Not safe for use by many threads. */
final class Tally {
    long seeds;
    long passes;
    long requests;
    long launches;
    long signals;
    long crashes;
    long events;
    long managersKilled;
    long faults;
    Duration simulated = Duration.ZERO;
    Duration longestToSettle = Duration.ZERO;

    @Override
    public String toString() {
        return "seeds " + seeds + ", virtual seconds " + simulated.toSeconds() + ", passes " + passes + ", requests "
                + requests + ", launches " + launches + ", signals " + signals + ", crashes " + crashes + ", events "
                + events + ", managers killed " + managersKilled + ", faults fired " + faults + ", longest to settle "
                + longestToSettle.toSeconds() + " s";
    }
}
