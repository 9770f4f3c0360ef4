package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private static final Kind<String> LICENCE = Kind.open("licence", state -> true);

    private final ChronicleRecorder recorder = new ChronicleRecorder();

    private static Duration at(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    @Test
    void tells_in_order_what_happened() {
        recorder.process(at(0), "p1", "running", "");
        recorder.thing(at(2), "licence", "l1", "leasing", "wanted", false);
        recorder.mark(at(63.25), Mark.FAULT, "p1", "crash at lease#2 done");
        recorder.process(at(63.25), "p1", "crashed", "a fault");
        recorder.thing(at(3_600), "licence", "l1", "lost", "no answer", true);
        recorder.mark(at(7_261), Mark.VIOLATION, "", "one licence");

        assertThat(recorder.chronicle("keeper").lines(10))
                .containsExactly(
                        "0 s  p1: running",
                        "2 s  licence l1: leasing (wanted)",
                        "1 min 3.25 s  fault p1: crash at lease#2 done",
                        "1 min 3.25 s  p1: crashed (a fault)",
                        "1 h  licence l1: lost FAILED (no answer)",
                        "2 h 1 min 1 s  violation: one licence");
    }

    @Test
    void says_what_was_run_and_what_failed_and_the_last_of_what_happened() {
        for (int i = 1; i <= 50; i++) {
            recorder.mark(at(i), Mark.EVENT, "", "event " + i);
        }
        Chronicle chronicle = recorder.chronicle("keeper")
                .withFailure("one licence: broken after 50 s")
                .withFact("seed", 17)
                .withFact("faults", "none")
                .withFact("seed", 18);

        assertThat(chronicle.toString())
                .startsWith(String.join(
                        System.lineSeparator(),
                        "keeper",
                        "failed: one licence: broken after 50 s",
                        "seed: 18",
                        "faults: none",
                        "  (10 earlier)",
                        "  11 s  event: event 11",
                        ""))
                .endsWith("  50 s  event: event 50");
        assertThat(chronicle.end()).isEqualTo(at(50));
    }

    @Test
    void keeps_the_last_entries_and_the_state_that_everything_was_left_in() {
        var small = new ChronicleRecorder(2);
        small.process(at(1), "p1", "running", "");
        small.thing(at(2), "licence", "l1", "free", "", false);
        small.process(at(3), "p1", "leading", "");
        for (int i = 4; i <= 9; i++) {
            small.mark(at(i), Mark.CALL, "p1", "look");
        }
        Chronicle chronicle = small.chronicle("keeper");

        assertThat(chronicle.dropped()).isEqualTo(5);
        assertThat(small.recorded()).isEqualTo(9);
        assertThat(chronicle.lines(10))
                .containsExactly(
                        "(5 earlier)",
                        "2 s  licence l1: free",
                        "3 s  p1: leading",
                        "8 s  call p1: look",
                        "9 s  call p1: look");
    }

    @Test
    void takes_what_was_published_as_it_is() {
        var feed = new InMemoryStateFeed(new VirtualTime());
        recorder.thing(at(1), feed.publish(StateChange.entered(LICENCE, "l1", "held")));
        recorder.thing(
                at(2),
                feed.publish(
                        StateChange.failed(LICENCE, "l1", "lost", new Reason(Mark.EVENT, "the server forgot it"))));

        assertThat(recorder.chronicle("keeper").lines(10))
                .containsExactly("1 s  licence l1: held", "2 s  licence l1: lost FAILED (the server forgot it)");
    }

    @Test
    void never_goes_back_in_time() {
        recorder.mark(at(5), Mark.EVENT, "", "one");
        recorder.mark(at(4), Mark.EVENT, "", "told late");

        assertThat(recorder.chronicle("keeper").lines(10)).containsExactly("5 s  event: one", "5 s  event: told late");
    }

    @Test
    void does_not_change_when_more_happens() {
        List<String> story = new ArrayList<>(List.of("it began"));
        recorder.mark(at(5), Mark.EVENT, "", "one");
        Chronicle chronicle = recorder.chronicle("keeper").withStory(story).withTest("void again() {}");

        story.add("it went on");
        recorder.mark(at(6), Mark.EVENT, "", "two");

        assertThat(chronicle.lines(10)).containsExactly("5 s  event: one");
        assertThat(chronicle.story()).containsExactly("it began");
        assertThat(chronicle.test()).isEqualTo("void again() {}");
    }

    @Test
    void makes_visible_what_would_steer_a_terminal() {
        recorder.mark(at(1), Mark.EVENT, "p\u001b[2J", "a\nb\u202e");

        assertThat(recorder.chronicle("keeper").lines(1)).containsExactly("1 s  event p\\u001b[2J: a\\u000ab\\u202e");
    }

    @Test
    void says_so_when_nothing_happened() {
        assertThat(recorder.chronicle("keeper")).hasToString("keeper");
        assertThat(recorder.chronicle("keeper").end()).isZero();
    }

    @Test
    void refuses_what_has_no_place() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorder.mark(at(1), Mark.PROCESS, "p1", "running"))
                .withMessageContaining("PROCESS running");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recorder.process(at(1), "", "running", ""))
                .withMessageContaining("running at PT1S: whose?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChronicleRecorder(0))
                .withMessageContaining("0");
    }
}
