package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeTextTest {
    private final NativeText ascii = new NativeText(StandardCharsets.US_ASCII);

    @Test
    void lets_pass_what_can_be_handed_over() throws LaunchRefused {
        LaunchSpec launch = LaunchSpec.of("echo", "caf\u00e9").withDirectory("/caf\u00e9");

        new NativeText(StandardCharsets.UTF_8).check(launch);
        ascii.check(LaunchSpec.of("echo", "coffee").withEnvironment(Map.of("A", "b")));
        assertThat(NativeText.ofThisJvm()).isNotNull();
    }

    @Test
    void names_what_would_become_question_marks() {
        assertRefused(LaunchSpec.of("echo", "caf\u00e9"), "caf\u00e9");
        assertRefused(LaunchSpec.of("echo").withDirectory("/caf\u00e9"), "directory");
        assertRefused(LaunchSpec.of("echo").withEnvironment(Map.of("DRINK", "caf\u00e9")), "DRINK");
    }

    @Test
    void does_not_show_a_secret() {
        LaunchSpec launch = LaunchSpec.of("echo").withSecrets(Map.of("DRINK", Secret.of("caf\u00e9")));

        assertRefused(launch, "DRINK");
        assertThatThrownBy(() -> ascii.check(launch)).hasMessageNotContaining("caf");
    }

    private void assertRefused(LaunchSpec launch, String text) {
        assertThatThrownBy(() -> ascii.check(launch))
                .isInstanceOf(LaunchRefused.class)
                .hasMessageContaining(text);
    }
}
