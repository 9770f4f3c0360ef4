package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The values around a manager. */
class SiteConfigTest {
    @Test
    void the_first_of_a_name_wins_and_a_warning_says_so() {
        InstanceSpec first = InstanceSpec.of("a", "/bin/first");
        InstanceSpec second = InstanceSpec.of("a", "/bin/second");

        SiteConfig config =
                new SiteConfig(List.of(first, second, InstanceSpec.of("b", "x")), List.of(), List.of("mind the gap"));

        assertThat(config.instances()).extracting(InstanceSpec::fullName).containsExactly("first:a", "x:b");
        assertThat(config.warnings())
                .containsExactly("mind the gap", "instance 'a' is there already as first:a; second:a is ignored");
        assertThat(new SiteConfig(config.instances(), config.groups(), config.warnings()))
                .isEqualTo(config);
        assertThat(config.load()).isSameAs(config);
    }

    @Test
    void options_are_checked_at_the_door() {
        HostManager.Options options = HostManager.Options.defaults();

        assertThat(options.reloadOnStart()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> options.withName(""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withBudget(Duration.ZERO))
                .withMessageContaining("PT0S");
    }

    @Test
    void of_two_secrets_one_of_which_is_part_of_the_other_nothing_is_left() {
        LaunchSpec launch = LaunchSpec.of("x")
                .withSecrets(Map.of("A", Secret.of("abc"), "B", Secret.of("abcdef"), "C", Secret.of("")));

        assertThat(Secret.hideAll(launch, "abcdef abc")).isEqualTo("*** ***");
    }
}
