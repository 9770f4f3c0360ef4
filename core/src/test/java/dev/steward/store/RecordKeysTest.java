package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeysTest {
    private static final int NAMES = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "target/web-1", "Az09/-_.~@+=,:%", "...", "a/.b", "a/b..", "%/%2F"})
    void takes_segments_of_its_characters_between_slashes(String key) {
        assertThat(RecordKeys.check(key)).isSameAs(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''      | key is empty",
                "/       | key has an empty segment at 0: \"/\"",
                "/a      | key has an empty segment at 0: \"/a\"",
                "a/      | key has an empty segment at 2: \"a/\"",
                "a//b    | key has an empty segment at 2: \"a//b\"",
                ".       | key has a segment of dots at 0: \".\"",
                "..      | key has a segment of dots at 0: \"..\"",
                "a/./b   | key has a segment of dots at 2: \"a/./b\"",
                "a/../b  | key has a segment of dots at 2: \"a/../b\"",
                "a/..    | key has a segment of dots at 2: \"a/..\"",
                "a b     | key has U+0020 at 1: \"a b\"",
                "a\\b    | key has U+005C at 1: \"a\\b\"",
                "a*      | key has U+002A at 1: \"a*\"",
                "größe   | key has U+00F6 at 2: \"gr\\u00F6\\u00DFe\""
            })
    void refuses_what_is_no_key_with_the_reason_and_the_key(String key, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.check(key))
                .withMessage(message);
    }

    @Test
    void refuses_every_character_but_those_that_it_names() {
        String allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~@+=,:%/";
        for (char each = 0; each < 0x3000; each++) {
            String key = "a" + each + "b";
            if (allowed.indexOf(each) >= 0) {
                assertThat(RecordKeys.check(key)).isEqualTo(key);
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> RecordKeys.check(key));
            }
        }
    }

    @Test
    void control_characters_never_reach_the_message() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.check("a\n\u001B[31m"))
                .withMessage("key has U+000A at 1: \"a\\u000A\\u001B[31m\"");
    }

    @Test
    void a_key_may_have_512_characters_and_a_segment_255_and_not_one_more() {
        String segment = "s".repeat(255);
        assertThat(RecordKeys.check(segment + "/" + segment)).hasSize(511);
        assertThat(RecordKeys.check(segment + "/" + segment.substring(2) + "/ab"))
                .hasSize(512);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.check("a/s" + segment))
                .withMessageStartingWith("key has a segment of 256 characters, more than 255: \"a/sss");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.check(segment + "/" + segment.substring(1) + "/ab"))
                .withMessageStartingWith("key has 513 characters, more than 512: \"sss")
                .withMessageEndingWith("sss…\"")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(150));
    }

    @Test
    void a_prefix_is_empty_or_ends_with_a_slash() {
        assertThat(RecordKeys.checkPrefix("")).isEmpty();
        assertThat(RecordKeys.checkPrefix("target/")).isEqualTo("target/");
        assertThat(RecordKeys.checkPrefix("a/b/")).isEqualTo("a/b/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target  | prefix does not end with a slash: \"target\"",
                "/       | prefix is empty",
                "a//     | prefix has an empty segment at 2: \"a/\"",
                "../     | prefix has a segment of dots at 0: \"..\"",
                "a b/    | prefix has U+0020 at 1: \"a b\""
            })
    void refuses_what_is_no_prefix(String prefix, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.checkPrefix(prefix))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "web-1, web-1",
        "a/b, a%2Fb",
        "100%, 100%25",
        "., %2E",
        ".., %2E%2E",
        "..., ...",
        "../etc, ..%2Fetc",
        "a b, a%20b",
        "größe, gr%C3%B6%C3%9Fe",
        "日本, %E6%97%A5%E6%9C%AC",
        "😀, %F0%9F%98%80"
    })
    void a_name_of_any_characters_becomes_one_segment_and_back(String name, String segment) {
        assertThat(RecordKeys.segment(name)).isEqualTo(segment);
        assertThat(RecordKeys.name(segment)).isEqualTo(name);
    }

    @Test
    void refuses_names_that_have_no_segment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.segment(""))
                .withMessage("name is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.segment("a\uD83D"))
                .withMessage("name is not well-formed Unicode: \"a\\uD83D\"");
        assertThat(RecordKeys.segment("/".repeat(85))).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordKeys.segment("/".repeat(86)))
                .withMessageStartingWith("name takes 258 characters as a segment, more than 255: \"%2F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "%2",
                "%zz",
                "%-1",
                "%+1",
                "%2f",
                "%41",
                "a/b",
                "%00%",
                "%FF",
                "%ED%A0%80",
                "%C3",
                ".",
                "é"
            })
    void refuses_segments_that_no_name_becomes(String segment) {
        assertThatIllegalArgumentException().isThrownBy(() -> RecordKeys.name(segment));
    }

    /** Property: whatever the name, its segment is one that a key may have, leads back to it, and is of no other name. */
    @Test
    void random_names_become_valid_segments_and_come_back() {
        Random random = new Random(5);
        Map<String, String> names = new HashMap<>();
        int refused = 0;
        for (int i = 0; i < NAMES; i++) {
            String name = randomName(random);
            try {
                String segment = RecordKeys.segment(name);
                assertThat(RecordKeys.check(segment)).doesNotContain("/");
                assertThat(RecordKeys.name(segment)).isEqualTo(name);
                String other = names.put(segment, name);
                assertThat(other == null || other.equals(name)).isTrue();
            } catch (IllegalArgumentException noSegment) {
                refused++;
                assertThat(name.isEmpty() || name.length() > 20 || !isWellFormed(name))
                        .isTrue();
            }
        }
        System.out.println("record keys: " + NAMES + " names, " + refused + " without a segment");
        assertThat(refused).isBetween(NAMES / 100, NAMES / 2);
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        int length = random.nextInt(10) == 0 ? random.nextInt(120) : random.nextInt(9);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(5)) {
                case 0 -> name.append("./%.. \\\0".charAt(random.nextInt(8)));
                case 1 -> name.append((char) ('a' + random.nextInt(26)));
                case 2 -> name.append((char) random.nextInt(0x100));
                case 3 -> name.append((char) random.nextInt(0x10000)); // now and then half of a pair
                default -> name.appendCodePoint(0x10000 + random.nextInt(0x100000));
            }
        }
        return name.toString();
    }

    private static boolean isWellFormed(String name) {
        return name.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }
}
