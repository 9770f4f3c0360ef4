package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.steward.instance.HostManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The host manager through thousands of bad days, on virtual time: what must never happen does not, and when nothing goes wrong any
 * more, everything becomes as it was asked for. The invariants are named where they are checked: I1 here; I2, I3, I4, I5 and I14 in
 * {@link HostScenario}; I11 and I14 in {@link ManagerProcess}; I4, I10 and I12 on the fake host itself.
 */
class HostManagerSimulationTest {
    private static final int SEEDS = Boolean.getBoolean("steward.nightly") ? 100_000 : 2_000;

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
        return (Logger) LoggerFactory.getLogger(HostManager.class);
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
