package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.BaseEncoding;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTypeTest {
    private static final int GARBAGE = 100_000;
    private static final String KEY = "thing/kettle";

    private enum Colour {
        RED,
        BLUE
    }

    private record Thing(long number, boolean flag, String text, Colour colour, Instant instant) {}

    /** The first version had no colour and no instant. */
    private static final RecordType<Thing> TYPE = RecordType.of(
            "thing/",
            2,
            (thing, output) -> output.number(thing.number)
                    .flag(thing.flag)
                    .text(thing.text)
                    .constant(thing.colour)
                    .instant(thing.instant),
            input -> new Thing(
                    input.number(),
                    input.flag(),
                    input.text(),
                    input.version() < 2 ? Colour.RED : input.constant(Colour.class),
                    input.version() < 2 ? Instant.EPOCH : input.instant()));

    private static final Thing THING = new Thing(-3, true, "é", Colour.BLUE, Instant.ofEpochSecond(1, 5));
    private static final String BYTES = "010405" + "01" + "04C3A9" + "08424C5545" + "020A";

    private static Versioned record(String hex) {
        return new Versioned(KEY, 7, RecordValue.of(BaseEncoding.base16().decode(hex)));
    }

    private static Thing decode(RecordValue value) {
        return TYPE.decode(new Versioned(KEY, 7, value));
    }

    @Test
    void the_bytes_are_the_same_in_every_release() {
        assertThat(TYPE.encode(THING)).isEqualTo(record(BYTES).value());
        assertThat(TYPE.decode(record(BYTES))).isEqualTo(THING);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "1, 02",
        "-64, 7F",
        "64, 8001",
        "-65, 8101",
        "9223372036854775807, FEFFFFFFFFFFFFFFFF01",
        "-9223372036854775808, FFFFFFFFFFFFFFFFFF01"
    })
    void numbers_take_as_many_bytes_as_they_need(long number, String hex) {
        RecordType<Long> numbers =
                RecordType.of("number/", 1, (value, output) -> output.number(value), RecordInput::number);

        assertThat(numbers.encode(number)).isEqualTo(record("0102" + hex).value());
        assertThat(numbers.decode(record("0102" + hex))).isEqualTo(number);
    }

    @Test
    void reads_what_the_version_before_has_written() {
        assertThat(TYPE.decode(record("010205" + "01" + "04C3A9")))
                .isEqualTo(new Thing(-3, true, "é", Colour.RED, Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource({
        "010605010400, 'thing/kettle: its version is 3, newer than 2'",
        "01FEFFFFFFFFFFFFFFFF01, 'thing/kettle: its version is 9223372036854775807, newer than 2'",
        "02, 'thing/kettle: its format is 2, newer than 1'",
        "FF00, 'thing/kettle: its format is 255, newer than 1'"
    })
    void refuses_what_a_newer_version_has_written_and_names_the_record(String hex, String message) {
        assertThatThrownBy(() -> TYPE.decode(record(hex)))
                .isInstanceOfSatisfying(RecordFormatException.class, refused -> {
                    assertThat(refused).hasMessage(message);
                    assertThat(refused.key()).isEqualTo(KEY);
                    assertThat(refused.isNewer()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | it ends after 0 bytes",
                "00                            | its format is 0, which no version has written",
                "01                            | it ends after 1 bytes",
                "0100                          | its version is 0",
                "0101                          | its version is -1",
                "0104                          | it ends after 2 bytes",
                "010405                        | it ends after 3 bytes",
                "01040502                      | no flag at 3: 2",
                "0104050106C3A9                | a text of 3 bytes at 5 of 7",
                "0104050103C3A9                | a text of -2 bytes at 5 of 7",
                "01040501FEFFFFFFFFFFFFFFFF01C3| a text of 9223372036854775807 bytes at 14 of 15",
                "010405010402FF                | no UTF-8 at 5",
                "01040501FFFFFFFFFFFFFFFFFF02  | no number at 14",
                "01040501FFFFFFFFFFFFFFFFFFFF  | no number at 14",
                "0104050104C3A90447524545      | No enum constant",
                "010205010400000000            | bytes more than its fields"
            })
    void refuses_what_is_none_of_its_records_and_says_where(String hex, String message) {
        assertThatThrownBy(() -> TYPE.decode(record(hex)))
                .isInstanceOfSatisfying(RecordFormatException.class, refused -> {
                    assertThat(refused)
                            .hasMessageStartingWith("thing/kettle: cannot be read: ")
                            .hasMessageContaining(message);
                    assertThat(refused.key()).isEqualTo(KEY);
                    assertThat(refused.isNewer()).isFalse();
                });
    }

    @Test
    void whatever_a_decoder_throws_is_a_record_that_cannot_be_read() {
        RecordType<String> picky = RecordType.of("p/", 1, (value, output) -> output.text(value), input -> {
            throw new UnsupportedOperationException(input.text());
        });
        Versioned record = new Versioned("p/a", 1, picky.encode("not today"));

        assertThatThrownBy(() -> picky.decode(record))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageStartingWith("p/a: cannot be read: not today");
    }

    @Test
    void a_text_that_is_no_unicode_is_written_with_a_question_mark() {
        Thing broken = new Thing(1, false, "a\uD83Db", Colour.RED, Instant.EPOCH);

        assertThat(decode(TYPE.encode(broken)).text()).isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.5Z"
            })
    void moments_come_back_to_the_nanosecond(Instant instant) {
        Thing thing = new Thing(0, false, "", Colour.RED, instant);

        assertThat(decode(TYPE.encode(thing))).isEqualTo(thing);
    }

    @Test
    void random_values_come_back() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Thing thing = randomThing(random);
            assertThat(decode(TYPE.encode(thing))).isEqualTo(thing);
        }
    }

    private static Thing randomThing(Random random) {
        return new Thing(
                random.nextLong() >> random.nextInt(64),
                random.nextBoolean(),
                random.ints(random.nextInt(20), 1, 0xD000)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                Colour.values()[random.nextInt(2)],
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
    }

    /** Property: whatever the bytes, they are a value or a {@link RecordFormatException} with the key, and nothing else. */
    @Test
    void garbage_is_never_anything_but_a_record_that_cannot_be_read() {
        Random random = new Random(20261121);
        int read = 0;
        int newer = 0;
        for (int i = 0; i < GARBAGE; i++) {
            RecordValue value = RecordValue.of(i % 4 == 0 ? randomBytes(random) : damaged(random));
            try {
                assertThat(decode(value)).isNotNull();
                read++;
            } catch (RecordFormatException unreadable) {
                assertThat(unreadable.key()).isEqualTo(KEY);
                newer += unreadable.isNewer() ? 1 : 0;
            } catch (RuntimeException | Error wrong) {
                throw new AssertionError(
                        "input " + i + ": " + BaseEncoding.base16().encode(value.toByteArray()), wrong);
            }
        }
        System.out.println(
                "record format: " + GARBAGE + " inputs, " + read + " read all the same, " + newer + " newer");
        assertThat(read).isBetween(GARBAGE / 100, GARBAGE / 2);
        assertThat(newer).isGreaterThan(GARBAGE / 100);
    }

    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        if (bytes.length > 1 && random.nextBoolean()) {
            bytes[0] = 1;
            bytes[1] = (byte) (2 * (1 + random.nextInt(2)));
        }
        return bytes;
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = TYPE.encode(randomThing(random)).toByteArray();
        for (int damage = random.nextInt(3); damage >= 0; damage--) {
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(4));
                default -> {
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                }
            }
        }
        return bytes;
    }

    @Test
    void names_become_keys_below_its_prefix_and_back() {
        assertThat(TYPE.key("a/../b")).isEqualTo("thing/a%2F..%2Fb");
        assertThat(TYPE.name("thing/a%2F..%2Fb")).isEqualTo("a/../b");
        assertThat(TYPE.prefix()).isEqualTo("thing/");
        assertThat(TYPE).hasToString("thing/ (version 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thin/a", "other/thing/a", "thing/", "thing/a/b", "thing/%zz", "thing/%2e"})
    void refuses_the_name_of_a_key_that_is_none_of_its_own(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> TYPE.name(key));
    }

    @Test
    void refuses_a_prefix_that_is_none_and_a_version_below_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordType.of("", 1, (value, output) -> {}, input -> 1))
                .withMessage("a type has a prefix of its own");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordType.of("thing", 1, (value, output) -> {}, input -> 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordType.of("thing/", 0, (value, output) -> {}, input -> 1))
                .withMessage("thing/: version is below 1: 0");
    }
}
