package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.Scene.Fault;
import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an event does to the names of a wait; the same on our feed and on any other. */
class StateWaitMatchingTest {
    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    @ParameterizedTest(name = "[{0}] by {1}: {2} after {3}")
    @CsvSource({
        "A B, A B, FINISHED, 2",
        "A B, B A A B, FINISHED, 2",
        "A B A, A B B A, FINISHED, 3",
        "A A, A, PENDING, 1",
        "A A, A B A, FINISHED, 2",
        "A B, B A, PENDING, 1",
        "A B C, A C B A, PENDING, 2",
        "A, a, PENDING, 0",
        "A, '', PENDING, 0",
        "A B, !, FAILED, 0",
        "A B, A !, FAILED, 1",
        "A B, A ! B, FAILED, 1",
        "A B, A B !, FINISHED, 2",
        "A B, A B A B, FINISHED, 2",
    })
    void finds_its_states_in_order_with_anything_between(
            String wanted, String seen, NameResult.Outcome outcome, int matched) {
        for (Scene scene : scenes().toList()) {
            StateWait wait = scene.wait(Scene.NODE, "n", wanted.split(" ")).open();

            for (String state : seen.isEmpty() ? new String[0] : seen.split(" ")) {
                if (state.equals("!")) {
                    scene.fail("n");
                } else {
                    scene.enter("n", state);
                }
            }
            wait.poll();

            NameResult result = wait.result().find(Scene.NODE, "n").orElseThrow();
            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.matched()).isEqualTo(List.of(wanted.split(" ")).subList(0, matched));
        }
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void lists_names_in_the_order_in_which_they_end_and_keeps_what_it_has(Scene scene) {
        StateWait wait = scene.forAll("a", "b", "c", "d").toReach("up").open();

        scene.enter("c", "up");
        scene.fail("a");
        wait.poll();
        assertThat(wait.result().names(FINISHED)).containsExactly("c");
        scene.enter("b", "up");
        wait.poll();

        assertThat(wait.result().settled()).extracting(NameResult::name).containsExactly("c", "a", "b");
        assertThat(wait.result().names(FINISHED)).containsExactly("c", "b");
        assertThat(wait.result().names(FAILED)).containsExactly("a");
        assertThat(wait.result().names(PENDING)).containsExactly("d");
        assertThat(wait.isSettled()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void tells_when_and_why_a_name_ended_and_what_it_had_seen(Scene scene) {
        StateWait wait = scene.forAll("a").toReach("down", "up").open();
        scene.enter("a", "down");
        scene.pass(ofMillis(1_200));
        var failedAt = scene.time.now();

        scene.fail("a", new Reason(Fault.BROKEN, "exit code 3"));
        wait.poll();
        scene.pass(ofSeconds(5));

        assertThat(wait.result().settled())
                .containsExactly(new NameResult(
                        Scene.NODE,
                        "a",
                        FAILED,
                        new Reason(Fault.BROKEN, "exit code 3"),
                        failedAt,
                        ofMillis(1_200),
                        List.of("down")));
        assertThat(wait.result()).hasToString("a failed after 1.2 s, having been down: exit code 3");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void leaves_alone_what_it_does_not_wait_for(Scene scene) {
        Kind<String> other = Kind.open("other", word -> true);
        StateWait wait = scene.forAll("a").toReach("up").open();

        scene.enter("b", "up");
        scene.enter("A", "up");
        scene.feed.publish(StateChange.entered(other, "a", "up"));
        scene.feed.publish(StateChange.failed(other, "a", "up", Reason.none()));

        assertThat(wait.poll()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void does_not_count_what_was_published_before_the_opening(Scene scene) {
        StateWaitBuilder builder = scene.forAll("a").toReach("up");
        scene.enter("a", "up");

        StateWait wait = builder.open();

        assertThat(wait.poll()).isFalse();
        scene.enter("a", "up");
        assertThat(wait.poll()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void serves_any_number_of_waits_for_one_name_each_in_its_own_way(Scene scene) {
        StateWait first = scene.forAll("a").toReach("up").open();
        StateWait second = scene.forAll("a").toReach("up", "up").open();
        StateWait third = scene.forAll("a", "b").toReach("up").open();

        scene.enter("a", "up");

        assertThat(first.poll()).isTrue();
        assertThat(second.poll()).isFalse();
        assertThat(third.poll()).isFalse();
        scene.enter("a", "up");
        scene.enter("b", "up");
        assertThat(second.poll()).isTrue();
        assertThat(third.poll()).isTrue();
        assertThat(third.result().names(FINISHED)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void takes_events_for_everyone_and_for_its_own_requests(Scene scene) {
        StateWait anyone = scene.forAll("a", "b").toReach("up").open();
        StateWait mine =
                scene.forAll("a", "b").toReach("up").forRequest("r1", "r2").open();
        StateWait other = scene.forAll("a", "b").toReach("up").forRequest("r9").open();

        scene.feed.publish(StateChange.entered(Scene.NODE, "a", "up").answering("r2"));
        scene.feed.publish(
                StateChange.failed(Scene.NODE, "b", "down", Reason.none()).answering("r1"));

        assertThat(anyone.poll()).isFalse();
        assertThat(anyone.result().settled()).isEmpty();
        assertThat(mine.poll()).isTrue();
        assertThat(mine.result().names(FINISHED)).containsExactly("a");
        assertThat(mine.result().names(FAILED)).containsExactly("b");
        assertThat(other.poll()).isFalse();
        scene.enter("a", "up");
        scene.fail("b");
        assertThat(List.of(anyone.poll(), other.poll())).containsOnly(true);
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void counts_the_failures_that_it_is_told_to_count(Scene scene) {
        Reason broken = new Reason(Fault.BROKEN, "");
        Reason refused = new Reason(Fault.REFUSED, "");
        StateWait all = scene.forAll("a").toReach("up").open();
        StateWait none = scene.forAll("a").toReach("up").failingOnlyOn().open();
        StateWait onlyBroken =
                scene.forAll("a").toReach("up").failingOnlyOn(Fault.BROKEN).open();
        StateWait notRefused =
                scene.forAll("a").toReach("up").notFailingOn(Fault.REFUSED).open();

        scene.fail("a", refused);

        assertThat(List.of(all.poll(), none.poll(), onlyBroken.poll(), notRefused.poll()))
                .containsExactly(true, false, false, false);
        scene.fail("a");
        assertThat(List.of(none.poll(), onlyBroken.poll(), notRefused.poll())).containsExactly(false, false, true);
        scene.fail("a", broken);
        assertThat(List.of(none.poll(), onlyBroken.poll())).containsExactly(false, true);
        scene.enter("a", "up");
        assertThat(none.poll()).isTrue();
    }

    @Test
    void knows_on_our_feed_without_a_pass() {
        Scene scene = Scene.onOurFeed();
        StateWait wait = scene.forAll("a").toReach("up").open();

        scene.enter("a", "up");

        assertThat(wait.isSettled()).isTrue();
        assertThat(wait.result().isAllFinished()).isTrue();
    }
}
