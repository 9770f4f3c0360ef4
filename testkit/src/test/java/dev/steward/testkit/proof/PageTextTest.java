package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PageTextTest {
    @Test
    void takes_the_meaning_from_markup_and_shows_what_cannot_be_seen() {
        assertThat(PageText.escape("<a href=\"x\" b='y'>&amp;\n\u0000\u202e\ud800"))
                .isEqualTo("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;\\u000a\\u0000\\u202e\\ud800");
        assertThat(PageText.escapeLines("a\r\n\tb < c")).isEqualTo("a\n    b &lt; c");
    }

    @Test
    void cuts_a_text_to_the_room_there_is() {
        assertThat(PageText.fit("running", 100)).isEqualTo("running");
        assertThat(PageText.fit("running", 42)).isEqualTo("runni…");
        assertThat(PageText.fit("running", 20)).isEmpty();
        assertThat(PageText.fit("run", 10)).isEmpty();
        assertThat(PageText.fit("漢字漢字漢字", 60)).isEqualTo("漢字漢字…");
        assertThat(PageText.width(PageText.fit("a rather long text", 60))).isLessThanOrEqualTo(60);
    }

    @Test
    void writes_times_as_precisely_as_they_are_or_as_roughly_as_is_read() {
        assertThat(ChronicleTime.of(Duration.ZERO)).isEqualTo("0 s");
        assertThat(ChronicleTime.of(Duration.ofNanos(1))).isEqualTo("0.000000001 s");
        assertThat(ChronicleTime.of(Duration.ofMinutes(3))).isEqualTo("3 min");
        assertThat(ChronicleTime.of(Duration.ofHours(26).plusMillis(20))).isEqualTo("26 h 0.02 s");
        assertThat(ChronicleTime.roughly(Duration.ofNanos(1_499))).isEqualTo("0.000001 s");
        assertThat(ChronicleTime.roughly(Duration.ofMillis(1_234).plusNanos(567_890)))
                .isEqualTo("1.235 s");
        assertThat(ChronicleTime.roughly(Duration.ofMillis(61_234))).isEqualTo("1 min 1 s");
        assertThat(ChronicleTime.roughly(Duration.ofSeconds(26 * 3_600 + 89))).isEqualTo("26 h 1 min");
    }

    @Test
    void puts_no_label_on_another() {
        var rows = new PageRows(2);

        assertThat(rows.take(0, 10)).isZero();
        assertThat(rows.take(10, 20)).isZero();
        assertThat(rows.take(5, 12)).isEqualTo(1);
        assertThat(rows.take(9, 11)).isEqualTo(-1);
        assertThat(rows.used()).isEqualTo(2);
    }

    @Test
    void gives_the_same_look_to_the_same_word_and_no_look_twice() {
        var colours = new PageColours();
        for (int i = 0; i < 30; i++) {
            colours.of("state " + i);
        }

        assertThat(colours.looks().values()).doesNotHaveDuplicates();
        assertThat(colours.of("state 7")).isSameAs(colours.of("state 7"));
        assertThat(colours.of("crashed").gone()).isTrue();
        assertThat(new PageColours().of("held")).isNotEqualTo(new PageColours().of("held, perhaps"));
    }
}
