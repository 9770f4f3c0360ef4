package dev.steward.testkit.instance;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** What many simulations have done in all. Not safe for use by many threads. */
final class Tally {
    long seeds;
    long passes;
    long requests;
    long restartsAsked;
    long probesAsked;
    long launches;
    long adoptions;
    long giveUps;
    long completions;
    long signals;
    long crashes;
    long events;
    long managersKilled;
    Duration simulated = Duration.ZERO;
    Duration longestToSettle = Duration.ZERO;
    private final Map<String, Long> faults = new TreeMap<>();

    /** Something of this kind has gone wrong. */
    void fault(String kind) {
        fault(kind, 1);
    }

    /** It has done so a number of times. */
    void fault(String kind, long times) {
        if (times > 0) {
            faults.merge(kind, times, Long::sum);
        }
    }

    /** How often what has gone wrong, by kind. */
    Map<String, Long> faults() {
        return Map.copyOf(faults);
    }

    @Override
    public String toString() {
        return "seeds " + seeds + ", virtual seconds " + simulated.toSeconds() + ", passes " + passes + ", requests "
                + requests + ", restarts asked " + restartsAsked + ", probes asked " + probesAsked + ", launches "
                + launches + ", adoptions " + adoptions + ", give-ups " + giveUps + ", completions " + completions
                + ", signals " + signals + ", crashes " + crashes + ", events " + events + ", managers killed "
                + managersKilled + ", longest to settle " + longestToSettle.toSeconds() + " s, faults " + faults;
    }
}
