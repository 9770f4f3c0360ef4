package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.LeverProbe.Lever;
import dev.steward.instance.RestartAnswer.Verdict;
import dev.steward.instance.StubDriver.Launching;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What people ask for: restarts of one or several, signals, and the last lines of output. */
class HostManagerOperationsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Scene up(InstanceSpec... specs) {
        Scene scene = Scene.of(specs).settle();
        scene.takeEvents();
        scene.driver.takeOrders();
        return scene;
    }

    private static List<Verdict> verdicts(CompletableFuture<RestartAnswer> answer) {
        assertThat(answer).isDone();
        return answer.join().outcomes().stream()
                .map(RestartAnswer.Outcome::verdict)
                .toList();
    }

    private static String text(CompletableFuture<RestartAnswer> answer) {
        return answer.join().outcomes().get(0).text();
    }

    @Test
    void a_restart_stops_by_the_plan_and_launches_at_once() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"));
        scene.driver.deafTo.put("a", Set.of(Signal.INT));

        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        assertThat(answer).isNotDone();
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.RESTART_REQUESTED);
        scene.run(Duration.ofSeconds(5));

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "TERM a", "launch a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down", "a starting", "a up");
        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
        assertThat(answer.join().isDone()).isTrue();
        assertThat(scene.instance("a").restarts()).isEqualTo(1);
        assertThat(scene.instance("a").failTimes()).isEmpty();
        assertThat(scene.instance("a").view().targetState()).isEqualTo(TargetState.UP);
    }

    @Test
    void several_are_restarted_together() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"), Scene.spec("c"));

        var answer = scene.host.restart(List.of("c", "a", "c"), RestartOrder.TOGETHER);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactlyInAnyOrder("INT c", "INT a", "launch c", "launch a");
        assertThat(answer.join().outcomes().stream().map(RestartAnswer.Outcome::name))
                .containsExactly("c", "a");
    }

    @Test
    void rolling_one_is_up_again_before_the_next_is_stopped() {
        LeverProbe probe = new LeverProbe(Lever.WELL);
        Health health = Health.unprobed().withReadiness(ProbePlan.readiness(probe));
        Scene scene = up(Scene.spec("a").withHealth(health), Scene.spec("b"), Scene.spec("c"));
        probe.lever = Lever.UNWELL;

        var answer = scene.host.restart(List.of("b", "a", "c"), RestartOrder.ROLLING);
        scene.run(Duration.ofSeconds(10));
        assertThat(scene.driver.takeOrders()).containsExactly("INT b", "launch b", "INT a", "launch a");

        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("INT c", "launch c");
        assertThat(verdicts(answer)).containsOnly(Verdict.RESTARTED).hasSize(3);
    }

    @Test
    void rolling_stops_at_the_first_failure() {
        Scene scene = up(
                Scene.spec("a"),
                Scene.spec("b"),
                Scene.spec("c"),
                Scene.spec("d").withStart(TargetState.DOWN));

        var answer = scene.host.restart(List.of("a", "b", "d", "nobody", "c"), RestartOrder.ROLLING);
        scene.driver.beforeEachCall = call -> {
            if (scene.driver.orders.contains("INT b")) {
                scene.driver.launching = Launching.IS_REFUSED;
            }
        };
        scene.run(Duration.ofMinutes(3));

        assertThat(verdicts(answer))
                .containsExactly(
                        Verdict.RESTARTED,
                        Verdict.FAILED,
                        Verdict.NOT_WANTED_UP,
                        Verdict.UNKNOWN_ID,
                        Verdict.NOT_TRIED);
        assertThat(answer.join().outcomes().get(1).text()).startsWith("not up again in time: ");
        assertThat(scene.driver.takeOrders()).doesNotContain("INT c");
        assertThat(answer.join().isDone()).isFalse();
    }

    @Test
    void a_restart_that_is_not_up_in_time_has_failed_at_its_limit() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.isDeaf("a");

        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        Duration limit = Duration.ofSeconds(11 + 60 + 15 + 1);
        scene.run(limit.minus(Scene.NANO));
        assertThat(answer).isNotDone();
        scene.run(Scene.NANO);

        assertThat(verdicts(answer)).containsExactly(Verdict.FAILED);
    }

    @Test
    void one_that_was_given_up_or_has_completed_is_started() {
        Scene gone = up(Scene.spec("a").withRestart(RestartPolicy.never()));
        gone.driver.exits("a", 1);
        gone.settle();
        assertThat(gone.instance("a").state()).isEqualTo(RunState.FAILED);
        var answer = gone.host.restart(List.of("a"), RestartOrder.ROLLING);
        gone.settle();
        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
        assertThat(gone.host.notifications()).isEmpty();

        Scene done = up(Scene.spec("a").withRestart(RestartPolicy.never()));
        done.driver.exits("a", 0);
        done.settle();
        answer = done.host.restart(List.of("a"), RestartOrder.ROLLING);
        done.settle();
        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
    }

    @Test
    void one_that_waits_for_its_next_start_is_started_at_once() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.exits("a", 1);
        scene.settle();

        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
    }

    @Test
    void one_that_runs_and_is_not_ready_yet_is_restarted_without_waiting_for_that() {
        LeverProbe probe = new LeverProbe(Lever.UNWELL);
        Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))));

        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(answer).isNotDone();
        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(1));

        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").failTimes()).isEmpty();
    }

    @Test
    void one_of_which_the_launch_is_not_answered_is_restarted_once_it_is_seen() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = Launching.RUNS_UNANSWERED;
        scene.settle();
        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.driver.launching = Launching.RUNS;
        scene.driver.tell(scene.driver.alive.get(scene.driver.life("a")));
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(verdicts(answer)).containsExactly(Verdict.RESTARTED);
    }

    @Test
    void one_that_is_being_stopped_for_a_restart_is_restarted_once() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.deafTo.put("a", Set.of(Signal.INT));

        var one = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        var other = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.run(Duration.ofMinutes(2));

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "TERM a", "launch a");
        assertThat(verdicts(one)).containsExactly(Verdict.RESTARTED);
        assertThat(verdicts(other)).containsExactly(Verdict.RESTARTED);
    }

    @Test
    void taken_down_meanwhile_it_has_failed() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();

        scene.host.requestAll(TargetState.DOWN);
        scene.run(Duration.ofSeconds(6));

        assertThat(verdicts(answer)).containsExactly(Verdict.FAILED);
        assertThat(text(answer)).isEqualTo("not wanted up any more");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        scene.run(HOUR);
        assertThat(scene.driver.takeOrders()).doesNotContain("launch a");
    }

    @Test
    void given_up_meanwhile_it_has_failed() {
        LeverProbe probe = new LeverProbe(Lever.WELL);
        Scene scene = up(Scene.spec("a")
                .withRestart(RestartPolicy.reference().withGiveUp(1, HOUR))
                .withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))));
        probe.lever = Lever.UNWELL;

        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.run(Duration.ofSeconds(15));

        assertThat(verdicts(answer)).containsExactly(Verdict.FAILED);
        assertThat(text(answer)).contains("given up after 1 failures");
    }

    @Test
    void removed_from_the_configuration_meanwhile_it_has_failed() {
        List<InstanceSpec> configured = new ArrayList<>(List.of(Scene.spec("a")));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        var answer = scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();

        configured.clear();
        scene.host.update(List.of(), true);
        scene.run(Duration.ofSeconds(6));

        assertThat(verdicts(answer)).containsExactly(Verdict.FAILED);
        assertThat(scene.host.instances()).isEmpty();
    }

    @Test
    void nobody_is_restarted_at_once() {
        Scene scene = up(Scene.spec("a"));

        var answer = scene.host.restart(List.of(), RestartOrder.ROLLING);
        scene.settle();

        assertThat(verdicts(answer)).isEmpty();
    }

    @Test
    void a_shutdown_ends_restarts_under_way_and_takes_no_more() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"));
        scene.driver.isDeaf("a");
        var answer = scene.host.restart(List.of("a", "b"), RestartOrder.ROLLING);
        scene.settle();

        scene.host.die(Duration.ofSeconds(20));
        var late = scene.host.restart(List.of("a"), RestartOrder.ROLLING);
        scene.settle();

        assertThat(verdicts(answer)).containsExactly(Verdict.CLOSED, Verdict.CLOSED);
        assertThat(verdicts(late)).containsExactly(Verdict.CLOSED);
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.driver.takeOrders()).doesNotContain("launch a", "launch b");
    }

    @Test
    void a_closed_manager_restarts_and_signals_nothing() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.isDeaf("a");
        var before = scene.host.restart(List.of("a"), RestartOrder.ROLLING);
        scene.settle();
        var posted = scene.host.restart(List.of("a"), RestartOrder.ROLLING);
        var signal = scene.host.signal("a", Signal.HUP);

        scene.close();

        assertThat(verdicts(before)).containsExactly(Verdict.CLOSED);
        assertThat(verdicts(posted)).containsExactly(Verdict.CLOSED);
        assertThat(signal).isCompletedWithValue(SignalAnswer.CLOSED);
        assertThat(verdicts(scene.host.restart(List.of("a"), RestartOrder.ROLLING)))
                .containsExactly(Verdict.CLOSED);
        assertThat(scene.host.signal("a", Signal.HUP)).isCompletedWithValue(SignalAnswer.CLOSED);
    }

    @Test
    void a_signal_is_sent_to_what_runs_and_is_no_stop() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b").withStart(TargetState.DOWN));
        scene.driver.isDeaf("a");

        var sent = scene.host.signal("a", Signal.HUP);
        var down = scene.host.signal("b", Signal.HUP);
        var unknown = scene.host.signal("nobody", Signal.HUP);
        scene.settle();

        assertThat(sent).isCompletedWithValue(SignalAnswer.SENT);
        assertThat(down).isCompletedWithValue(SignalAnswer.NOT_RUNNING);
        assertThat(unknown).isCompletedWithValue(SignalAnswer.UNKNOWN_ID);
        assertThat(scene.driver.takeOrders()).containsExactly("HUP a");
        assertThat(scene.takeEvents()).isEmpty();
    }

    @Test
    void what_ends_by_a_signal_is_launched_again() {
        Scene scene = up(Scene.spec("a"));

        scene.host.signal("a", Signal.TERM);
        scene.run(Duration.ofSeconds(3));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM a", "launch a");
        assertThat(scene.instance("a").failTimes()).hasSize(1);
    }

    @Test
    void a_tail_is_harmless_and_asked_for_by_at_least_one_line() {
        Scene scene = up(Scene.spec("a"));

        assertThat(scene.host.tail("a", Output.STDERR, 5)).containsExactly("a on STDERR\\u001b[31m");
        assertThatThrownBy(() -> scene.host.tail("a", Output.STDOUT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 lines of 'a'");
    }
}
