package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.BadDays;
import dev.steward.testkit.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Managers of nodes through hundreds of bad days, on virtual time: what must never happen does not, and when nothing goes wrong any more,
 * every node comes to where it is wanted. The invariants are named where they are checked: I1 here; I2, I4 and I5 in
 * {@link NodeScenarioQuiet}; I6 and I8 in {@link NodeOracleScan}; I7 and I9 in {@link NodeWorldHands}.
 */
@ExtendWith(QuietLog.class)
class NodeManagerSimulationTest {
    private static final int NORMAL = 300;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 6_000 : Boolean.getBoolean("steward.brief") ? 100 : NORMAL;

    @Test
    void keeps_its_promises_whatever_happens() {
        NodeScenarioTally tally = new NodeScenarioTally();

        days("node manager", NodeScenarioPlanted.NOTHING, tally)
                .seeds(1, SEEDS)
                .twiceEvery(100)
                .run();

        System.out.println("node manager: " + tally);
        if (Long.getLong(BadDays.SEED) == null) {
            assertThat(tally.seeds()).isEqualTo(SEEDS);
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
        assertThat(days("node manager: " + defect, defect, new NodeScenarioTally())
                        .seeds(1, NORMAL)
                        .firstFound())
                .isPresent();
    }

    private static BadDays days(String name, NodeScenarioPlanted planted, NodeScenarioTally all) {
        return Proof.ofDays(name, seed -> new NodeScenario(seed, planted, all));
    }
}
