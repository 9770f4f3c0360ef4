package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordValueTest {
    @Test
    void nobody_can_change_its_bytes() {
        byte[] bytes = {1, 2, 3};
        RecordValue value = RecordValue.of(bytes);
        bytes[0] = 9;
        value.toByteArray()[1] = 9;

        assertThat(value.toByteArray()).containsExactly(1, 2, 3);
        assertThat(value.size()).isEqualTo(3);
    }

    @Test
    void is_compared_by_content() {
        assertThat(RecordValue.of((byte) 'a', (byte) 'b'))
                .isEqualTo(RecordValue.utf8("ab"))
                .hasSameHashCodeAs(RecordValue.utf8("ab"))
                .isNotEqualTo(RecordValue.utf8("ac"))
                .isNotEqualTo("ab");
    }

    @Test
    void a_text_comes_back_and_what_is_none_shows_as_a_replacement() {
        assertThat(RecordValue.utf8("größe 日本 😀").toUtf8()).isEqualTo("größe 日本 😀");
        assertThat(RecordValue.of((byte) 'a', (byte) 0xFF).toUtf8()).isEqualTo("a\uFFFD");
        assertThat(RecordValue.of().toUtf8()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0 bytes",
        "a, 1 bytes",
        "ab, 2 bytes 61…",
        "secret, 6 bytes 736563…",
        "0123456789abcdef, 16 bytes 3031323334353637…",
        "0123456789abcdefghijklmnop, 26 bytes 3031323334353637…"
    })
    void never_shows_more_than_half_of_itself(String text, String shown) {
        assertThat(RecordValue.utf8(text)).hasToString(shown);
    }
}
