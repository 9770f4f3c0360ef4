package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Cursors: what they deliver, what they wake, what they miss. */
class InMemoryStateFeedTest {
    private final VirtualTime time = new VirtualTime();
    private final InMemoryStateFeed feed = new InMemoryStateFeed(time, 4);
    private final Recorder recorder = new Recorder();
    private final AtomicInteger wakeUps = new AtomicInteger();

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            feed.publish(Kettle.of("red", Kettle.COLD));
        }
    }

    private Subscription subscribe() {
        return feed.subscribe(wakeUps::incrementAndGet);
    }

    @Test
    void gives_each_event_the_next_sequence_and_the_wall_time() {
        Instant before = time.now();
        StateEvent first = feed.publish(Kettle.of("red", Kettle.COLD));
        time.stepWall(Duration.ofHours(-1));
        StateEvent second = feed.publish(Kettle.of("red", Kettle.BOILING));

        assertThat(first).isEqualTo(new StateEvent(1, before, Kettle.of("red", Kettle.COLD)));
        assertThat(second.sequence()).isEqualTo(2);
        assertThat(second.at()).isEqualTo(before.minusSeconds(3_600));
    }

    @Test
    void a_subscription_delivers_what_comes_after_it_in_order_and_once() {
        publish(2);
        Subscription subscription = subscribe();
        publish(3);

        assertThat(subscription.poll(recorder)).isEqualTo(3);
        assertThat(recorder.lines).containsExactly("3", "4", "5");
        assertThat(subscription.poll(recorder)).isZero();
        assertThat(subscription.position()).isEqualTo(feed.position());
    }

    @Test
    void a_position_taken_before_the_act_misses_nothing_that_follows() {
        publish(1);
        Position before = feed.position();
        publish(2);

        Subscription subscription = feed.subscribe(before, wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1); // there is something to read already
        subscription.poll(recorder);
        assertThat(recorder.lines).containsExactly("2", "3");
    }

    @Test
    void wakes_a_subscriber_once_until_it_has_polled() {
        Subscription subscription = subscribe();
        assertThat(wakeUps).hasValue(0);
        publish(3);
        assertThat(wakeUps).hasValue(1);

        subscription.poll(recorder);
        publish(3);
        assertThat(wakeUps).hasValue(2);
    }

    @Test
    void wakes_for_what_is_published_during_a_poll() {
        Subscription subscription = subscribe();
        publish(1);

        int delivered = subscription.poll(event -> publish(1));

        assertThat(delivered).isOne();
        assertThat(wakeUps).hasValue(2);
        assertThat(subscription.poll(recorder)).isOne();
        assertThat(recorder.lines).containsExactly("2");
    }

    @Test
    void a_reader_that_is_too_far_behind_is_told_what_it_missed() {
        Subscription subscription = subscribe();
        publish(4);
        subscription.poll(recorder);
        publish(6);

        assertThat(subscription.poll(recorder)).isEqualTo(4);

        assertThat(recorder.lines).containsExactly("1", "2", "3", "4", "gap 5-6", "7", "8", "9", "10");
    }

    @Test
    void a_reader_that_is_as_far_behind_as_the_tail_is_long_misses_nothing() {
        Subscription subscription = subscribe();
        publish(4);

        subscription.poll(recorder);

        assertThat(recorder.lines).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_reader_that_is_overtaken_while_it_reads_is_told_so_at_the_next_event() {
        Subscription subscription = subscribe();
        publish(4);
        StateListener slow = new StateListener() {
            @Override
            public void event(StateEvent event) {
                recorder.event(event);
                publish(3);
            }

            @Override
            public void gap(long first, long last) {
                recorder.gap(first, last);
            }
        };

        subscription.poll(slow);

        assertThat(recorder.lines).containsExactly("1", "gap 2-3", "4");
        subscription.poll(recorder);
        assertThat(recorder.lines).containsExactly("1", "gap 2-3", "4", "gap 5-6", "7", "8", "9", "10");
    }

    @Test
    void a_gap_that_nobody_handles_is_thrown_and_the_next_poll_goes_on_behind_it() {
        Subscription subscription = subscribe();
        publish(6);

        assertThatThrownBy(() -> subscription.poll(event -> recorder.event(event)))
                .isInstanceOfSatisfying(MissedEventsException.class, missed -> {
                    assertThat(missed.first()).isEqualTo(1);
                    assertThat(missed.last()).isEqualTo(2);
                })
                .hasMessage("events 1 to 2 are no longer held by the feed");

        assertThat(subscription.poll(event -> recorder.event(event))).isEqualTo(4);
        assertThat(recorder.lines).containsExactly("3", "4", "5", "6");
    }

    @Test
    void a_position_on_another_feed_is_a_gap_from_nothing_and_then_all_that_there_is() {
        Position elsewhere = new InMemoryStateFeed(time, 4).position();
        publish(6);

        Subscription subscription = feed.subscribe(elsewhere, wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1);
        subscription.poll(recorder);
        assertThat(recorder.lines).containsExactly("gap 0-2", "3", "4", "5", "6");
    }

    @Test
    void a_position_on_another_feed_is_a_gap_also_where_nothing_was_published_yet() {
        Position elsewhere = new Position("elsewhere", 99);

        Subscription subscription = feed.subscribe(elsewhere, wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1);
        assertThatThrownBy(() -> subscription.poll(event -> recorder.event(event)))
                .isInstanceOf(MissedEventsException.class);
        publish(1);
        subscription.poll(recorder);
        assertThat(recorder.lines).containsExactly("1");
    }

    @Test
    void a_position_in_the_future_is_refused() {
        publish(1);
        Position future = new Position(feed.position().feed(), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> feed.subscribe(future, wakeUps::incrementAndGet))
                .withMessageContaining(future.toString())
                .withMessageContaining("the last event is 1");
    }

    @Test
    void a_poll_from_within_its_own_listener_is_refused_and_the_outer_one_goes_on() {
        Subscription subscription = subscribe();
        publish(2);

        subscription.poll(event -> {
            assertThatThrownBy(() -> subscription.poll(recorder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("from within its own listener");
            recorder.event(event);
        });

        assertThat(recorder.lines).containsExactly("1", "2");
        assertThat(subscription.poll(recorder)).isZero();
    }

    @Test
    void a_listener_that_throws_has_had_its_event() {
        Subscription subscription = subscribe();
        publish(3);

        assertThatThrownBy(() -> subscription.poll(event -> {
                    recorder.event(event);
                    if (event.sequence() == 2) {
                        throw new IllegalStateException("no");
                    }
                }))
                .hasMessage("no");
        assertThat(subscription.position().sequence()).isEqualTo(2);
        subscription.poll(recorder);

        assertThat(recorder.lines).containsExactly("1", "2", "3");
    }

    @Test
    void a_listener_that_unsubscribes_gets_not_even_the_rest() {
        Subscription subscription = subscribe();
        publish(3);

        subscription.poll(event -> {
            recorder.event(event);
            subscription.close();
        });

        assertThat(recorder.lines).containsExactly("1");
        publish(1);
        assertThat(wakeUps).hasValue(1);
        assertThat(subscription.poll(recorder)).isZero();
        subscription.close();
    }

    @Test
    void a_subscriber_that_is_closed_is_not_woken() {
        Subscription subscription = subscribe();
        subscription.close();

        publish(1);

        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void a_wake_up_that_throws_harms_neither_publisher_nor_sibling_and_is_tried_again() {
        for (Throwable trouble : List.of(
                new IllegalStateException("a wake-up (part of the test)"),
                new AssertionError("a wake-up (part of the test)"))) {
            List<String> woken = new ArrayList<>();
            Subscription broken = feed.subscribe(() -> {
                woken.add("broken");
                FeedTests.sneakyThrow(trouble);
            });
            Subscription sibling = feed.subscribe(() -> woken.add("sibling"));

            publish(1);
            assertThat(woken).containsExactly("broken", "sibling");
            publish(1);
            assertThat(woken).containsExactly("broken", "sibling", "broken");
            broken.close();
            sibling.close();
        }
    }

    @Test
    void each_subscription_has_a_place_of_its_own() {
        Subscription fast = subscribe();
        Subscription slow = subscribe();
        publish(2);
        fast.poll(recorder);
        publish(3);
        fast.poll(recorder);

        assertThat(recorder.lines).containsExactly("1", "2", "3", "4", "5");
        slow.poll(recorder);
        assertThat(recorder.lines).endsWith("gap 1-1", "2", "3", "4", "5");
    }

    @Test
    void two_feeds_have_positions_of_their_own() {
        assertThat(new InMemoryStateFeed(time).position()).isNotEqualTo(feed.position());
        assertThat(feed.position()).isEqualTo(feed.position());
    }

    @Test
    void refuses_a_tail_of_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InMemoryStateFeed(time, 0))
                .withMessageContaining("0");
    }

    @Test
    void the_tap_is_made_once_sees_every_event_under_the_lock_and_its_wake_up_harms_nobody() {
        List<Long> seen = new ArrayList<>();
        Object tap = feed.tap(lock -> event -> {
            seen.add(event.sequence());
            return () -> {
                assertThat(seen).contains(event.sequence());
                throw new IllegalStateException("the wake-up of a tap (part of the test)");
            };
        });
        Subscription subscription = subscribe();

        publish(2);

        assertThat(seen).containsExactly(1L, 2L);
        assertThat(wakeUps).hasValue(1);
        assertThat(feed.tap(lock -> {
                    throw new AssertionError("made twice");
                }))
                .isSameAs(tap);
        subscription.close();
    }
}
