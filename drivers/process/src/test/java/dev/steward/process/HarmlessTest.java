package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmlessTest {
    @Test
    void leaves_a_harmless_text_as_it_is() {
        for (String text : new String[] {"", "plain", "a\tb", "caf\u00e9 \ud83d\ude00", "\u0627\u0644", "\ufffd"}) {
            assertThat(Harmless.line(text)).isSameAs(text);
        }
        assertThat(Harmless.line("\ud83d\udc69\u200d\ud83d\udd27")).contains("\u200d");
    }

    @ParameterizedTest
    @CsvSource({
        "0x00, u0000",
        "0x0a, u000a",
        "0x0d, u000d",
        "0x1b, u001b",
        "0x7f, u007f",
        "0x85, u0085",
        "0x9b, u009b",
        "0x2028, u2028",
        "0x2029, u2029",
        "0x061c, u061c",
        "0x200e, u200e",
        "0x200f, u200f",
        "0x202a, u202a",
        "0x202e, u202e",
        "0x2066, u2066",
        "0x2069, u2069",
        "0xfeff, ufeff",
        "0xd800, ud800",
        "0xe0041, U000e0041"
    })
    void writes_what_is_not_as_its_number(String character, String number) {
        String one = "a" + new StringBuilder().appendCodePoint(Integer.decode(character)) + "b";

        assertThat(Harmless.line(one)).isEqualTo("a\\" + number + "b");
    }
}
