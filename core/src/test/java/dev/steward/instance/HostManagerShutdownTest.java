package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HostManagerShutdownTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void takes_everything_down_and_is_finished() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b"), Scene.spec("c").withManagement(Management.DOCKER))
                .settle();

        CompletableFuture<ShutdownAnswer> answer = scene.host.die(LIMIT);
        assertThat(scene.host.requestAll(TargetState.UP).join().isAccepted()).isFalse();
        scene.settle();

        assertThat(scene.step).isEqualTo(Step.finished());
        assertThat(answer.join().isClean()).isTrue();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.messages()).contains("a: stopping: shutting down", "host: shut down");
        assertThat(scene.host.die(LIMIT)).isCompletedWithValue(answer.join());
        assertThat(scene.driver.closed).isFalse();
    }

    @Test
    void what_is_left_at_the_limit_is_named_in_an_event_and_in_the_answer() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b")).settle();
        scene.driver.isDeaf("a");
        CompletableFuture<ShutdownAnswer> answer = scene.host.die(LIMIT);
        scene.takeEvents();

        scene.run(LIMIT.minus(Scene.NANO));
        assertThat(answer).isNotDone();
        scene.takeEvents();
        scene.run(Scene.NANO);

        assertThat(scene.step.isFinished()).isTrue();
        assertThat(answer.join().left()).containsExactly("a (pid 100)");
        assertThat(scene.takeEvents()).containsExactly("a stopping FAILED");
        assertThat(scene.messages())
                .contains("a: pid 100 is left behind after 20 s", "host: shut down, leaving [a (pid 100)]");
    }

    @Test
    void the_nearer_of_two_limits_counts() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");

        CompletableFuture<ShutdownAnswer> first = scene.host.die(LIMIT);
        scene.run(Duration.ofSeconds(1));
        CompletableFuture<ShutdownAnswer> second = scene.host.die(Duration.ofSeconds(2));
        scene.host.die(Duration.ofMinutes(2));
        scene.run(Duration.ofSeconds(2));

        assertThat(first.join()).isEqualTo(second.join());
    }

    @Test
    void survivors_are_waited_for_too() {
        Scene scene = Scene.of();
        scene.driver.runs("ghost", new Incarnation("old-1"));
        scene.driver.isDeaf("ghost");
        CompletableFuture<ShutdownAnswer> answer = scene.host.die(LIMIT);

        scene.run(Duration.ofSeconds(10));
        assertThat(answer).isNotDone();
        scene.driver.exits("ghost", 0);
        scene.settle();

        assertThat(answer.join().isClean()).isTrue();
    }

    @Test
    void a_driver_that_never_tells_what_runs_does_not_hold_it_beyond_the_limit() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.answersLooks = false;
        CompletableFuture<ShutdownAnswer> answer = scene.host.die(LIMIT);

        scene.run(LIMIT);

        assertThat(answer.join().left()).containsExactly("not known: the driver has not told what runs");
    }

    @Test
    void a_successor_does_not_come_any_more() {
        ConfigSource[] site = {SiteConfig.of(Scene.spec("a"))};
        Scene scene = new Scene(() -> site[0].load()).settle();
        scene.driver.isDeaf("a");
        site[0] = SiteConfig.of(Scene.spec("a").withAgentClass("Other"));
        scene.host.update(List.of(), true);
        scene.settle();

        scene.host.die(LIMIT);
        scene.settle();
        scene.driver.exits("a", 0);
        scene.settle();

        assertThat(scene.step.isFinished()).isTrue();
        assertThat(scene.driver.takeOrders())
                .filteredOn(order -> order.startsWith("launch"))
                .hasSize(1);
    }

    @Test
    void close_kills_nothing_and_completes_a_shutdown_with_what_is_left() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        CompletableFuture<ShutdownAnswer> answer = scene.host.die(LIMIT);
        scene.settle();
        scene.driver.takeOrders();

        scene.close();

        assertThat(answer.join().left()).containsExactly("a (pid 100)");
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.driver.alive).hasSize(1);
    }

    @Test
    void close_is_refused_during_a_pass() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.beforeEachCall = call -> {
            if (call.equals("open")) {
                assertThatIllegalStateException().isThrownBy(scene.host::close);
            }
        };
        scene.settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_negative_limit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scene.of().host.die(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }
}
