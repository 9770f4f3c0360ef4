package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of faults and runs. */
class FaultTest {
    @ParameterizedTest
    @EnumSource
    void is_read_as_it_was_written(Fault.Kind kind) {
        Fault fault = new Fault(kind, "p2", "lease", 7, "20s");

        assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
        assertThat(fault.toString()).endsWith(" p2 lease#7 20s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "crash", "crash p1 lease", "crash p1 lease#x", "burn p1 lease#1", "crash p1 lease#0"})
    void is_refused_if_it_is_none(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.parse(text));
    }

    @Test
    void knows_how_long_and_in_what_way() {
        assertThat(Fault.parse("advice p1 commit#2 both 20s").length()).isEqualTo(Duration.ofSeconds(20));
        assertThat(Fault.parse("advice p1 commit#2 both 20s").way()).isEqualTo("both");
        assertThat(Fault.parse("wall p1 commit#2 -3600s").length()).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void is_part_of_a_run_that_is_read_as_it_was_written() {
        Replay replay = new Replay(
                -17,
                6,
                List.of(Fault.parse("crash p1 lease#2 done"), Fault.parse("lost p2 count#1")),
                Set.of("3", "3.1"));

        assertThat(replay)
                .hasToString("seed -17; rounds 6; crash p1 lease#2 done; lost p2 count#1; without event 3;"
                        + " without event 3.1");
        assertThat(Replay.parse(replay.toString())).isEqualTo(replay);
    }
}
