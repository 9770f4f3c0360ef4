package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProcStatTest {
    private static final String REST =
            " S 17 42 41 0 -1 4194560 104 0 0 0 0 0 0 0 20 0 3 0 987654321 2560000 215 18446744073709551615 1 1";

    @Test
    void reads_the_fields_that_matter() {
        assertThat(parse("42 (sleep)" + REST)).isEqualTo(new ProcStat(42, 'S', 17, 42, 41, 3, 987654321L));
    }

    @Test
    void is_not_misled_by_blanks_and_brackets_in_the_command() {
        assertThat(parse("42 (a ) R 1 (b)) c)" + REST)).isEqualTo(new ProcStat(42, 'S', 17, 42, 41, 3, 987654321L));
    }

    @Test
    void takes_nothing_that_is_not_a_stat_file() {
        assertThat(parse("")).isNull();
        assertThat(parse("42")).isNull();
        assertThat(parse("42 (sleep)")).isNull();
        assertThat(parse("42 (sleep) S 1 2")).isNull();
        assertThat(parse("x (sleep)" + REST)).isNull();
        assertThat(parse("42 (sleep)" + REST.replace("987654321", "soon"))).isNull();
    }

    @Test
    void a_zombie_is_dead_and_one_whose_other_threads_live_is_not() {
        assertThat(new ProcStat(42, 'Z', 1, 42, 42, 1, 5).isDead()).isTrue();
        assertThat(new ProcStat(42, 'X', 1, 42, 42, 0, 5).isDead()).isTrue();
        assertThat(new ProcStat(42, 'Z', 1, 42, 42, 2, 5).isDead()).isFalse();
        assertThat(new ProcStat(42, 'D', 1, 42, 42, 1, 5).isDead()).isFalse();
    }

    private static ProcStat parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ProcStat.parse(bytes, bytes.length);
    }
}
