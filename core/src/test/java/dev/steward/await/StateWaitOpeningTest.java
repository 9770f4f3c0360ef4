package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.GAP;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a wait takes, what it refuses, and what it knows as it opens. */
class StateWaitOpeningTest {
    private final Scene scene = Scene.onOurFeed();

    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    @Test
    void refuses_a_state_that_the_kind_does_not_have_and_says_which_it_has() {
        assertThatThrownBy(() -> scene.wait(Scene.LIGHT, "lamp", "on", "up"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no state 'up' of kind light; its states are [off, warming, on]");
    }

    @Test
    void refuses_an_empty_sequence_and_says_for_whom() {
        assertThatThrownBy(() -> scene.forAll("a", "b").toReach())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no state is given for node [a, b]");
        assertThatThrownBy(() -> scene.forAll("a").toReach(Collections.nCopies(32_768, "up")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("32768 states are given for node [a]");
    }

    @Test
    void takes_a_sequence_of_32_767_states() {
        StateWait wait =
                scene.forAll("a").toReach(Collections.nCopies(32_767, "up")).open();

        for (int i = 0; i < 32_767; i++) {
            assertThat(wait.isSettled()).isFalse();
            scene.enter("a", "up");
        }

        assertThat(wait.result().names(FINISHED)).containsExactly("a");
    }

    @Test
    void refuses_a_thing_or_a_request_without_a_name() {
        assertThatThrownBy(() -> scene.forAll("a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a thing of kind node has no name");
        assertThatThrownBy(() -> scene.forAll("a").toReach("up").forRequest(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a request has no id");
    }

    @Test
    void counts_a_name_that_is_given_twice_once() {
        StateWait wait = scene.forAll("a", "b", "a").toReach("up").open();

        scene.enter("a", "up");
        assertThat(wait.isSettled()).isFalse();
        scene.enter("b", "up");

        assertThat(wait.result().names(FINISHED)).containsExactly("a", "b");
    }

    @Test
    void lets_an_exception_follow_the_rule() {
        StateWait wait = scene.forAll("a", "b", "c")
                .toReach("up")
                .within(ofSeconds(10))
                .forAll(Scene.NODE, "b")
                .toReach("down", "up")
                .within(ofSeconds(20))
                .forAll(Scene.LIGHT, "a")
                .toReach("on")
                .open();

        scene.enter("a", "up");
        scene.enter("b", "up");
        scene.enter("c", "up");

        assertThat(wait.result().names(FINISHED)).containsExactly("a", "c");
        assertThat(wait.result().names(PENDING)).containsExactly("b", "a");
        assertThat(wait.manageOnce()).isEqualTo(Step.after(ofSeconds(20)));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void is_settled_at_once_without_names(Scene scene) {
        List<WaitResult> completed = new ArrayList<>();
        StateWait wait = scene.forAll().toReach("up").within(ofSeconds(1)).open();
        CompletableFuture<Boolean> after = wait.future().thenApply(completed::add);

        assertThat(after).isCompletedWithValue(true);
        assertThat(wait.isSettled()).isTrue();
        assertThat(wait.result().isAllFinished()).isTrue();
        assertThat(completed).containsExactly(new WaitResult(List.of(), List.of()));
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
        assertThat(StateWait.on(scene.feed, scene.time).open().isSettled()).isTrue();
    }

    @Test
    void may_be_opened_again_by_the_same_builder() {
        StateWaitBuilder builder = scene.forAll("a").toReach("up");
        StateWait first = builder.open();
        scene.enter("a", "up");

        StateWait second = builder.within(ofSeconds(3)).open();

        assertThat(first.isSettled()).isTrue();
        assertThat(second.isSettled()).isFalse();
        assertThat(second.manageOnce()).isEqualTo(Step.after(ofSeconds(3)));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void takes_what_was_published_since_a_position_and_what_comes_after(Scene scene) {
        scene.enter("a", "up");
        Position before = scene.feed.position();
        scene.enter("b", "down", "up");
        scene.enter("c", "down");

        StateWait wait =
                scene.forAll("a", "b", "c").toReach("down", "up").since(before).open();
        scene.enter("a", "down");
        scene.enter("c", "up");
        scene.enter("a", "up");

        assertThat(wait.poll()).isTrue();
        assertThat(wait.result().names(FINISHED)).containsExactly("b", "c", "a");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void ends_as_a_gap_if_the_feed_no_longer_holds_what_it_is_to_count(Scene large) {
        Scene scene = large.isForeign() ? Scene.onForeignFeed(4) : large;
        Position before = scene.feed.position();
        for (int i = 0; i < 1_004; i++) {
            scene.enter("x", "up");
        }
        scene.enter("a", "up");

        StateWait wait = scene.forAll("a", "b").toReach("up").since(before).open();

        assertThat(wait.poll()).isTrue();
        assertThat(wait.result().names(GAP)).containsExactly("a", "b");
        assertThat(wait.result().settled().get(0).elapsed()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void ends_as_a_gap_if_the_position_is_on_another_feed(Scene scene) {
        Position elsewhere = new InMemoryStateFeed(scene.time).position();

        StateWait wait = scene.forAll("a").toReach("up").since(elsewhere).open();

        assertThat(wait.poll()).isTrue();
        assertThat(wait.result().names(GAP)).containsExactly("a");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void refuses_a_position_that_the_feed_has_not_reached_and_leaves_nothing_behind(Scene scene) {
        Position ahead = new Position(scene.feed.position().feed(), 7);

        assertThatThrownBy(() -> scene.forAll("a").toReach("up").since(ahead).open())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(index().size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void has_finished_with_what_is_in_its_last_state_already_if_it_is_asked_to_look(Scene scene) {
        List<String> asked = new ArrayList<>();
        StateWait wait = scene.forAll("up", "down", "unknown")
                .toReach("down", "up")
                .orAlready(name -> {
                    asked.add(name);
                    return name.equals("unknown") ? Optional.empty() : Optional.of(name);
                })
                .open();

        assertThat(asked).containsExactly("up", "down", "unknown");
        assertThat(wait.result().names(FINISHED)).containsExactly("up");
        assertThat(wait.result().settled().get(0).matched()).containsExactly("down", "up");
        assertThat(wait.result().names(PENDING)).containsExactly("down", "unknown");
    }

    @Test
    void looks_when_it_hears_events_already_and_ends_no_name_twice() {
        StateWait wait = scene.forAll("a", "b")
                .toReach("up")
                .orAlready(name -> {
                    scene.enter("a", "up");
                    scene.fail("b");
                    return Optional.of("up");
                })
                .open();

        assertThat(wait.result().names(FINISHED)).containsExactly("a");
        assertThat(wait.result().settled()).hasSize(2);
    }

    @Test
    void looks_only_for_the_names_for_which_it_is_asked_to() {
        StateWait some = scene.forAll("a")
                .toReach("up")
                .orAlready(name -> Optional.of("up"))
                .forAll(Scene.NODE, "b")
                .toReach("up")
                .open();
        StateWait all = StateWait.on(scene.feed, scene.time)
                .orAlready(name -> Optional.of("up"))
                .forAll(Scene.NODE, "a")
                .toReach("up")
                .forAll(Scene.NODE, "b")
                .toReach("up")
                .open();

        assertThat(some.result().names(FINISHED)).containsExactly("a");
        assertThat(all.result().names(FINISHED)).containsExactly("a", "b");
    }

    @Test
    void throws_what_the_look_throws_and_leaves_nothing_behind() {
        var builder = scene.forAll("a", "b").toReach("up").orAlready(name -> {
            throw new IllegalStateException("no answer");
        });

        assertThatThrownBy(builder::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no answer");
        assertThat(index().size()).isZero();
    }

    @Test
    void tells_kinds_with_the_same_names_apart() {
        StateWait wait = scene.forAll("lamp")
                .toReach("on")
                .forAll(Scene.LIGHT, "lamp")
                .toReach("on")
                .open();

        scene.feed.publish(StateChange.entered(Scene.LIGHT, "lamp", Scene.Light.ON));

        assertThat(wait.result().find(Scene.LIGHT, "lamp").orElseThrow().outcome())
                .isEqualTo(FINISHED);
        assertThat(wait.result().find(Scene.NODE, "lamp").orElseThrow().outcome())
                .isEqualTo(PENDING);
        assertThat(wait.result().find(Scene.NODE, "other")).isEmpty();
    }

    private WaitIndex index() {
        return (WaitIndex) scene.ours.tap(WaitIndex::new);
    }
}
