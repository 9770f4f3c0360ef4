package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.proof.Chronicle.Mark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChroniclePageTest {
    private static final Pattern TAG = Pattern.compile("<(/?)([a-zA-Z0-9]+)((?:\\s+[a-zA-Z-]+=\"[^\"<]*\")*)(/?)>");
    private static final Pattern ESCAPED = Pattern.compile("&(?:amp|lt|gt|quot|#39);");

    private final ChronicleRecorder recorder = new ChronicleRecorder();

    private static Duration at(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    /** The page, of which every element is closed and every text escaped. */
    private static String page(Chronicle chronicle) {
        String page = ChroniclePage.of(chronicle);
        String body = page.substring("<!DOCTYPE html>\n".length());
        Deque<String> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(body);
        int end = 0;
        while (tag.find()) {
            String text = ESCAPED.matcher(body.substring(end, tag.start())).replaceAll("");
            assertThat(text).doesNotContain("<", ">", "&");
            end = tag.end();
            if (!tag.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tag.group(2));
            } else if (tag.group(4).isEmpty()) {
                open.push(tag.group(2));
            }
        }
        assertThat(body.substring(end)).isBlank();
        assertThat(open).isEmpty();
        return page;
    }

    private Chronicle failed() {
        recorder.process(at(0), "p1", "running", "started");
        recorder.thing(at(1), "licence", "l1", "leasing", "wanted", false);
        recorder.mark(at(2), Mark.CALL, "p1", "lease#1 done");
        recorder.mark(at(2), Mark.FAULT, "p1", "crash at lease#1 done");
        recorder.process(at(2), "p1", "crashed", "a fault");
        recorder.mark(at(7_000), Mark.LEADER, "", "p2 leads");
        recorder.thing(at(7_001), "licence", "l1", "lost", "no answer", true);
        recorder.mark(at(7_002), Mark.VIOLATION, "", "one licence");
        return recorder.chronicle("LicencesTest")
                .withFailure("one licence: broken after 2 h")
                .withFact("seed", 17)
                .withStory(List.of("p1 starts", "p1 crashes"))
                .withTest("@Test\nvoid again() {\n    Proof.again();\n}");
    }

    @Test
    void says_first_what_failed_and_how_to_see_it_again() {
        assertThat(page(failed()))
                .containsSubsequence(
                        "<title>LicencesTest</title>",
                        "<h1>LicencesTest</h1>",
                        "one licence: broken after 2 h",
                        "<dt>seed</dt><dd>17</dd>",
                        "<dt>length</dt><dd>1 h 57 min</dd>",
                        "<li>p1 starts</li>",
                        "<li>p1 crashes</li>",
                        "<pre>@Test\nvoid again() {\n    Proof.again();\n}</pre>",
                        "<svg class=\"names\"",
                        "<svg class=\"plot\"",
                        "<table>");
    }

    @Test
    void draws_a_row_for_each_process_and_thing_and_says_why_on_hover() {
        assertThat(page(failed()))
                .containsSubsequence(">processes<", ">p1<", ">licence<", ">l1<")
                .contains("<title>p1: running\nfrom 0 s to 2 s (2 s)\nwhy: started</title>")
                .contains("<title>licence l1: lost FAILED\nfrom 1 h 56 min 41 s to the end\nwhy: no answer</title>")
                .contains(">running</text>", ">crashed</text>", ">lost FAILED</text>");
    }

    @Test
    void marks_faults_and_leaders_and_the_violation_over_the_rows() {
        assertThat(page(failed()))
                .contains("class=\"pole fault\"", "class=\"pole leader\"", "class=\"pole violation\"")
                .contains(">crash at lease#1 done</text>", ">p2 leads</text>", ">one licence</text>")
                .contains("⋯ 1 h 57 min ⋯");
    }

    @Test
    void tells_everything_in_a_table_to_which_the_marks_lead() {
        assertThat(page(failed()))
                .contains("<a href=\"#e8\"")
                .contains("<tr id=\"e8\" class=\"violation\"><td>1 h 56 min 42 s</td><td>violation</td><td></td>"
                        + "<td>one licence</td><td></td></tr>")
                .contains("<tr id=\"e7\" class=\"failure\"><td>1 h 56 min 41 s</td><td>thing</td><td>licence l1</td>"
                        + "<td>lost FAILED</td><td>no answer</td></tr>");
    }

    @Test
    void shows_markup_as_text_wherever_it_comes_from() {
        String evil = "</title></svg></pre><script>alert(\"'&\n\u001b\ud800')</script>";
        recorder.process(at(0), evil, evil, evil);
        recorder.thing(at(1), evil, evil, evil, evil, true);
        for (Mark mark : Mark.values()) {
            if (!mark.isState()) {
                recorder.mark(at(2), mark, evil, evil);
            }
        }
        Chronicle chronicle = recorder.chronicle(evil)
                .withFailure(evil)
                .withFact(evil, evil)
                .withStory(List.of(evil))
                .withTest(evil);

        assertThat(page(chronicle))
                .doesNotContain("<script")
                .doesNotContain("\u001b")
                .doesNotContain("\ud800");
    }

    @Test
    void needs_nothing_from_elsewhere() {
        assertThat(page(failed()))
                .contains("default-src 'none'")
                .doesNotContain("http:", "https:", "src=", "@import", "<script", "<link");
    }

    @Test
    void draws_what_is_near_the_failure_of_a_run_with_too_much_in_it() {
        recorder.process(at(0), "p1", "running", "");
        for (int i = 1; i < 5_000; i++) {
            recorder.mark(at(i), Mark.CALL, "p1", "look#" + i);
            recorder.thing(at(i), "licence", "l1", "held", "look " + i, false);
            recorder.thing(at(i), "licence", "l" + i % 100, "held", "look " + i, false);
        }
        recorder.mark(at(5_000), Mark.VIOLATION, "", "one licence");
        String page = page(recorder.chronicle("LicencesTest"));

        assertThat(page)
                .contains(">one licence</text>")
                .contains("<title>1 h 23 min 19 s  call p1: look#4999</title>")
                .doesNotContain("<title>1 h 6 min 40 s  call p1: look#4000</title>")
                .contains("calls and repeated states that are far from anything remarkable")
                .contains("Only in the table: 61 of licence.")
                .contains("<summary>14999 entries</summary>");
    }

    @Test
    void says_from_when_on_it_draws_if_even_the_remarkable_is_too_much() {
        var small = new ChronicleRecorder(2_000);
        for (int i = 0; i < 3_000; i++) {
            small.thing(at(i), "licence", "l1", i % 2 == 0 ? "held" : "lost", "", false);
        }

        assertThat(page(small.chronicle("LicencesTest")))
                .contains("Drawn from 43 min 20 s on")
                .contains("999 earlier entries were not kept.");
    }

    @Test
    void says_so_when_nothing_happened_and_nothing_failed() {
        assertThat(page(recorder.chronicle("LicencesTest")))
                .contains("Nothing that must hold was broken.")
                .doesNotContain("<svg", "<table");
    }

    @Test
    void puts_labels_together_for_which_there_is_no_room() {
        for (int i = 0; i < 300; i++) {
            recorder.mark(Duration.ofNanos(i), Mark.FAULT, "p1", "fault number " + i);
        }
        recorder.mark(at(1), Mark.VIOLATION, "p1", "one licence");

        assertThat(page(recorder.chronicle("LicencesTest"))).contains("fault number 299", ">one licence</text>");
    }
}
