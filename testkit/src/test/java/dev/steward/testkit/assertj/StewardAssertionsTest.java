package dev.steward.testkit.assertj;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static dev.steward.testkit.assertj.StewardAssertions.assertThatIllegalArgumentException;
import static dev.steward.testkit.assertj.StewardAssertions.assertThatThrownBy;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.RecordingObserver;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StewardAssertionsTest {
    private static final Kind<String> NODE = Kind.open("node", state -> true);
    private static final Kind<String> ROOM = Kind.open("room", state -> true);

    private enum Why {
        BROKEN
    }

    private final VirtualTime time = new VirtualTime();
    private final RecordingFeed feed = new RecordingFeed(time);

    private void publish(StateFeed to, Kind<String> kind, String name, String... states) {
        for (String state : states) {
            to.publish(StateChange.entered(kind, name, state));
        }
    }

    private static void fails(ThrowingCallable assertion, String... parts) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void finds_states_in_their_order_with_others_between() {
        publish(feed, NODE, "a", "up", "down", "starting", "up");

        assertThat(feed).recorded("a", "down", "up").recorded("a", "up", "up").recorded("a", "up");
    }

    @Test
    void says_which_state_is_missing_and_what_was_recorded_instead() {
        publish(feed, NODE, "a", "up", "down", "starting");

        fails(
                () -> assertThat(feed).recorded("a", "down", "up"),
                "'a'",
                "[down, up]",
                "behind 'down' there is no 'up'",
                "#1 node a: up",
                "#3 node a: starting");
        fails(() -> assertThat(feed).recorded("a", "stuck"), "there is no 'stuck'");
    }

    @Test
    void names_what_there_is_if_nothing_has_that_name() {
        publish(feed, NODE, "thermo1", "up");

        fails(() -> assertThat(feed).recorded("thermo2", "up"), "nothing", "[thermo1]");
    }

    @Test
    void does_not_take_the_states_of_another_thing() {
        publish(feed, NODE, "a", "down");
        publish(feed, NODE, "b", "up");

        fails(() -> assertThat(feed).recorded("a", "down", "up"), "there is no 'up'");
    }

    @Test
    void reads_a_feed_that_nobody_records() {
        InMemoryStateFeed bare = new InMemoryStateFeed(time, 2);
        publish(bare, NODE, "a", "up", "down", "up");

        assertThat(bare).recorded("a", "down", "up");
        fails(() -> assertThat(bare).recorded("a", "up", "down"), "dropped 1 events");
    }

    @Test
    void compares_all_states_if_asked_to() {
        publish(feed, NODE, "a", "down", "up");

        assertThat(feed).recordedExactly("a", "down", "up").recordedNothingOf("b");
        fails(() -> assertThat(feed).recordedExactly("a", "down"), "exactly [down]", "#2 node a: up");
        fails(() -> assertThat(feed).recordedNothingOf("a"), "exactly []");
    }

    @Test
    void looks_for_what_must_not_be_there_and_what_is_last() {
        publish(feed, NODE, "a", "down", "up");

        assertThat(feed).neverRecorded("a", "stuck").lastRecorded("a", "up");
        fails(() -> assertThat(feed).neverRecorded("a", "down"), "never", "'down'");
        fails(() -> assertThat(feed).lastRecorded("a", "down"), "last");
        fails(() -> assertThat(feed).lastRecorded("b", "down"), "nothing");
    }

    @Test
    void looks_at_one_kind_and_from_a_position_only() {
        publish(feed, NODE, "a", "up");
        Position before = feed.position();
        publish(feed, ROOM, "a", "cold");

        assertThat(feed).ofKind(NODE).recordedExactly("a", "up");
        assertThat(feed).since(before).recordedExactly("a", "cold");
        assertThat(feed).ofKind(NODE).since(before).recordedNothingOf("a");
        fails(() -> assertThat(feed).as("the house").since(before).recorded("a", "up"), "[the house]");
    }

    @Test
    void finds_failures() {
        publish(feed, NODE, "a", "up");
        assertThat(feed).hasNoFailure();
        fails(() -> assertThat(feed).hasFailure("a"), "#1 node a: up");

        feed.publish(StateChange.failed(NODE, "a", "down", new Reason(Why.BROKEN, "exit code 3")));

        assertThat(feed).hasFailure("a").recorded("a", "up", "down");
        fails(() -> assertThat(feed).hasNoFailure(), "#2 node a: down FAILED (exit code 3)");
    }

    @Test
    void refuses_to_look_for_no_state() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertThat(feed).recorded("a"))
                .withMessageContaining("'a'");
    }

    @Test
    void compares_steps() {
        assertThat(Step.again()).isAgain().isWithin(Duration.ZERO);
        assertThat(Step.parked()).isParked();
        assertThat(Step.finished()).isFinished();
        assertThat(Step.after(Duration.ofSeconds(3)))
                .isAfter(Duration.ofSeconds(3))
                .isWithin(Duration.ofSeconds(3));
        fails(() -> assertThat(Step.parked()).isAfter(Duration.ofSeconds(3)), "after PT3S", "parked");
        fails(() -> assertThat(Step.parked()).isWithin(Duration.ofDays(1)), "parked");
        fails(() -> assertThat(Step.after(Duration.ofSeconds(3))).isWithin(Duration.ofSeconds(2)), "after PT3S");
    }

    @Test
    void looks_at_the_trouble_with_loops() {
        RecordingObserver observer = new RecordingObserver();
        ControlLoop loop = new CalmLoop();
        assertThat(observer).sawNoTrouble().sawFailures("calm", 0);

        observer.failed(loop, new IllegalStateException("hot"), Duration.ofSeconds(1), 1);
        observer.overran(loop, Duration.ofSeconds(2));
        observer.spinning(loop, 10_000);
        observer.refused(loop, new IllegalStateException("full"), Duration.ofSeconds(1));

        assertThat(observer).sawFailures("calm", 1);
        fails(() -> assertThat(observer).sawFailures("calm", 2), "2 failed passes", "'calm'", "hot");
        fails(() -> assertThat(observer).sawNoTrouble(), "hot", "PT2S", "10000", "full");
        assertThat(observer.overruns()).hasSize(1);
        assertThat(observer.spins()).hasSize(1);
        assertThat(observer.refusals()).hasSize(1);
        assertThat(observer.failures("other")).isEmpty();
    }

    private static final class CalmLoop implements ControlLoop {
        @Override
        public Step manageOnce() {
            return Step.parked();
        }

        @Override
        public String name() {
            return "calm";
        }
    }
}
