package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.steward.testkit.instance.MemoryWalk.Count;
import dev.steward.testkit.instance.MemoryWalk.Defect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What a manager keeps, through hundreds of bad days of its store; {@link MemoryWalk} says what must hold. */
class HostMemoryWalkTest {
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 10_000 : Boolean.getBoolean("steward.brief") ? 50 : 200;

    @BeforeAll
    static void silence() {
        // the testkit as a module does not read the logging that its tests run with
        Module ours = HostMemoryWalkTest.class.getModule();
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
    void keeps_what_it_says_it_keeps_whatever_happens_to_the_store() {
        Count count = new Count();
        long first = Long.getLong("steward.seed", 1);
        long last = System.getProperty("steward.seed") == null ? SEEDS : first;

        for (long seed = first; seed <= last; seed++) {
            long hash = walk(seed, Defect.NOTHING, count);
            if (seed % 50 == 0) {
                assertThat(walk(seed, Defect.NOTHING, new Count()))
                        .as("seed %s walked twice", seed)
                        .isEqualTo(hash);
            }
        }

        System.out.println("memory of host managers: " + count);
        if (first != last) {
            assertThat(count.recalled).isPositive();
            assertThat(count.givenUp).isPositive();
            assertThat(count.late).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void is_found_out_if_it_has_a_defect(Defect defect) {
        for (long seed = 1; seed <= 200; seed++) {
            try {
                walk(seed, defect, new Count());
            } catch (AssertionError found) {
                System.out.println("memory of host managers: " + defect + " is found with seed " + seed + ": "
                        + found.getMessage().lines().findFirst().orElse(""));
                return;
            }
        }
        throw new AssertionError(defect + " is not found with 200 seeds");
    }

    private static long walk(long seed, Defect defect, Count count) {
        MemoryWalk walk = new MemoryWalk(seed, defect, count);
        try {
            return walk.walk();
        } catch (RuntimeException | AssertionError failure) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            throw new AssertionError(
                    why.strip().lines().limit(12).reduce("", (all, line) -> all + line + System.lineSeparator())
                            + "again with -Dsteward.seed=" + seed + System.lineSeparator() + walk,
                    failure);
        }
    }
}
