package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final Marks MARKS =
            Marks.of("lab", InstanceSpec.of("th\u00e9rmo:1", "x"), new Incarnation("life-7"));

    @Test
    void are_plain_ascii_variables() {
        assertThat(MARKS.variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "STEWARD_OWNER", "lab", "STEWARD_INSTANCE", "th%C3%A9rmo%3A1", "STEWARD_LIFE", "life-7"));
    }

    @Test
    void are_found_again_in_an_environment() {
        assertThat(Marks.in(block(
                        "PATH=/bin",
                        "STEWARD_LIFE=life-7",
                        "STEWARD_INSTANCE=th%C3%A9rmo%3A1",
                        "A=b",
                        "STEWARD_OWNER=lab")))
                .isEqualTo(MARKS);
    }

    @Test
    void are_not_found_where_one_is_missing_or_not_as_we_write_it() {
        assertThat(Marks.in(block())).isNull();
        assertThat(Marks.in(block("STEWARD_OWNER=lab", "STEWARD_LIFE=life-7"))).isNull();
        assertThat(Marks.in(block("STEWARD_OWNER=lab", "STEWARD_INSTANCE=a", "STEWARD_LIFE=../7")))
                .isNull();
        assertThat(Marks.in(block("STEWARD_OWNER=lab", "STEWARD_INSTANCE=a/b", "STEWARD_LIFE=7")))
                .isNull();
        assertThat(Marks.in(block("XSTEWARD_OWNER=lab", "STEWARD_INSTANCE=a", "STEWARD_LIFE=7")))
                .isNull();
    }

    @Test
    void are_found_in_a_block_that_does_not_end_well() {
        byte[] whole = block("STEWARD_OWNER=lab", "STEWARD_INSTANCE=a", "STEWARD_LIFE=7");
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);

        assertThat(Marks.in(cut)).isEqualTo(new Marks("lab", "a", "7"));
    }

    private static byte[] block(String... variables) {
        var bytes = new ByteArrayOutputStream();
        for (String variable : variables) {
            bytes.writeBytes(variable.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }
}
