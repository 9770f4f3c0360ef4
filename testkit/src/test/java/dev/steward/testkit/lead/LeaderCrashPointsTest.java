package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that die at each of their steps in turn, and at two of them: all becomes as it is wanted. */
@ExtendWith(QuietLog.class)
class LeaderCrashPointsTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("steward.nightly");
    private static final int PAIRS = NIGHTLY ? 10_000 : 400;

    @Test
    void all_becomes_as_it_is_wanted_wherever_they_die() {
        LeadTally tally = new LeadTally();
        Random random = new Random(1);
        long begun = System.nanoTime();
        int points = 0;
        int pairs = 0;

        for (int scenario = 1; scenario <= LeadCrash.SCENARIOS; scenario++) {
            for (boolean inTheCall : new boolean[] {true, false}) {
                int steps = play(scenario, inTheCall, tally, Set.of());
                assertThat(steps).isBetween(30, 3_000);
                for (int step = 1; step <= steps; step++) {
                    play(scenario, inTheCall, tally, Set.of(step));
                    points++;
                }
                for (int pair = 0; pair < PAIRS / (2 * LeadCrash.SCENARIOS); pair++) {
                    play(
                            scenario,
                            inTheCall,
                            tally,
                            new TreeSet<>(List.of(1 + random.nextInt(steps), 1 + random.nextInt(steps))));
                    pairs++;
                }
            }
        }

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("leaders: die at " + points + " steps and at " + pairs + " pairs of them, in "
                + took.toMillis() + " ms: " + tally);
    }

    private static int play(int scenario, boolean inTheCall, LeadTally tally, Set<Integer> deaths) {
        LeadCrash crash = new LeadCrash(scenario, inTheCall, tally, deaths);
        try {
            return crash.play();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    failure.getMessage() + System.lineSeparator() + "scenario " + scenario
                            + (inTheCall ? " in the call" : "") + ", dies at " + deaths + System.lineSeparator()
                            + crash,
                    failure);
        }
    }
}
