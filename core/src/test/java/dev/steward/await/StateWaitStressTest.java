package dev.steward.await;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.loop.LoopInvoker;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Waits opened, settled, cancelled and closed by many threads at once. Every event is published once, so a wake-up that is lost
 * hangs the test.
 */
@Timeout(60)
class StateWaitStressTest {
    private static final TimeSource TIME = TimeSource.system();
    private static final int WAITERS = 3;
    private static final int PUBLISHERS = 2;
    private static final int ROUNDS = 2_000;

    private final InMemoryStateFeed ours = new InMemoryStateFeed(TIME, 1 << 17);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> toPublish = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** How a waiter of the test waits. */
    private interface Waiting {
        void settle(StateWait wait) throws Exception;
    }

    @Test
    void loses_no_wake_up_of_a_thread_that_is_blocked() throws Exception {
        assertThat(rounds(ours, wait -> assertThat(wait.await()).isTrue())).isEqualTo(WAITERS * ROUNDS);
    }

    @Test
    void loses_no_wake_up_of_a_runner() throws Exception {
        assertThat(rounds(ours, wait -> new LoopInvoker(TIME).run(wait, wait::isSettled)))
                .isEqualTo(WAITERS * ROUNDS);
    }

    @Test
    void loses_no_wake_up_on_a_foreign_feed() throws Exception {
        assertThat(rounds(
                        new Scene.Foreign(ours),
                        wait -> assertThat(wait.await()).isTrue()))
                .isEqualTo(WAITERS * ROUNDS);
    }

    @Test
    void loses_no_wake_up_when_a_thread_and_a_runner_wait_for_the_same() throws Exception {
        assertThat(rounds(new Scene.Foreign(ours), wait -> {
                    Future<Boolean> other = threads.submit(() -> wait.await());
                    new LoopInvoker(TIME).run(wait, wait::isSettled);
                    assertThat(other.get()).isTrue();
                }))
                .isEqualTo(WAITERS * ROUNDS);
    }

    /** Waiters open a wait, hand the names to the publishers, and wait; the names are shared by all waiters. */
    private int rounds(StateFeed feed, Waiting waiting) throws Exception {
        AtomicInteger settled = new AtomicInteger();
        List<Future<?>> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(threads.submit(publisher(feed)));
        }
        List<Future<?>> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            String own = "w" + i;
            waiters.add(threads.submit(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    try (StateWait wait = StateWait.on(feed, TIME)
                            .forAll(Scene.NODE, own, "shared", own + "-" + round)
                            .toReach("up")
                            .open()) {
                        toPublish.add(own);
                        toPublish.add("shared");
                        toPublish.add(own + "-" + round);
                        waiting.settle(wait);
                        assertThat(wait.result().isAllFinished()).isTrue();
                        settled.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        for (Future<?> waiter : waiters) {
            waiter.get();
        }
        toPublish.add("");
        toPublish.add("");
        for (Future<?> publisher : publishers) {
            publisher.get();
        }
        assertThat(((WaitIndex) ours.tap(WaitIndex::new)).size()).isZero();
        System.out.println(
                "waits: " + settled + " settled, " + ours.position().sequence() + " events, no wake-up lost");
        return settled.get();
    }

    private Callable<Void> publisher(StateFeed feed) {
        return () -> {
            for (String name = toPublish.take(); !name.isEmpty(); name = toPublish.take()) {
                feed.publish(StateChange.entered(Scene.NODE, name, "up"));
            }
            return null;
        };
    }

    /** Whoever is first, event, cancellation, close or executor: each name ends once and is told once. */
    @Test
    void tells_each_end_once_on_an_executor_while_names_are_cancelled_and_waits_closed() throws Exception {
        ExecutorService listeners = Executors.newFixedThreadPool(2);
        AtomicInteger ends = new AtomicInteger();
        List<Future<?>> publishers = List.of(threads.submit(publisher(ours)), threads.submit(publisher(ours)));
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Integer> told = new ConcurrentHashMap<>();
            List<String> names = List.of("a", "b", "c", "d");
            StateWait wait = StateWait.on(ours, TIME)
                    .forAll(Scene.NODE, names)
                    .toReach("up")
                    .onProgress(news -> told.merge(news.name(), 1, Integer::sum))
                    .deliveringOn(listeners)
                    .open();
            Future<WaitResult> future = wait.future();
            toPublish.addAll(names);
            boolean cancelled = wait.cancel(Scene.NODE, "c");
            if (round % 2 == 0) {
                wait.close();
            }
            WaitResult result = future.get();
            wait.close();

            assertThat(result).isEqualTo(wait.result());
            assertThat(result.settled()).hasSize(4);
            assertThat(result.names(NameResult.Outcome.CANCELLED).contains("c")).isEqualTo(cancelled);
            assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(result.names(NameResult.Outcome.FINISHED));
            assertThat(told.values()).allMatch(times -> times == 1);
            ends.addAndGet(told.size());
        }
        toPublish.add("");
        toPublish.add("");
        for (Future<?> publisher : publishers) {
            publisher.get();
        }
        listeners.shutdown();
        System.out.println("waits: " + ROUNDS + " closed at any moment, " + ends + " ends told once each");
    }
}
