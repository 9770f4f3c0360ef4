package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.Kind;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.time.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link StateFeedContract} about wake-ups, listeners and threads. Extend that one, it has both parts. Threads of its own are
 * used by one test only.
 */
public abstract class StateFeedWakeUpContract {
    /** A kind of thing with any states at all, for events that mean nothing. */
    protected static final Kind<String> THING = Kind.open("thing", state -> !state.isEmpty());

    /** The clock of the feeds of this contract. */
    protected final VirtualTime time = new VirtualTime();

    /** For {@link StateFeedContract}. */
    StateFeedWakeUpContract() {}

    /** Opens an empty feed that stamps with {@code time} and keeps the last {@code tail} events. */
    protected abstract StateFeed open(VirtualTime time, int tail);

    final StateFeed open() {
        return open(time, 1_000);
    }

    private static void publish(StateFeed feed) {
        feed.publish(StateChange.entered(THING, "a", "up"));
    }

    @Test
    public void wakes_a_reader_after_the_publication() {
        StateFeed feed = open();
        List<Long> seen = new ArrayList<>();
        feed.subscribe(() -> seen.add(feed.position().sequence()));

        publish(feed);

        assertThat(seen).containsExactly(1L);
    }

    @Test
    public void wakes_again_after_every_poll() {
        StateFeed feed = open();
        AtomicInteger woken = new AtomicInteger();
        Subscription cursor = feed.subscribe(woken::incrementAndGet);

        for (int round = 1; round <= 5; round++) {
            int before = woken.get();
            publish(feed);
            assertThat(woken.get()).isGreaterThan(before);
            cursor.poll(event -> {});
        }
    }

    @Test
    public void wakes_nobody_after_close() {
        StateFeed feed = open();
        AtomicInteger woken = new AtomicInteger();
        Subscription cursor = feed.subscribe(woken::incrementAndGet);

        cursor.close();
        publish(feed);

        assertThat(woken).hasValue(0);
    }

    @Test
    public void survives_a_wake_up_that_throws_and_runs_it_again() {
        StateFeed feed = open();
        AtomicInteger hostile = new AtomicInteger();
        AtomicInteger friendly = new AtomicInteger();
        feed.subscribe(() -> {
            hostile.incrementAndGet();
            throw new Hostile();
        });
        feed.subscribe(friendly::incrementAndGet);

        publish(feed);
        publish(feed);

        assertThat(hostile).hasValue(2);
        assertThat(friendly.get()).isPositive();
        assertThat(feed.position().sequence()).isEqualTo(2);
    }

    @Test
    public void never_runs_a_listener_on_the_thread_of_the_publisher() {
        StateFeed feed = open();
        Deque<Runnable> executor = new ArrayDeque<>();
        Log log = new Log();
        feed.listen(executor::add, log);

        publish(feed);
        assertThat(log.events()).isEmpty();
        run(executor);

        assertThat(log.sequences()).containsExactly(1);
    }

    @Test
    public void gives_a_listener_that_throws_the_next_event() {
        StateFeed feed = open();
        Deque<Runnable> executor = new ArrayDeque<>();
        Log log = new Log();
        feed.listen(executor::add, log.then(event -> {
            throw new Hostile();
        }));

        publish(feed);
        publish(feed);
        run(executor);

        assertThat(log.sequences()).containsExactly(1, 2);
    }

    @Test
    public void tries_an_executor_that_refused_again_at_the_next_publication() {
        StateFeed feed = open();
        Deque<Runnable> executor = new ArrayDeque<>();
        AtomicInteger refusals = new AtomicInteger(1);
        Log log = new Log();
        feed.listen(
                task -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new RejectedExecutionException("busy");
                    }
                    executor.add(task);
                },
                log);

        publish(feed);
        publish(feed);
        run(executor);

        assertThat(log.sequences()).containsExactly(1, 2);
    }

    @Test
    public void listens_no_more_after_close() {
        StateFeed feed = open();
        Deque<Runnable> executor = new ArrayDeque<>();
        Log log = new Log();
        Subscription listening = feed.listen(executor::add, log);

        publish(feed);
        listening.close();
        publish(feed);
        run(executor);

        assertThat(log.events()).isEmpty();
    }

    private static void run(Deque<Runnable> executor) {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    @Test
    public void numbers_the_events_of_many_threads_without_gaps() throws InterruptedException {
        long threads = 4;
        int each = 250;
        StateFeed feed = open(time, (int) threads * each);
        Log log = new Log();
        Subscription cursor = feed.subscribe(() -> {});
        List<Thread> publishers = LongStream.range(0, threads)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, each).forEach(j -> publish(feed))))
                .toList();

        publishers.forEach(Thread::start);
        for (Thread publisher : publishers) {
            publisher.join();
        }
        cursor.poll(log);

        assertThat(log.sequences())
                .containsExactly(LongStream.rangeClosed(1, threads * each).toArray());
    }
}
