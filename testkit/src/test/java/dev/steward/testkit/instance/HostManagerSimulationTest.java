package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.BadDays;
import dev.steward.testkit.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The host manager through thousands of bad days, on virtual time: what must never happen does not, and when nothing goes wrong any
 * more, everything becomes as it was asked for. The invariants are named where they are checked: I1 here; I2, I3, I4, I5 and I14 in
 * {@link HostScenario}; I11, I13 and I14 in {@link Story}; I4, I10 and I12 on the fake host itself.
 */
@ExtendWith(QuietLog.class)
class HostManagerSimulationTest {
    private static final int NORMAL = 2_000;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 100_000 : Boolean.getBoolean("steward.brief") ? 500 : NORMAL;
    private static final String[] FAULTS = {
        "F9 manager paused",
        "F12 driver.census.lost",
        "F12 driver.launch.dropped",
        "F12 driver.launch.lost",
        "F12 driver.launch.orphaned",
        "F12 driver.throws.launch",
        "F12 driver.throws.launched",
        "F12 driver.throws.look",
        "F12 driver.throws.signal",
        "F17 deaf to every signal",
        "F18 launches refused in a row",
        "F19 something lingers",
        "F20 pid used again",
        "F21 manager killed",
        "F22 mass death of 1 %",
        "F22 mass death of 50 %",
        "F22 mass death of 100 %",
        "F23 closed at work",
        "F23 executor refuses",
        "F23 feed.throws",
        "F23 thread interrupted",
        "F24 callback throws",
        "F24 configuration unreadable",
        "F24 policy throws",
        "F24 probe throws",
        "F24 wake-up of a listener throws",
        "F28 configuration edited",
        "driver.census.failed",
        "driver.news.late",
        "driver.news.twice",
        "driver.signal.lost"
    };

    @Test
    void keeps_its_promises_whatever_happens() {
        Tally tally = new Tally();

        days("host manager", Planted.NOTHING, tally)
                .seeds(1, SEEDS)
                .twiceEvery(100)
                .run();

        System.out.println("host manager: " + tally);
        if (Long.getLong(BadDays.SEED) == null) {
            assertThat(tally.seeds()).isEqualTo(SEEDS);
            assertThat(tally.faults().keySet().stream().map(kind -> kind.split(" ", 2)[0]))
                    .as("kinds of faults that have fired")
                    .contains("F9", "F12", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24", "F28");
            assertThat(tally.faults()).containsKeys(FAULTS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void is_found_out_if_it_has_a_defect(Planted defect) {
        assertThat(days("host manager: " + defect, defect, new Tally())
                        .seeds(1, NORMAL)
                        .firstFound())
                .isPresent();
    }

    private static BadDays days(String name, Planted planted, Tally all) {
        return Proof.ofDays(name, seed -> new HostScenario(seed, planted, all));
    }
}
