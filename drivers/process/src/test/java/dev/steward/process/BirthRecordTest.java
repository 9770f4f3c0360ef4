package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written down of a life, and what is not taken for that. */
class BirthRecordTest {
    private static final BirthRecord RECORD = new BirthRecord(
            "lab", "th\u00e9rmo:1", new Incarnation("life-1"), new ProcessIdentity(20, 100, "boot-1"), 20, true, 5, 7);

    @Test
    void is_read_as_it_was_written() {
        assertThat(BirthRecord.parse(RECORD.text())).isEqualTo(RECORD);
        assertThat(BirthRecord.isNewer(RECORD.text())).isFalse();
    }

    @Test
    void nothing_that_is_torn_is_a_record() {
        String text = RECORD.text();
        for (int length = 0; length < text.length(); length++) {
            assertThat(BirthRecord.parse(text.substring(0, length)))
                    .as("the first %s characters", length)
                    .isNull();
        }
        assertThat(BirthRecord.parse(text + text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "pid=20, pid=1",
        "pid=20, pid=-20",
        "pid=20, pid=twenty",
        "pid=20, pid=99999999999",
        "ticks=100, ticks=-1",
        "group=20, group=0",
        "errors=7, errors=-7",
        "output=5, output=x",
        "wrapped=true, wrapped=perhaps",
        "life=life-1, life=life/1",
        "life=life-1, life=",
        "instance=th%C3%A9rmo%3A1, instance=th%",
        "owner=lab, keeper=lab",
        "steward-life 1, steward-life 0",
    })
    void nor_is_one_that_nobody_would_write(String written, String spoilt) {
        assertThat(RECORD.text()).contains(written);
        String text = RECORD.text().replace(written, spoilt);

        assertThat(BirthRecord.parse(text)).isNull();
        assertThat(BirthRecord.isNewer(text)).isFalse();
    }

    @Test
    void what_a_later_release_wrote_is_known_as_that() {
        String text = RECORD.text().replace("steward-life 1", "steward-life 2").replace("wrapped=true", "cgroup=web");

        assertThat(BirthRecord.isNewer(text)).isTrue();
        assertThat(BirthRecord.parse(text)).isNull();
    }
}
