package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.NameResult.Outcome.TIMED_OUT;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the listener and the future of a wait are told, when, where, and what they may do about it. */
class StateWaitDeliveryTest {
    private final Scene scene = Scene.onOurFeed();
    private final List<String> told = new ArrayList<>();

    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    private void tell(NameResult news) {
        told.add(news.name() + " " + news.outcome() + " " + news.matched());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void tells_steps_and_ends_in_the_pass_and_the_ends_in_their_order(Scene scene) {
        StateWait wait = scene.forAll("a", "b", "c", "d")
                .toReach("down", "up")
                .within(ofSeconds(10))
                .onProgress(this::tell)
                .open();

        scene.enter("a", "down");
        scene.enter("b", "down", "up");
        scene.fail("c");
        scene.enter("a", "up");
        scene.enter("d", "down");
        assertThat(told).isEmpty();
        wait.manageOnce();
        assertThat(told)
                .containsExactly("d PENDING [down]", "b FINISHED [down, up]", "c FAILED []", "a FINISHED [down, up]");

        scene.pass(ofSeconds(10));
        wait.manageOnce();
        wait.manageOnce();
        assertThat(told).hasSize(5).last().isEqualTo("d TIMED_OUT [down]");
    }

    @Test
    void completes_the_future_once_in_a_pass_after_the_listener_has_heard_all() {
        StateWait wait =
                scene.forAll("a", "b").toReach("up").onProgress(this::tell).open();
        CompletableFuture<WaitResult> future = wait.future();
        CompletableFuture<Void> after = future.thenAccept(result -> told.add("complete " + result.names(FINISHED)));

        scene.enter("a", "up");
        wait.poll();
        assertThat(future).isNotDone();
        scene.enter("b", "up");
        assertThat(future).isNotDone();
        wait.poll();
        wait.poll();
        wait.close();

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]", "complete [a, b]");
        assertThat(wait.future()).isSameAs(future);
        assertThat(after).isCompleted();
    }

    @Test
    void gives_a_completed_future_to_whoever_asks_late() {
        StateWait told = scene.forAll("a").toReach("up").open();
        StateWait untold =
                scene.forAll("a").toReach("up").onProgress(this::tell).open();
        scene.enter("a", "up");

        assertThat(told.future()).isCompleted();
        assertThat(untold.future()).isNotDone();
        untold.poll();
        assertThat(untold.future()).isCompleted();
    }

    @Test
    void goes_on_when_the_future_is_cancelled_by_its_holder() {
        StateWait wait = scene.forAll("a").toReach("up").open();
        wait.future().cancel(true);

        scene.enter("a", "up");

        assertThat(wait.poll()).isTrue();
        assertThat(wait.result().names(FINISHED)).containsExactly("a");
    }

    @Test
    void goes_on_when_a_listener_or_a_callback_throws() {
        StateWait wait = scene.forAll("a", "b")
                .toReach("up")
                .onProgress(news -> {
                    tell(news);
                    throw new IllegalStateException("listener");
                })
                .open();
        CompletableFuture<Void> after = wait.future().thenRun(() -> {
            throw new IllegalStateException("callback");
        });

        scene.enter("a", "up");
        scene.enter("b", "up");
        wait.manageOnce();

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]");
        assertThat(wait.future()).isCompleted();
        assertThat(after).isCompletedExceptionally();
    }

    @Test
    void tells_the_rest_in_the_next_pass_when_an_error_comes_out_of_the_listener() {
        StateWait wait = scene.forAll("a", "b")
                .toReach("up")
                .onProgress(news -> {
                    tell(news);
                    if (news.name().equals("a")) {
                        throw new AssertionError("not a RuntimeException");
                    }
                })
                .open();
        scene.enter("a", "up");
        scene.enter("b", "up");

        assertThatThrownBy(wait::manageOnce).hasMessage("not a RuntimeException");
        wait.manageOnce();

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void lets_the_listener_publish_poll_open_and_close_other_waits(Scene scene) {
        StateWait[] other = new StateWait[1];
        StateWait[] wait = new StateWait[1];
        wait[0] = scene.forAll("a", "b", "c")
                .toReach("up")
                .onProgress(news -> {
                    tell(news);
                    if (news.name().equals("a")) {
                        other[0] = scene.forAll("b").toReach("up").open();
                        scene.enter("b", "up");
                        wait[0].poll();
                        assertThat(other[0].poll()).isTrue();
                        other[0].close();
                    }
                })
                .open();

        scene.enter("a", "up");
        wait[0].manageOnce();
        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]");
        scene.enter("c", "up");
        wait[0].manageOnce();

        assertThat(told).hasSize(3);
        assertThat(wait[0].isSettled()).isTrue();
    }

    @Test
    void tells_nothing_of_what_the_listener_has_cancelled_itself() {
        StateWait[] wait = new StateWait[1];
        wait[0] = scene.forAll("a", "b", "c")
                .toReach("down", "up")
                .onProgress(news -> {
                    tell(news);
                    wait[0].cancel(Scene.NODE, "b");
                })
                .open();
        scene.enter("a", "down");
        scene.enter("b", "down");
        scene.enter("c", "down");

        wait[0].manageOnce();

        assertThat(told).containsExactly("a PENDING [down]", "c PENDING [down]");
    }

    @Test
    void may_be_closed_by_its_listener_in_the_middle_of_a_pass() {
        StateWait[] wait = new StateWait[1];
        wait[0] = scene.forAll("a", "b", "c")
                .toReach("up")
                .onProgress(news -> {
                    tell(news);
                    wait[0].close();
                })
                .open();
        CompletableFuture<WaitResult> future = wait[0].future();
        scene.enter("a", "up");
        scene.enter("b", "up");

        wait[0].manageOnce();
        scene.enter("c", "up");

        assertThat(told).containsExactly("a FINISHED [up]", "b FINISHED [up]");
        assertThat(future)
                .isCompletedWithValueMatching(result -> result.settled().size() == 3);
    }

    @Test
    void tells_on_closing_what_had_ended_but_not_what_closing_cancels() {
        StateWait wait =
                scene.forAll("a", "b").toReach("up").onProgress(this::tell).open();
        CompletableFuture<WaitResult> future = wait.future();
        scene.enter("a", "up");

        wait.close();

        assertThat(told).containsExactly("a FINISHED [up]");
        assertThat(future).isCompletedWithValueMatching(WaitResult::isSettled);
    }

    @Test
    void says_in_words_what_has_become_of_the_names() {
        StateWait wait = scene.forAll("a", "b", "c", "d")
                .toReach("down", "up")
                .within(ofSeconds(2))
                .forAll(Scene.NODE, "e")
                .toReach("up")
                .open();
        scene.enter("a", "down", "up");
        scene.fail("b");
        scene.enter("c", "down");
        wait.cancel(Scene.NODE, "d");
        scene.pass(ofSeconds(2));
        wait.poll();

        assertThat(wait.result())
                .hasToString("a finished after 0.0 s; b failed after 0.0 s; d cancelled after 0.0 s; "
                        + "c timed out after 2.0 s, having been down; e pending after 2.0 s");
        assertThat(wait.result().with(PENDING)).hasSize(1);
        assertThat(List.of(wait.result().names(FAILED), wait.result().names(TIMED_OUT)))
                .containsExactly(List.of("b"), List.of("c"));
        assertThat(wait.result().isAllFinished()).isFalse();
    }
}
