package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PassGuardTest {
    private final PassGuard guard = new PassGuard();

    @Test
    void refuses_a_second_pass_until_the_first_is_over() {
        guard.enter("main");

        assertThatIllegalStateException()
                .isThrownBy(() -> guard.enter("main"))
                .withMessage("two passes at once of loop 'main'");
        guard.exit();

        assertThatCode(() -> guard.enter("main")).doesNotThrowAnyException();
    }

    @Test
    void refuses_in_a_pass_what_must_stay_outside() {
        guard.enter("main");

        assertThatIllegalStateException()
                .isThrownBy(() -> guard.enter("close", "main"))
                .withMessage("close during a pass of loop 'main'");
        assertThat(guard.tryEnter()).isFalse();
        guard.exit();

        assertThatCode(() -> guard.enter("close", "main")).doesNotThrowAnyException();
        assertThatIllegalStateException().isThrownBy(() -> guard.enter("main"));
    }
}
