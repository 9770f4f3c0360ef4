package dev.steward.await;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.Position;
import dev.steward.loop.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** News on an executor instead of in the passes. */
class StateWaitExecutorTest {
    private final Scene scene = Scene.onOurFeed();
    private final List<String> told = new ArrayList<>();

    private void tell(NameResult news) {
        told.add(news.name() + " " + news.outcome() + " " + news.matched());
    }

    @Test
    void delivers_on_an_executor_as_soon_as_there_is_news() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        StateWait wait = scene.forAll("a", "b")
                .toReach("up")
                .onProgress(this::tell)
                .deliveringOn(tasks::add)
                .open();
        CompletableFuture<Boolean> after = wait.future().thenApply(result -> told.add("complete"));

        scene.enter("a", "up");
        assertThat(told).isEmpty();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(told).containsExactly("a FINISHED [up]");

        scene.fail("b");
        wait.manageOnce();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(told).containsExactly("a FINISHED [up]", "b FAILED []", "complete");
        assertThat(after).isCompleted();
        wait.manageOnce();
        wait.close();
        assertThat(tasks).isEmpty();
    }

    @Test
    void bothers_the_executor_with_no_pass_that_has_no_news() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        StateWait wait = scene.forAll("a")
                .toReach("up")
                .within(ofSeconds(5))
                .onProgress(this::tell)
                .deliveringOn(tasks::add)
                .open();

        wait.manageOnce();
        assertThat(tasks).isEmpty();
        scene.pass(ofSeconds(5));
        wait.manageOnce();
        tasks.remove().run();

        assertThat(told).containsExactly("a TIMED_OUT []");
    }

    @Test
    void delivers_in_the_pass_what_the_executor_refuses_and_harms_no_publisher() {
        Executor refusing = task -> {
            throw new RejectedExecutionException("shut down");
        };
        StateWait wait = scene.forAll("a")
                .toReach("up")
                .onProgress(this::tell)
                .deliveringOn(refusing)
                .open();
        CompletableFuture<WaitResult> future = wait.future();

        scene.enter("a", "up");
        assertThat(told).isEmpty();
        wait.manageOnce();

        assertThat(told).containsExactly("a FINISHED [up]");
        assertThat(future).isCompleted();
    }

    @Test
    void lets_a_listener_on_an_executor_that_runs_at_once_publish_from_within() {
        StateWait wait = scene.forAll("a", "b", "c")
                .toReach("up")
                .onProgress(news -> {
                    tell(news);
                    if (news.name().equals("a")) {
                        scene.enter("b", "up");
                        scene.enter("c", "up");
                    }
                })
                .deliveringOn(Runnable::run)
                .open();

        scene.enter("a", "up");

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]", "c FINISHED [up]");
        assertThat(wait.isSettled()).isTrue();
    }

    @Test
    void delivers_what_was_so_already_as_it_opened_without_a_pass() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        StateWait wait = scene.forAll("a", "b")
                .toReach("up")
                .orAlready(name -> Optional.of("up"))
                .onProgress(this::tell)
                .deliveringOn(tasks::add)
                .open();
        CompletableFuture<WaitResult> future = wait.future();

        assertThat(tasks).hasSize(1);
        tasks.remove().run();

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]");
        assertThat(future).isCompleted();
        assertThat(tasks).isEmpty();
    }

    @Test
    void delivers_the_ends_and_the_steps_since_a_position_without_a_pass() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        Position before = scene.feed.position();
        scene.enter("a", "down");
        StateWaitBuilder builder = scene.forAll("a")
                .toReach("down", "up")
                .since(before)
                .onProgress(this::tell)
                .deliveringOn(tasks::add);

        builder.open();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        scene.enter("a", "up");
        tasks.remove().run();
        builder.open();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();

        assertThat(told).containsExactly("a PENDING [down]", "a FINISHED [down, up]", "a FINISHED [down, up]");
    }

    @Test
    void bothers_the_executor_with_no_opening_that_has_no_news() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        scene.forAll("a")
                .toReach("up")
                .orAlready(name -> Optional.of("down"))
                .onProgress(this::tell)
                .deliveringOn(tasks::add)
                .open();
        scene.forAll("a")
                .toReach("up")
                .orAlready(name -> Optional.of("up"))
                .deliveringOn(tasks::add)
                .open();

        assertThat(tasks).isEmpty();
    }

    @Test
    void leaves_nothing_behind_when_an_error_comes_out_of_the_listener_as_it_opens() {
        StateWaitBuilder builder = scene.forAll("a", "b")
                .toReach("up")
                .orAlready(name -> name.equals("a") ? Optional.of("up") : Optional.empty())
                .onProgress(news -> {
                    throw new AssertionError("listener");
                })
                .deliveringOn(Runnable::run);

        assertThatThrownBy(builder::open).isInstanceOf(AssertionError.class).hasMessage("listener");

        assertThat(((WaitIndex) scene.ours.tap(WaitIndex::new)).size()).isZero();
    }

    @Test
    void wants_one_more_pass_when_the_last_name_ends_after_the_telling() {
        Queue<String> publishedAfterTelling = new ArrayDeque<>(List.of("b"));
        StateWait wait = scene.forAll("a")
                .toReach("up")
                .within(ofSeconds(5))
                .forAll(Scene.NODE, "b")
                .toReach("up")
                .onProgress(this::tell)
                .deliveringOn(task -> {
                    if (publishedAfterTelling.isEmpty()) {
                        throw new RejectedExecutionException("shut down");
                    }
                    task.run();
                    scene.enter(publishedAfterTelling.remove(), "up");
                })
                .open();
        CompletableFuture<WaitResult> future = wait.future();
        scene.pass(ofSeconds(5));

        assertThat(wait.manageOnce()).isEqualTo(Step.again());
        assertThat(told).containsExactly("a TIMED_OUT []");
        assertThat(future).isNotDone();
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());

        assertThat(told).containsExactly("a TIMED_OUT []", "b FINISHED [up]");
        assertThat(future).isCompleted();
    }
}
