package dev.steward.await;

import static dev.steward.await.NameResult.Outcome.CANCELLED;
import static dev.steward.await.NameResult.Outcome.FINISHED;
import static dev.steward.await.NameResult.Outcome.PENDING;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cancelling names, closing waits, and what is left of them. */
class StateWaitEndingTest {
    private final Scene scene = Scene.onOurFeed();
    private final WaitIndex index = (WaitIndex) scene.ours.tap(WaitIndex::new);

    static Stream<Scene> scenes() {
        return Stream.of(Scene.onOurFeed(), Scene.onForeignFeed());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void cancels_a_name_once_and_only_if_it_is_pending(Scene scene) {
        StateWait wait = scene.forAll("a", "b", "c").toReach("up").open();
        scene.enter("a", "up");
        wait.poll();

        assertThat(wait.cancel(Scene.NODE, "b")).isTrue();
        assertThat(wait.cancel(Scene.NODE, "b")).isFalse();
        assertThat(wait.cancel(Scene.NODE, "a")).isFalse();
        assertThat(wait.cancel(Scene.NODE, "x")).isFalse();
        assertThat(wait.cancel(Scene.LIGHT, "c")).isFalse();

        scene.enter("b", "up");
        scene.enter("c", "up");
        assertThat(wait.poll()).isTrue();
        assertThat(wait.result().names(CANCELLED)).containsExactly("b");
        assertThat(wait.result().names(FINISHED)).containsExactly("a", "c");
    }

    @Test
    void cancels_its_own_names_only() {
        StateWait mine = scene.forAll("a").toReach("up").open();
        StateWait other = scene.forAll("a").toReach("up").open();

        mine.cancel(Scene.NODE, "a");
        scene.enter("a", "up");

        assertThat(mine.result().names(CANCELLED)).containsExactly("a");
        assertThat(other.result().names(FINISHED)).containsExactly("a");
    }

    @Test
    void is_settled_when_the_last_pending_name_is_cancelled_and_wants_one_more_pass() {
        List<String> woken = new ArrayList<>();
        StateWait wait = scene.forAll("a").toReach("up").within(ofSeconds(9)).open();
        wait.manageOnce();
        wait.wakeWith(() -> woken.add("woken"));

        wait.cancel(Scene.NODE, "a");

        assertThat(wait.isSettled()).isTrue();
        assertThat(woken).containsExactly("woken");
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void cancels_what_is_pending_when_it_is_closed_and_ignores_what_comes_later(Scene scene) {
        StateWait wait = scene.forAll("a", "b").toReach("up").open();
        scene.enter("a", "up");
        wait.poll();

        wait.close();
        wait.close();
        WaitResult closed = wait.result();
        scene.enter("b", "up");
        scene.fail("b");

        assertThat(closed.names(FINISHED)).containsExactly("a");
        assertThat(closed.names(CANCELLED)).containsExactly("b");
        assertThat(closed.names(PENDING)).isEmpty();
        assertThat(wait.poll()).isTrue();
        assertThat(wait.manageOnce()).isEqualTo(Step.finished());
        assertThat(wait.cancel(Scene.NODE, "b")).isFalse();
        assertThat(wait.result()).isEqualTo(closed);
    }

    @Test
    void leaves_nothing_in_the_index_of_the_feed() {
        List<StateWait> waits = new ArrayList<>();
        String[] names = IntStream.range(0, 1_000).mapToObj(i -> "n" + i).toArray(String[]::new);
        for (int i = 0; i < 20; i++) {
            waits.add(scene.forAll(names).toReach("down", "up").open());
        }
        assertThat(index.size()).isEqualTo(20_000);

        for (int i = 0; i < 500; i++) {
            scene.enter(names[i], "down", "up");
        }
        assertThat(index.size()).isEqualTo(10_000);
        waits.forEach(StateWait::close);

        assertThat(index.size()).isZero();
        assertThat(index.capacity()).isEqualTo(16);
    }

    @Test
    void leaves_a_foreign_feed_when_it_is_closed_or_settled() {
        CountingFeed feed = new CountingFeed(scene.ours);
        StateWait closed = StateWait.on(feed, scene.time)
                .forAll(Scene.NODE, "a")
                .toReach("up")
                .open();
        StateWait settled = StateWait.on(feed, scene.time)
                .forAll(Scene.NODE, "a")
                .toReach("up")
                .open();
        assertThat(feed.open).isEqualTo(2);

        closed.close();
        scene.enter("a", "up");
        settled.poll();
        settled.close();

        assertThat(feed.open).isZero();
    }

    @Test
    void is_closed_although_the_foreign_feed_does_not_let_it_go() {
        CountingFeed feed = new CountingFeed(scene.ours);
        feed.throwOnClose = true;
        StateWait wait = StateWait.on(feed, scene.time)
                .forAll(Scene.NODE, "a")
                .toReach("up")
                .open();
        var future = wait.future();

        assertThatThrownBy(wait::close).hasMessage("cannot close");

        assertThat(wait.isSettled()).isTrue();
        assertThat(future)
                .isCompletedWithValueMatching(result -> result.names(CANCELLED).size() == 1);
        wait.close();
    }

    /** Counts the cursors that are open. */
    private static final class CountingFeed extends DelegatingFeed {
        private int open;
        private boolean throwOnClose;

        private CountingFeed(StateFeed feed) {
            super(feed);
        }

        @Override
        protected Subscription opened(Subscription cursor) {
            open++;
            return new Cursor(cursor) {
                @Override
                public void close() {
                    open--;
                    super.close();
                    if (throwOnClose) {
                        throw new IllegalStateException("cannot close");
                    }
                }
            };
        }
    }
}
