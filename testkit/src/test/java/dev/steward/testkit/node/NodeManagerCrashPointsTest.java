package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A manager that dies at each of its steps in turn, nightly at every one (F1), and twice in a row (F2): all nodes come to the same end. */
@ExtendWith(QuietLog.class)
class NodeManagerCrashPointsTest {
    private static final boolean NIGHTLY = Boolean.getBoolean("steward.nightly");
    private static final int SCENARIOS = NIGHTLY ? 10 : 2;
    private static final int STRIDE = NIGHTLY ? 1 : 4;
    private static final int PAIRS = NIGHTLY ? 1_000 : 20;

    @Test
    void all_nodes_come_to_the_same_end_wherever_it_dies() {
        NodeScenarioTally tally = new NodeScenarioTally();
        long begun = System.nanoTime();
        int points = 0;
        Random random = new Random(1);

        for (int scenario = 1; scenario <= SCENARIOS; scenario++) {
            int steps = play(scenario, tally);
            assertThat(steps).isBetween(100, 2_000);
            for (int step = 1 + scenario % STRIDE; step <= steps; step += STRIDE) {
                play(scenario, tally, step);
                points++;
            }
            for (int pair = 0; pair < PAIRS / SCENARIOS; pair++) {
                play(scenario, tally, 1 + random.nextInt(steps), 1 + random.nextInt(steps));
            }
        }

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("node manager: dies at " + points + " steps of " + SCENARIOS + " scenarios and at " + PAIRS
                + " pairs of them, in " + took.toMillis() + " ms: " + tally);
        assertThat(tally.faults())
                .containsKeys(
                        "F1 killed when it begins to listen",
                        "F1 killed at a look",
                        "F1 killed before a write",
                        "F1 killed behind a write",
                        "F1 killed between two actions");
    }

    private static int play(long seed, NodeScenarioTally tally, int... deaths) {
        NodeScenarioCrash scene = new NodeScenarioCrash(seed, tally, deaths);
        try {
            return scene.play();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    failure.getMessage() + System.lineSeparator() + "scenario " + seed + ", dies at "
                            + Arrays.toString(deaths) + System.lineSeparator() + scene,
                    failure);
        }
    }
}
