package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.time.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listening: a cursor that is read on an executor of the host's. */
class ListenTest {
    private final InMemoryStateFeed feed = new InMemoryStateFeed(new VirtualTime(), 4);
    private final Recorder recorder = new Recorder();

    /** Runs nothing until told to. */
    private static final class Slow implements Executor {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private boolean refusing;

        @Override
        public void execute(Runnable work) {
            if (refusing) {
                throw new RejectedExecutionException("full (part of the test)");
            }
            waiting.add(work);
        }

        private void runAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private final Slow slow = new Slow();

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            feed.publish(Kettle.of("red", Kettle.COLD));
        }
    }

    @Test
    void a_listener_gets_what_is_published_from_now_on() {
        publish(1);
        feed.listen(Runnable::run, recorder);
        publish(2);

        assertThat(recorder.lines).containsExactly("2", "3");
    }

    @Test
    void a_slow_executor_is_asked_once_and_only_grows_the_gap_of_its_listener() {
        Recorder fast = new Recorder();
        feed.listen(slow, recorder);
        feed.listen(Runnable::run, fast);
        publish(6);

        assertThat(slow.waiting).hasSize(1);
        assertThat(fast.lines).containsExactly("1", "2", "3", "4", "5", "6");
        slow.runAll();
        assertThat(recorder.lines).containsExactly("gap 1-2", "3", "4", "5", "6");

        publish(1);
        assertThat(slow.waiting).hasSize(1);
        slow.runAll();
        assertThat(recorder.lines).endsWith("7");
    }

    @Test
    void an_executor_that_refuses_is_asked_again_at_the_next_publication() {
        feed.listen(slow, recorder);
        slow.refusing = true;
        publish(2);
        slow.refusing = false;
        assertThat(slow.waiting).isEmpty();

        publish(1);
        slow.runAll();

        assertThat(recorder.lines).containsExactly("1", "2", "3");
    }

    @Test
    void an_executor_that_fails_in_another_way_is_asked_again_too() {
        for (Throwable trouble : List.of(
                new IllegalArgumentException("an executor (part of the test)"),
                new OutOfMemoryError("no thread (part of the test)"))) {
            Recorder listener = new Recorder();
            List<Throwable> troubles = new ArrayList<>(List.of(trouble));
            Subscription subscription = feed.listen(
                    work -> {
                        if (!troubles.isEmpty()) {
                            FeedTests.sneakyThrow(troubles.remove(0));
                        }
                        work.run();
                    },
                    listener);

            publish(1);
            assertThat(listener.lines).isEmpty();
            publish(1);
            assertThat(listener.lines).hasSize(2);
            subscription.close();
        }
    }

    @Test
    void a_listener_that_throws_gets_the_next_event_and_so_do_the_others() {
        for (Throwable trouble : List.of(
                new IllegalStateException("a listener (part of the test)"),
                new AssertionError("a listener (part of the test)"))) {
            Recorder before = new Recorder();
            Recorder after = new Recorder();
            feed.listen(Runnable::run, before);
            feed.listen(Runnable::run, event -> {
                recorder.event(event);
                FeedTests.sneakyThrow(trouble);
            });
            feed.listen(Runnable::run, after);

            int had = recorder.lines.size();
            publish(2);

            assertThat(before.lines).hasSize(2);
            assertThat(after.lines).hasSize(2);
            assertThat(recorder.lines).hasSizeGreaterThanOrEqualTo(had + 2);
        }
    }

    @Test
    void a_listener_that_handles_no_gap_goes_on_behind_it() {
        List<String> names = new ArrayList<>();
        feed.listen(slow, event -> names.add(String.valueOf(event.sequence())));
        publish(6);

        slow.runAll();

        assertThat(names).containsExactly("3", "4", "5", "6");
    }

    @Test
    void a_listener_may_publish_and_hears_of_it_after_it_has_returned() {
        List<String> order = new ArrayList<>();
        feed.listen(Runnable::run, event -> {
            order.add("in " + event.sequence());
            if (event.sequence() < 3) {
                publish(1);
            }
            order.add("out " + event.sequence());
        });

        publish(1);

        assertThat(order).containsExactly("in 1", "out 1", "in 2", "out 2", "in 3", "out 3");
    }

    @Test
    void a_listener_may_unsubscribe_itself_and_others_and_subscribe_new_ones() {
        Recorder other = new Recorder();
        Recorder late = new Recorder();
        List<Subscription> subscriptions = new ArrayList<>();
        subscriptions.add(feed.listen(Runnable::run, event -> {
            recorder.event(event);
            subscriptions.forEach(Subscription::close);
            feed.listen(Runnable::run, late);
        }));
        subscriptions.add(feed.listen(Runnable::run, other));

        publish(2);

        assertThat(recorder.lines).containsExactly("1");
        assertThat(other.lines).isEmpty();
        assertThat(late.lines).containsExactly("2");
    }

    @Test
    void nothing_is_delivered_after_the_close_not_even_what_was_submitted() {
        Subscription subscription = feed.listen(slow, recorder);
        publish(2);

        subscription.close();
        slow.runAll();

        assertThat(recorder.lines).isEmpty();
    }

    @Test
    void a_subscription_that_is_listened_to_is_not_polled_by_others_and_tells_its_place() {
        Subscription subscription = feed.listen(slow, recorder);
        publish(2);

        assertThatThrownBy(() -> subscription.poll(recorder)).isInstanceOf(IllegalStateException.class);
        assertThat(subscription.position().sequence()).isZero();
        slow.runAll();
        assertThat(subscription.position()).isEqualTo(feed.position());
    }

    /** A feed that is not ours, and whose first event falls right into the call. */
    private final class Eager extends DelegatingFeed {
        private boolean closed;

        private Eager() {
            super(feed);
        }

        @Override
        protected Subscription opened(Subscription cursor) {
            ListenTest.this.publish(1);
            return new Cursor(cursor) {
                @Override
                public void close() {
                    closed = true;
                    super.close();
                }
            };
        }
    }

    @Test
    void what_is_published_while_the_call_is_being_made_is_delivered() {
        new Eager().listen(Runnable::run, recorder);

        assertThat(recorder.lines).containsExactly("1");
    }

    @Test
    void an_executor_that_refuses_while_the_call_is_being_made_leaves_nothing_behind() {
        Eager eager = new Eager();
        slow.refusing = true;

        assertThatThrownBy(() -> eager.listen(slow, recorder)).isInstanceOf(RejectedExecutionException.class);

        assertThat(eager.closed).isTrue();
    }

    @Test
    @Timeout(120)
    void on_a_pool_of_threads_it_is_one_event_at_a_time_and_in_order() throws InterruptedException {
        int events = 20_000;
        InMemoryStateFeed large = new InMemoryStateFeed(new VirtualTime(), events);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        CountDownLatch all = new CountDownLatch(events);
        List<String> wrong = new ArrayList<>();
        long[] last = {0}; // not volatile: one event at a time also means that each sees what the one before it wrote
        large.listen(pool, event -> {
            if (event.sequence() != last[0] + 1) {
                wrong.add(event.sequence() + " after " + last[0]);
            }
            last[0] = event.sequence();
            all.countDown();
        });

        for (int i = 0; i < events; i++) {
            large.publish(Kettle.of("red", Kettle.COLD));
        }

        FeedTests.await(all, "all events");
        pool.shutdown();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong).isEmpty();
    }
}
