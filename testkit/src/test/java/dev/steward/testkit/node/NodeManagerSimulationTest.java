package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Managers of nodes through hundreds of bad days, on virtual time: what must never happen does not, and when nothing goes wrong any more,
 * every node comes to where it is wanted. The invariants are named where they are checked: I1 here; I2, I4 and I5 in
 * {@link NodeScenarioQuiet}; I6 and I8 in {@link NodeOracleScan}; I7 and I9 in {@link NodeWorldHands}.
 */
class NodeManagerSimulationTest {
    private static final int NORMAL = 300;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 6_000 : Boolean.getBoolean("steward.brief") ? 100 : NORMAL;

    @BeforeAll
    static void silence() {
        NodeScenarioLog.silence();
    }

    @AfterAll
    static void speak() {
        NodeScenarioLog.speak();
    }

    @Test
    void keeps_its_promises_whatever_happens() {
        NodeScenarioTally tally = new NodeScenarioTally();
        long first = Long.getLong("steward.seed", 1);
        long last = System.getProperty("steward.seed") == null ? SEEDS : first;
        long begun = System.nanoTime();

        for (long seed = first; seed <= last; seed++) {
            long hash = play(seed, NodeScenarioPlanted.NOTHING, tally);
            if (seed % 100 == 0) {
                assertThat(play(seed, NodeScenarioPlanted.NOTHING, new NodeScenarioTally()))
                        .as("I1: seed %s played twice", seed)
                        .isEqualTo(hash);
            }
        }

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("node manager: " + tally + ", in " + took.toMillis() + " ms");
        if (first != last) {
            assertThat(tally.faults().keySet().stream().map(kind -> kind.split(" ", 2)[0]))
                    .as("kinds of faults that have fired")
                    .contains(
                            "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F12", "F22", "F23", "F24", "F28",
                            "F29");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void is_found_out_if_it_has_a_defect(NodeScenarioPlanted defect) {
        for (long seed = 1; seed <= NORMAL; seed++) {
            try {
                play(seed, defect, new NodeScenarioTally());
            } catch (AssertionError found) {
                String why = found.getMessage().lines().findFirst().orElse("");
                System.out.println("node manager: " + defect + " is found with seed " + seed + ": "
                        + why.substring(0, Math.min(why.length(), 160)));
                return;
            }
        }
        throw new AssertionError(defect + " is not found with " + NORMAL + " seeds");
    }

    private static long play(long seed, NodeScenarioPlanted planted, NodeScenarioTally tally) {
        NodeScenario scenario = new NodeScenario(seed, planted, tally);
        try {
            return scenario.play();
        } catch (RuntimeException | AssertionError failure) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            throw new AssertionError(
                    why + System.lineSeparator() + "again with -Dsteward.seed=" + seed + System.lineSeparator()
                            + scenario.simulation.report(),
                    failure);
        }
    }
}
