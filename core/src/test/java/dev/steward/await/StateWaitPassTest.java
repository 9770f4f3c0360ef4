package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.FAILED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.GAP;
import static dev.steward.await.NameResult.Outcome.TIMED_OUT;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wait as a loop: when it wants a pass, what wakes it, and what happens if something throws. */
class StateWaitPassTest {
    private final Scene scene = Scene.onOurFeed();
    private final List<String> woken = new ArrayList<>();

    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void parks_until_woken_and_is_finished_when_it_is_settled(Scene scene) {
        StateWait wait = scene.forAll("a", "b").toReach("up").named("boot").open();
        wait.wakeWith(() -> woken.add("woken"));
        assertThat(wait.name()).isEqualTo("boot");
        assertThat(wait.manageOnce()).isEqualTo(Step.parked());

        scene.enter("a", "up");
        assertThat(woken).hasSize(1);
        assertThat(wait.manageOnce()).isEqualTo(Step.parked());
        assertThat(wait).hasToString("StateWait[boot, 1 of 2 pending]");
        scene.enter("b", "up");

        assertThat(woken).hasSize(2);
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
    }

    @Test
    void is_woken_once_for_all_that_happens_between_two_passes() {
        StateWait wait = scene.forAll("a", "b", "c").toReach("up").open();
        wait.wakeWith(() -> woken.add("woken"));

        scene.enter("a", "up");
        scene.enter("b", "up");
        assertThat(woken).hasSize(1);
        wait.manageOnce();
        scene.enter("c", "up");

        assertThat(woken).hasSize(2);
    }

    @Test
    void is_not_woken_by_what_nobody_wants_to_know() {
        StateWait wait = scene.forAll("a").toReach("down", "up").open();
        wait.wakeWith(() -> woken.add("woken"));

        scene.enter("b", "up");
        scene.enter("a", "up");
        scene.enter("a", "down");

        assertThat(woken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void wakes_a_runner_that_comes_after_the_wake_up(Scene scene) {
        StateWait wait = scene.forAll("a").toReach("up").open();
        scene.enter("a", "up");

        wait.wakeWith(() -> woken.add("woken"));

        assertThat(woken).containsExactly("woken");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void goes_on_when_a_wake_up_throws_and_wakes_again(Scene scene) {
        StateWait broken = scene.forAll("a", "b").toReach("up").open();
        StateWait sound = scene.forAll("a", "b").toReach("up").open();
        broken.wakeWith(() -> {
            woken.add("broken");
            throw new IllegalStateException("no runner");
        });
        sound.wakeWith(() -> woken.add("sound"));

        scene.enter("a", "up");

        assertThat(woken).containsExactlyInAnyOrder("broken", "sound");
        assertThat(broken.poll()).isFalse();
        assertThat(broken.result().names(FINISHED)).containsExactly("a");
    }

    @Test
    void tries_again_to_wake_although_no_pass_was_made_since_the_wake_up_threw() {
        StateWait wait = scene.forAll("a", "b").toReach("up").open();
        wait.wakeWith(() -> {
            woken.add("tried");
            throw new IllegalStateException("no runner");
        });

        scene.enter("a", "up");
        scene.enter("b", "up");

        assertThat(woken).hasSize(2);
    }

    @Test
    void refuses_a_pass_within_a_pass() {
        List<Throwable> seen = new ArrayList<>();
        StateWait[] wait = new StateWait[1];
        wait[0] = scene.forAll("a")
                .toReach("up")
                .onProgress(news -> {
                    try {
                        wait[0].manageOnce();
                    } catch (IllegalStateException twice) {
                        seen.add(twice);
                    }
                    assertThat(wait[0].poll()).isTrue();
                })
                .open();
        scene.enter("a", "up");

        wait[0].manageOnce();

        assertThat(seen)
                .singleElement()
                .hasToString("java.lang.IllegalStateException: two passes at once of loop 'wait'");
    }

    @Test
    void runs_beside_other_loops_below_a_composite() {
        StateWait wait = scene.forAll("a").toReach("up").within(ofSeconds(30)).open();
        CompositeLoop all = CompositeLoop.of("main", scene.time, wait);
        all.wakeWith(() -> woken.add("woken"));
        assertThat(all.manageOnce()).isEqualTo(Step.after(ofSeconds(30)));

        scene.enter("a", "up");

        assertThat(woken).isNotEmpty();
        assertThat(all.manageOnce()).isEqualTo(Step.finished());
    }

    @Test
    void runs_under_an_invoker_until_it_is_settled() throws InterruptedException {
        TimeSource time = TimeSource.system();
        InMemoryStateFeed feed = new InMemoryStateFeed(time);
        StateWait wait =
                StateWait.on(feed, time).forAll(Scene.NODE, "a").toReach("up").open();
        Thread publisher = new Thread(() -> feed.publish(StateChange.entered(Scene.NODE, "a", "up")));
        publisher.start();

        assertThat(new LoopInvoker(time).run(wait, wait::isSettled)).isTrue();
        publisher.join();
    }

    @Test
    void ends_as_a_gap_what_a_foreign_feed_has_overrun() {
        Scene foreign = Scene.onForeignFeed(4);
        StateWait wait = foreign.forAll("a", "b", "c").toReach("up").open();
        foreign.enter("a", "up");
        foreign.fail("b");
        wait.manageOnce();

        foreign.enter("x", "1", "2", "3", "4");
        foreign.enter("c", "up");
        wait.manageOnce();

        assertThat(wait.result().names(FINISHED)).containsExactly("a");
        assertThat(wait.result().names(FAILED)).containsExactly("b");
        assertThat(wait.result().names(GAP)).containsExactly("c");
    }

    @Test
    void times_out_although_the_foreign_feed_throws_and_reads_on_when_it_is_well_again() {
        ThrowingFeed feed = new ThrowingFeed(scene.ours);
        StateWait wait = StateWait.on(feed, scene.time)
                .forAll(Scene.NODE, "a")
                .toReach("up")
                .within(ofSeconds(10))
                .forAll(Scene.NODE, "b")
                .toReach("up")
                .open();
        var future = wait.future();

        feed.broken = true;
        scene.enter("b", "up");
        scene.pass(ofSeconds(10));
        assertThatThrownBy(wait::manageOnce).hasMessage("feed is broken");
        assertThat(wait.result().names(TIMED_OUT)).containsExactly("a");
        assertThat(future).isNotCompleted();

        feed.broken = false;
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
        assertThat(wait.result().names(FINISHED)).containsExactly("b");
        assertThat(future).isCompleted();
    }

    @Test
    void is_not_awaited_on_a_clock_that_does_not_pass_by_itself() {
        StateWait wait = scene.forAll("a").toReach("up").open();

        assertThatThrownBy(wait::await)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("StateWait.await")
                .hasMessageContaining(VirtualTime.class.getSimpleName());
    }

    /** A feed whose cursors throw when told to. */
    private static final class ThrowingFeed extends DelegatingFeed {
        private boolean broken;

        private ThrowingFeed(StateFeed feed) {
            super(feed);
        }

        @Override
        protected Subscription opened(Subscription cursor) {
            return new Cursor(cursor) {
                @Override
                public int poll(StateListener listener) {
                    if (broken) {
                        throw new IllegalStateException("feed is broken");
                    }
                    return super.poll(listener);
                }
            };
        }
    }
}
