package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineRingTest {
    private final LineRing ring = new LineRing(3, 16);

    @Test
    void keeps_the_last_complete_lines() {
        feed("one\ntwo\nthree\n\nfive");

        assertThat(ring.lines()).containsExactly("two", "three", "");
    }

    @Test
    void joins_what_comes_in_pieces_even_inside_a_character() {
        byte[] bytes = "caf\u00e9 \ud83d\ude00\n".getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            ring.accept(new byte[] {one}, 1);
        }

        assertThat(ring.lines()).containsExactly("caf\u00e9 \ud83d\ude00");
    }

    @Test
    void replaces_what_is_not_utf_8_and_leaves_control_characters() {
        ring.accept(new byte[] {'a', (byte) 0xff, 'b', 27, '[', 'm', '\r', '\n'}, 8);

        assertThat(ring.lines()).containsExactly("a\ufffdb\u001b[m\r");
    }

    @Test
    void cuts_a_line_that_is_too_long_and_marks_it() {
        feed("0123456789abcdef\n0123456789abcdefg\nnext\n");

        assertThat(ring.lines()).containsExactly("0123456789abcdef", "0123456789abcdef [cut]", "next");
    }

    @Test
    void cuts_between_characters() {
        feed("0123456789abcd\u20ac\n0123456789abcde\u00e9\n");

        assertThat(ring.lines()).containsExactly("0123456789abcd [cut]", "0123456789abcde [cut]");
    }

    @Test
    void marks_a_line_whose_beginning_is_missing() {
        ring.startInside();
        feed("tail\nwhole\n");

        assertThat(ring.lines()).containsExactly("[cut] tail", "whole");
    }

    @Test
    void drops_what_is_missing_altogether() {
        ring.startInside();
        feed("\nwhole\n");

        assertThat(ring.lines()).containsExactly("whole");
    }

    @Test
    void takes_an_open_end_only_when_told_that_it_is_the_end() {
        feed("one\ntw");
        assertThat(ring.lines()).containsExactly("one");

        ring.finish();
        ring.finish();
        assertThat(ring.lines()).containsExactly("one", "tw");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void stays_in_bounds_whatever_comes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            ring.accept(bytes, bytes.length);
        }

        assertThat(ring.lines())
                .hasSizeLessThanOrEqualTo(3)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(16 + " [cut]".length())
                        .doesNotContain("\n"));
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ring.accept(bytes, bytes.length);
    }
}
