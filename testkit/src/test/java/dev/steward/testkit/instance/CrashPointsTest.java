package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testkit.QuietLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host manager is killed at every single step of what it does, one run for each, and the next one makes everything right again. */
@ExtendWith(QuietLog.class)
class CrashPointsTest {
    @Test
    void a_manager_that_is_killed_at_any_step_is_followed_by_one_that_makes_it_right() {
        int steps = playAll(Planted.NOTHING);

        System.out.println(
                "crash points: " + CrashScript.values().length + " scenarios, " + steps + " steps, all converged");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORGETS_SURVIVORS", "DOES_NOT_ADOPT", "LOSES_A_TARGET_ON_CRASH", "FORGETS_WHAT_LINGERS"})
    void one_that_does_not_is_found_out(Planted defect) {
        assertThatThrownBy(() -> playAll(defect))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("killed at step");
    }

    private static int playAll(Planted planted) {
        int steps = 0;
        for (CrashScript script : CrashScript.values()) {
            int numbered = play(script, new CrashScript.Crash(0, planted));
            assertThat(numbered).as("steps of %s", script).isGreaterThan(10);
            for (int step = 1; step <= numbered; step++) {
                play(script, new CrashScript.Crash(step, planted));
            }
            steps += numbered;
        }
        return steps;
    }

    private static int play(CrashScript script, CrashScript.Crash crash) {
        CrashScene scene = null;
        try {
            scene = script.play(crash);
            scene.assertConverges();
            assertThat(scene.hasCrashed()).as("whether it was killed").isEqualTo(crash.at() > 0);
            return scene.steps();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    script + ", killed at step " + crash.at() + ": " + failure.getMessage() + System.lineSeparator()
                            + (scene == null ? "" : scene.toString()),
                    failure);
        }
    }
}
