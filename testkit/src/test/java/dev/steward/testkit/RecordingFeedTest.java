package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.time.VirtualTime;
import org.junit.jupiter.api.Test;

class RecordingFeedTest {
    private static final Kind<String> NODE = Kind.open("node", state -> true);
    private static final Kind<String> ROOM = Kind.open("room", state -> true);

    private final VirtualTime time = new VirtualTime();
    private final RecordingFeed feed = new RecordingFeed(time);

    private void publish(Kind<String> kind, String name, String state) {
        feed.publish(StateChange.entered(kind, name, state));
    }

    @Test
    void keeps_what_each_thing_went_through() {
        publish(NODE, "a", "down");
        publish(NODE, "b", "up");
        publish(NODE, "a", "up");

        assertThat(feed.states("a")).containsExactly("down", "up");
        assertThat(feed.events("b")).hasSize(1);
        assertThat(feed.events()).hasSize(3);
        assertThat(feed.last("a").map(StateEvent::sequence)).contains(3L);
        assertThat(feed.last("c")).isEmpty();
    }

    @Test
    void tells_things_of_one_name_and_two_kinds_apart() {
        publish(NODE, "a", "up");
        publish(ROOM, "a", "cold");

        assertThat(feed.events(NODE, "a"))
                .singleElement()
                .satisfies(event -> assertThat(event.state()).isEqualTo("up"));
        assertThat(feed.lastStates()).hasSize(2);
    }

    @Test
    void has_the_last_of_everything_in_the_order_of_appearance() {
        publish(NODE, "b", "up");
        publish(NODE, "a", "up");
        publish(NODE, "b", "down");

        assertThat(feed.lastStates()).map(StateEvent::toString).containsExactly("#3 node b: down", "#2 node a: up");
    }

    @Test
    void looks_from_a_position_on() {
        publish(NODE, "a", "down");
        Position before = feed.position();
        publish(NODE, "a", "up");

        assertThat(feed.since(before)).map(StateEvent::state).containsExactly("up");
    }

    @Test
    void finds_failures() {
        publish(NODE, "a", "up");
        feed.publish(StateChange.failed(NODE, "b", "down", Reason.none()));

        assertThat(feed.failures()).map(StateEvent::name).containsExactly("b");
    }

    @Test
    void records_what_is_published_on_the_feed_itself_far_beyond_its_tail() {
        InMemoryStateFeed small = new InMemoryStateFeed(time, 2);
        RecordingFeed recording = new RecordingFeed(small);

        for (int i = 0; i < 1_000; i++) {
            small.publish(StateChange.entered(NODE, "a", "s" + i));
        }

        assertThat(recording.events()).hasSize(1_000);
        assertThat(recording.missed()).isZero();
    }

    @Test
    void counts_what_was_gone_before_it_came() {
        InMemoryStateFeed small = new InMemoryStateFeed(time, 2);
        for (int i = 0; i < 5; i++) {
            small.publish(StateChange.entered(NODE, "a", "s" + i));
        }

        RecordingFeed recording = new RecordingFeed(small);

        assertThat(recording.states("a")).containsExactly("s3", "s4");
        assertThat(recording.missed()).isEqualTo(3);
    }
}
