package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static dev.steward.await.NameResult.Outcome.TIMED_OUT;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a name times out. */
class StateWaitLimitTest {
    private static final Duration TICK = ofNanos(1);

    private final Scene scene = Scene.onOurFeed();

    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void ends_a_name_in_the_very_nanosecond_in_which_its_limit_is_over(Scene scene) {
        StateWait wait =
                scene.forAll("a", "b").toReach("up").within(ofSeconds(30)).open();

        scene.pass(ofSeconds(30).minus(TICK));
        assertThat(wait.manageOnce()).isEqualTo(Step.after(TICK));
        assertThat(wait.result().names(PENDING)).containsExactly("a", "b");
        scene.pass(TICK);
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());

        assertThat(wait.result().with(TIMED_OUT))
                .extracting(NameResult::name, NameResult::elapsed, NameResult::at)
                .containsExactly(
                        tuple("a", ofSeconds(30), scene.time.now()), tuple("b", ofSeconds(30), scene.time.now()));
    }

    @Test
    void counts_an_event_one_nanosecond_before_the_limit_however_late_the_pass() {
        StateWait wait = scene.forAll("a").toReach("up").within(ofSeconds(30)).open();

        scene.pass(ofSeconds(30).minus(TICK));
        scene.enter("a", "up");
        scene.pass(ofHours(2));
        wait.manageOnce();

        assertThat(wait.result().names(FINISHED)).containsExactly("a");
        assertThat(wait.result().settled().get(0).elapsed())
                .isEqualTo(ofSeconds(30).minus(TICK));
    }

    @Test
    void does_not_count_an_event_at_the_limit_even_if_no_pass_was_made() {
        StateWait wait =
                scene.forAll("a", "b", "c").toReach("up").within(ofSeconds(30)).open();

        scene.pass(ofSeconds(30));
        scene.enter("a", "up");
        scene.fail("b");
        scene.enter("c", "other");

        assertThat(wait.result().names(TIMED_OUT)).containsExactly("a", "b");
        wait.manageOnce();
        assertThat(wait.result().names(TIMED_OUT)).containsExactly("a", "b", "c");
    }

    @Test
    void counts_on_a_foreign_feed_what_is_there_at_the_first_pass_after_the_limit() {
        Scene foreign = Scene.onForeignFeed();
        StateWait wait =
                foreign.forAll("a", "b").toReach("up").within(ofSeconds(30)).open();

        foreign.pass(ofSeconds(40));
        foreign.enter("a", "up");
        wait.manageOnce();

        assertThat(wait.result().names(FINISHED)).containsExactly("a");
        assertThat(wait.result().names(TIMED_OUT)).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE / 2})
    void has_no_limit_if_it_is_zero_or_less(long seconds) {
        StateWait wait =
                scene.forAll("a").toReach("up").within(ofSeconds(seconds)).open();

        scene.pass(Duration.ofDays(10_000));

        assertThat(wait.manageOnce()).isEqualTo(Step.parked());
        assertThat(wait.isSettled()).isFalse();
    }

    @Test
    void has_no_limit_if_nothing_is_said_or_more_than_a_clock_can_count() {
        StateWait silent = scene.forAll("a").toReach("up").open();
        StateWait endless = scene.forAll("a")
                .toReach("up")
                .within(ofSeconds(Long.MAX_VALUE))
                .open();

        assertThat(silent.manageOnce()).isEqualTo(Step.parked());
        assertThat(endless.manageOnce()).isEqualTo(Step.parked());
    }

    @Test
    void gives_each_name_its_own_states_and_limit() {
        StateWait wait = StateWait.on(scene.feed, scene.time)
                .within(ofMinutes(1))
                .forAll(Scene.NODE, "a", "b")
                .toReach("up")
                .forAll(Scene.NODE, "c")
                .toReach("down", "up")
                .within(ofSeconds(10))
                .forAll(Scene.NODE, "d")
                .toReach("up")
                .within(ofSeconds(20))
                .open();

        assertThat(wait.manageOnce()).isEqualTo(Step.after(ofSeconds(10)));
        scene.enter("c", "up");
        scene.pass(ofSeconds(10));
        assertThat(wait.manageOnce()).isEqualTo(Step.after(ofSeconds(10)));
        assertThat(wait.result().names(TIMED_OUT)).containsExactly("c");
        scene.enter("d", "up");
        assertThat(wait.manageOnce()).isEqualTo(Step.after(ofSeconds(50)));
        scene.enter("a", "up");
        scene.pass(ofSeconds(50));
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());

        assertThat(wait.result().names(FINISHED)).containsExactly("d", "a");
        assertThat(wait.result().names(TIMED_OUT)).containsExactly("c", "b");
    }

    @Test
    void measures_limits_by_the_monotonic_clock_while_the_wall_clock_is_set_back_and_forth() {
        StateWait wait =
                scene.forAll("a", "b").toReach("up").within(ofMinutes(10)).open();

        scene.time.stepWall(ofHours(-1));
        scene.pass(ofMinutes(5));
        scene.time.stepWall(ofHours(30));
        assertThat(wait.manageOnce()).isEqualTo(Step.after(ofMinutes(5)));
        scene.enter("a", "up");
        scene.pass(ofMinutes(5));
        wait.manageOnce();

        assertThat(wait.result().settled())
                .extracting(NameResult::outcome, NameResult::elapsed)
                .containsExactly(tuple(FINISHED, ofMinutes(5)), tuple(TIMED_OUT, ofMinutes(10)));
        assertThat(wait.result().settled().get(1).at()).isEqualTo(scene.time.now());
    }

    @Test
    void survives_the_wrap_of_the_monotonic_clock() {
        StateWait before = scene.forAll("a").toReach("up").within(ofMinutes(50)).open();
        StateWait beyond = scene.forAll("a").toReach("up").within(ofMinutes(70)).open();

        scene.pass(ofMinutes(60)); // the virtual clock wraps here
        assertThat(before.poll()).isTrue();
        assertThat(beyond.poll()).isFalse();
        scene.pass(ofMinutes(10));
        assertThat(beyond.poll()).isTrue();
    }
}
