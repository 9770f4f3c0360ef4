package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedFlowTest {
    private final MaskedFlow flow = new MaskedFlow(Mask.of(List.of(Secret.of("abc"), Secret.of("abcdef"))));

    @Test
    void keeps_back_no_more_than_what_may_become_a_secret() {
        assertThat(next("xab")).isEqualTo("x");
        assertThat(next("y\n")).isEqualTo("aby\n");
        assertThat(next("abc")).isEmpty();
        assertThat(next("de")).isEmpty();
        assertThat(next("f")).isEqualTo("***");
        assertThat(next("abcd")).isEmpty();
        assertThat(next("!")).isEqualTo("***d!");
        assertThat(next("zab")).isEqualTo("z");
        assertThat(text(flow.rest())).isEqualTo("ab");
    }

    @Test
    void hides_what_may_be_the_rest_of_one_after_a_gap() {
        next("ab");
        flow.restart(5);
        assertThat(next("def")).isEmpty();
        assertThat(next("!!shown")).isEqualTo("shown");
    }

    /** Whatever the pieces, the same is shown as of the whole, and a secret never is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void shows_the_same_in_pieces_as_of_the_whole(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String all = random.ints(60, 'a', 'h')
                            .collect(
                                    StringBuilder::new,
                                    (text, letter) -> text.append((char) letter),
                                    StringBuilder::append)
                    + "abcdef"
                    + "abc".repeat(random.nextInt(3));
            var pieces = new StringBuilder();
            for (int at = 0; at < all.length(); ) {
                int end = Math.min(all.length(), at + 1 + random.nextInt(9));
                pieces.append(next(all.substring(at, end)));
                at = end;
            }
            pieces.append(text(flow.rest()));

            assertThat(pieces.toString())
                    .isEqualTo(all.replace("abcdef", "***").replace("abc", "***"))
                    .doesNotContain("abc");
        }
    }

    private String next(String piece) {
        return text(flow.next(piece.getBytes(StandardCharsets.UTF_8), piece.length()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
