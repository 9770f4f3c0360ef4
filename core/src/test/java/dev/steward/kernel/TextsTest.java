package dev.steward.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void times_are_written_without_needless_digits() {
        assertThat(Texts.seconds(Duration.ofSeconds(3))).isEqualTo("3 s");
        assertThat(Texts.seconds(Duration.ofMillis(250))).isEqualTo("0.25 s");
        assertThat(Texts.seconds(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Texts.seconds(Duration.ofMinutes(10))).isEqualTo("600 s");
    }

    @Test
    void what_controls_a_terminal_or_the_direction_of_text_becomes_visible() {
        assertThat(Texts.harmless("tab\tstays, ä stays")).isEqualTo("tab\tstays, ä stays");
        assertThat(Texts.harmless("\u0007\r\n\u009b\u202e\u2028"))
                .isEqualTo("\\u0007\\u000d\\u000a\\u009b\\u202e\\u2028");
    }
}
