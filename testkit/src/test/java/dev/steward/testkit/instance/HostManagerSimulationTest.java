package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The host manager through thousands of bad days, on virtual time: what must never happen does not, and when nothing goes wrong any
 * more, everything becomes as it was asked for. The invariants are named where they are checked: I1 here; I2, I3, I4, I5 and I14 in
 * {@link HostScenario}; I11, I13 and I14 in {@link Story}; I4, I10 and I12 on the fake host itself.
 */
class HostManagerSimulationTest {
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 100_000 : Boolean.getBoolean("steward.brief") ? 500 : 2_000;
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

    @BeforeAll
    static void silence() {
        // the testkit as a module does not read the logging that its tests run with
        Module ours = HostManagerSimulationTest.class.getModule();
        ModuleLayer.boot().findModule("org.slf4j").ifPresent(ours::addReads);
        ModuleLayer.boot().findModule("ch.qos.logback.classic").ifPresent(ours::addReads);
        log().setLevel(Level.OFF); // a bad day is full of warnings
    }

    @AfterAll
    static void speak() {
        log().setLevel(null);
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger("dev.steward");
    }

    @Test
    void keeps_its_promises_whatever_happens() {
        Tally tally = new Tally();
        long first = Long.getLong("steward.seed", 1);
        long last = System.getProperty("steward.seed") == null ? SEEDS : first;

        for (long seed = first; seed <= last; seed++) {
            long hash = play(seed, Planted.NOTHING, tally);
            if (seed % 100 == 0) {
                assertThat(play(seed, Planted.NOTHING, new Tally()))
                        .as("I1: seed %s played twice", seed)
                        .isEqualTo(hash);
            }
        }

        System.out.println("host manager: " + tally);
        if (first != last) {
            assertThat(tally.faults().keySet().stream().map(kind -> kind.split(" ", 2)[0]))
                    .as("kinds of faults that have fired")
                    .contains("F9", "F12", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24", "F28");
            assertThat(tally.faults()).containsKeys(FAULTS);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void is_found_out_if_it_has_a_defect(Planted defect) {
        for (long seed = 1; seed <= 2_000; seed++) {
            try {
                play(seed, defect, new Tally());
            } catch (AssertionError found) {
                System.out.println("host manager: " + defect + " is found with seed " + seed + ": "
                        + found.getMessage()
                                .lines()
                                .filter(line -> !line.startsWith("on the fake host"))
                                .findFirst()
                                .orElse(""));
                return;
            }
        }
        throw new AssertionError(defect + " is not found with 2,000 seeds");
    }

    private static long play(long seed, Planted planted, Tally tally) {
        HostScenario scenario = new HostScenario(seed, planted, tally);
        try {
            return scenario.play();
        } catch (RuntimeException | AssertionError failure) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            throw new AssertionError(
                    why.lines().limit(12).reduce("", (all, line) -> all + line + System.lineSeparator())
                            + "again with -Dsteward.seed=" + seed + System.lineSeparator() + scenario,
                    failure);
        }
    }
}
