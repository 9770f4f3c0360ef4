package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.NameResult.Outcome.TIMED_OUT;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocking in real time, in threads that meet each other anywhere. */
@Timeout(60)
class StateWaitAwaitTest {
    private static final TimeSource TIME = TimeSource.system();

    private final InMemoryStateFeed feed = new InMemoryStateFeed(TIME);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    static Stream<StateFeed> feeds() {
        InMemoryStateFeed ours = new InMemoryStateFeed(TIME);
        return Stream.of(ours, new Scene.Foreign(ours));
    }

    private static void enter(StateFeed feed, String name, String state) {
        feed.publish(StateChange.entered(Scene.NODE, name, state));
    }

    private StateWaitBuilder forAll(String... names) {
        return StateWait.on(feed, TIME).forAll(Scene.NODE, names).toReach("up");
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void returns_when_another_thread_publishes_the_last_event(StateFeed feed) throws Exception {
        StateWait wait = StateWait.on(feed, TIME)
                .forAll(Scene.NODE, "a", "b")
                .toReach("up")
                .open();
        Future<Boolean> awaited = threads.submit(() -> wait.await());

        enter(feed, "a", "up");
        enter(feed, "b", "up");

        assertThat(awaited.get()).isTrue();
        assertThat(wait.result().names(FINISHED)).containsExactly("a", "b");
    }

    @Test
    void returns_when_its_limit_is_over_and_keeps_what_it_has() {
        StateWait wait = forAll("a", "b").open();
        enter(feed, "a", "up");
        long began = TIME.nanos();

        assertThat(wait.await(ofMillis(20))).isFalse();

        assertThat(Duration.ofNanos(TIME.nanos() - began)).isGreaterThanOrEqualTo(ofMillis(20));
        assertThat(wait.result().names(FINISHED)).containsExactly("a");
        assertThat(wait.result().names(PENDING)).containsExactly("b");
        enter(feed, "b", "up");
        assertThat(wait.await(ofMillis(20))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5})
    void has_no_limit_if_it_is_zero_or_less(long millis) throws Exception {
        StateWait wait = forAll("a").open();
        Future<Boolean> awaited = threads.submit(() -> wait.await(ofMillis(millis)));

        try {
            awaited.get(30, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillWaiting) {
            enter(feed, "a", "up");
        }

        assertThat(awaited.get()).isTrue();
    }

    @Test
    void ends_the_names_whose_own_limit_is_over() {
        StateWait wait = forAll("a", "b").within(ofMillis(20)).open();
        enter(feed, "a", "up");

        assertThat(wait.await()).isTrue();

        assertThat(wait.result().names(TIMED_OUT)).containsExactly("b");
        assertThat(wait.result().settled().get(1).elapsed()).isGreaterThanOrEqualTo(ofMillis(20));
    }

    @Test
    void returns_when_its_thread_is_interrupted_and_keeps_the_interrupt() throws Exception {
        StateWait wait = forAll("a").open();
        List<Thread> thread = new ArrayList<>();
        Object started = new Object();
        Future<Boolean> kept = threads.submit(() -> {
            synchronized (started) {
                thread.add(Thread.currentThread());
                started.notifyAll();
            }
            return !wait.await() && Thread.currentThread().isInterrupted();
        });

        synchronized (started) {
            while (thread.isEmpty()) {
                started.wait();
            }
        }
        thread.get(0).interrupt();

        assertThat(kept.get()).isTrue();
        assertThat(wait.isSettled()).isFalse();
    }

    @Test
    void looks_once_in_a_thread_that_is_interrupted_already() {
        StateWait pending = forAll("a").open();
        StateWait settled = forAll().open();
        Thread.currentThread().interrupt();

        boolean first = pending.await(ofSeconds(30));
        boolean second = settled.await();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(first).isFalse();
        assertThat(second).isTrue();
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void lets_many_threads_wait_for_the_same(StateFeed feed) throws Exception {
        StateWait wait =
                StateWait.on(feed, TIME).forAll(Scene.NODE, "a").toReach("up").open();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(threads.submit(() -> wait.await()));
        }

        enter(feed, "a", "up");

        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void returns_when_another_thread_closes_the_wait_or_cancels_the_last_name(StateFeed feed) throws Exception {
        StateWait closed =
                StateWait.on(feed, TIME).forAll(Scene.NODE, "a").toReach("up").open();
        StateWait cancelled =
                StateWait.on(feed, TIME).forAll(Scene.NODE, "a").toReach("up").open();
        Future<Boolean> first = threads.submit(() -> closed.await());
        Future<Boolean> second = threads.submit(() -> cancelled.await());

        closed.close();
        cancelled.cancel(Scene.NODE, "a");

        assertThat(first.get()).isTrue();
        assertThat(second.get()).isTrue();
    }

    /** The event comes after the wait has looked, and before it parks. */
    @ParameterizedTest
    @MethodSource("feeds")
    void does_not_sleep_over_what_comes_during_its_own_pass(StateFeed feed) {
        StateWait wait = StateWait.on(feed, TIME)
                .forAll(Scene.NODE, "a", "b")
                .toReach("up")
                .onProgress(news -> {
                    if (news.name().equals("a")) {
                        enter(feed, "b", "up");
                    }
                })
                .open();
        enter(feed, "a", "up");

        assertThat(wait.await()).isTrue();
    }

    @Test
    void tells_the_listener_and_the_future_on_the_thread_that_waits() throws Exception {
        List<Thread> told = new ArrayList<>();
        StateWait wait =
                forAll("a").onProgress(news -> told.add(Thread.currentThread())).open();
        var completed = wait.future().thenApply(result -> told.add(Thread.currentThread()));
        Future<Thread> waiting = threads.submit(() -> {
            wait.await();
            return Thread.currentThread();
        });

        enter(feed, "a", "up");

        Thread thread = waiting.get();
        assertThat(completed).isCompleted();
        assertThat(told).containsExactly(thread, thread);
    }
}
