package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.MissedEventsException;
import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link StateFeed} keeps to. <b>Made for you to extend</b> in the test of a feed of your own.
 *
 * <p>Say how to {@link #open} one; each test opens a feed of its own.
 */
public abstract class StateFeedContract extends StateFeedWakeUpContract {
    /** For subclasses. */
    protected StateFeedContract() {}

    private static StateEvent publish(StateFeed feed, String state) {
        return feed.publish(StateChange.entered(THING, "a", state));
    }

    private static void publish(StateFeed feed, int events) {
        for (int i = 0; i < events; i++) {
            publish(feed, "s" + i);
        }
    }

    private static long[] sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).toArray();
    }

    @Test
    public void numbers_events_from_one_without_gaps() {
        StateFeed feed = open();

        assertThat(feed.position().sequence()).isZero();
        for (long sequence = 1; sequence <= 10; sequence++) {
            assertThat(publish(feed, "up").sequence()).isEqualTo(sequence);
            assertThat(feed.position().sequence()).isEqualTo(sequence);
        }
    }

    @Test
    public void answers_with_the_event_as_it_was_published() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        StateChange change = StateChange.entered(THING, "a", "up").answering("r1");

        StateEvent event = feed.publish(change);

        assertThat(event.change()).isEqualTo(change);
        assertThat(event.at()).isEqualTo(time.now());
        cursor.poll(log);
        assertThat(log.events()).containsExactly(event);
    }

    @Test
    public void keeps_the_order_when_the_wall_clock_is_set_back() {
        StateFeed feed = open();
        Instant before = time.now();
        publish(feed, "up");

        time.stepWall(Duration.ofHours(-1));
        StateEvent second = publish(feed, "down");

        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.at()).isBefore(before);
    }

    @Test
    public void delivers_each_event_once_and_in_order() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});

        publish(feed, 3);
        assertThat(cursor.poll(log)).isEqualTo(3);
        publish(feed, 2);
        assertThat(cursor.poll(log)).isEqualTo(2);

        assertThat(cursor.poll(log)).isZero();
        assertThat(log.sequences()).containsExactly(sequences(1, 5));
    }

    @Test
    public void begins_behind_the_last_event_unless_told_otherwise() {
        StateFeed feed = open();
        Log log = new Log();
        publish(feed, 3);

        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, "late");
        cursor.poll(log);

        assertThat(log.sequences()).containsExactly(4);
    }

    @Test
    public void loses_nothing_between_a_position_and_the_subscription_from_it() {
        StateFeed feed = open();
        Log log = new Log();
        publish(feed, 2);
        Position before = feed.position();
        publish(feed, 3);

        Subscription cursor = feed.subscribe(before, () -> {});
        cursor.poll(log);

        assertThat(log.sequences()).containsExactly(sequences(3, 5));
        assertThat(log.gaps()).isEmpty();
    }

    @Test
    public void lets_a_reader_go_on_from_the_position_of_another() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription first = feed.subscribe(() -> {});
        publish(feed, 2);
        first.poll(event -> {});
        publish(feed, 2);

        feed.subscribe(first.position(), () -> {}).poll(log);

        assertThat(log.sequences()).containsExactly(sequences(3, 4));
    }

    @Test
    public void refuses_a_position_that_it_has_not_reached() {
        StateFeed feed = open();
        Position ahead = new Position(feed.position().feed(), 1);

        assertThatThrownBy(() -> feed.subscribe(ahead, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void tells_a_reader_that_is_too_far_behind_just_what_it_has_lost() {
        StateFeed feed = open(time, 4);
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 10);

        assertThat(cursor.poll(log)).isEqualTo(4);

        assertThat(log.gaps()).containsExactly("1-6");
        assertThat(log.sequences()).containsExactly(sequences(7, 10));
        assertThat(log.order()).startsWith("gap 1-6", "event 7");
    }

    @Test
    public void keeps_as_many_events_as_it_says() {
        StateFeed feed = open(time, 4);
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 4);

        cursor.poll(log);

        assertThat(log.gaps()).isEmpty();
        assertThat(log.sequences()).containsExactly(sequences(1, 4));
    }

    @Test
    public void throws_at_a_listener_that_does_not_listen_for_gaps_and_goes_on_behind() {
        StateFeed feed = open(time, 4);
        List<Long> seen = new ArrayList<>();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 10);

        assertThatThrownBy(() -> cursor.poll(event -> seen.add(event.sequence())))
                .isInstanceOfSatisfying(MissedEventsException.class, gap -> {
                    assertThat(gap.first()).isEqualTo(1);
                    assertThat(gap.last()).isEqualTo(6);
                });
        cursor.poll(event -> seen.add(event.sequence()));

        assertThat(seen).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    public void takes_the_position_of_another_feed_as_a_gap_of_unknown_size() {
        StateFeed feed = open();
        Log log = new Log();
        publish(feed, 3);

        Subscription cursor = feed.subscribe(new Position("another feed", 2), () -> {});
        cursor.poll(log);

        assertThat(log.order()).startsWith("gap 0-0", "event 1");
        assertThat(log.sequences()).containsExactly(sequences(1, 3));
    }

    @Test
    public void leaves_what_is_published_during_a_poll_to_the_next_one() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 2);

        assertThat(cursor.poll(log.then(event -> publish(feed, "echo")))).isEqualTo(2);
        assertThat(cursor.poll(log)).isEqualTo(2);

        assertThat(log.sequences()).containsExactly(sequences(1, 4));
    }

    @Test
    public void refuses_a_poll_from_within_its_own_listener() {
        StateFeed feed = open();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 1);

        assertThatThrownBy(() -> cursor.poll(event -> cursor.poll(again -> {})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    public void gives_a_listener_that_throws_no_event_twice_and_skips_none() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 3);

        assertThatThrownBy(() -> cursor.poll(log.then(event -> {
                    throw new Hostile();
                })))
                .hasMessage("hostile");
        cursor.poll(log);

        assertThat(log.sequences()).containsExactly(sequences(1, 3));
    }

    @Test
    public void delivers_nothing_after_close_not_even_the_rest_of_a_poll() {
        StateFeed feed = open();
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        publish(feed, 3);

        cursor.poll(log.then(event -> cursor.close()));
        publish(feed, 1);
        cursor.poll(log);
        cursor.close();

        assertThat(log.sequences()).containsExactly(1);
    }

    @Test
    public void keeps_readers_apart() {
        StateFeed feed = open();
        Log first = new Log();
        Log second = new Log();
        Subscription one = feed.subscribe(() -> {});
        Subscription two = feed.subscribe(() -> {});
        publish(feed, 2);

        one.poll(first);
        one.close();
        publish(feed, 1);
        two.poll(second);

        assertThat(first.sequences()).containsExactly(sequences(1, 2));
        assertThat(second.sequences()).containsExactly(sequences(1, 3));
    }
}
