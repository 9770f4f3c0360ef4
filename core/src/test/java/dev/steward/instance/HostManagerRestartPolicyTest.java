package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.Reason;
import dev.steward.event.StateEvent;
import dev.steward.instance.StubDriver.Launching;
import dev.steward.loop.Step;
import dev.steward.notify.Notification;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to an instance that ends by itself: when it is launched again, when it is given up, and who is told. */
class HostManagerRestartPolicyTest {
    private static final Duration NANO = Scene.NANO;
    private static final Duration HOUR = Duration.ofHours(1);

    private static InstanceSpec with(RestartPolicy policy) {
        return InstanceSpec.of("a", "/bin/a").withRestart(policy);
    }

    private static Scene upWith(RestartPolicy policy) {
        Scene scene = Scene.of(with(policy)).settle();
        scene.takeEvents();
        scene.driver.takeOrders();
        return scene;
    }

    private static List<String> notifications(Scene scene) {
        return scene.host.notifications().stream().map(Notification::text).toList();
    }

    @Test
    void by_default_the_first_restart_is_at_once_and_the_others_wait_longer_and_longer() {
        Scene scene = upWith(RestartPolicy.standard());
        List<Duration> pauses = new ArrayList<>();

        for (int i = 0; i < 7; i++) {
            scene.driver.exits("a", 1);
            long from = scene.time.nanos();
            scene.settle();
            while (scene.driver.takeOrders().isEmpty()) {
                scene.time.advance(scene.step.delay());
                scene.settle();
            }
            pauses.add(Duration.ofNanos(scene.time.nanos() - from));
        }

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(0L, 3L, 6L, 12L, 24L, 30L, 30L);
        assertThat(scene.instance("a").restarts()).isEqualTo(7);
    }

    @Test
    void the_first_restart_at_once_shows_the_down_in_between_and_takes_one_pass() {
        Scene scene = upWith(RestartPolicy.standard());

        scene.driver.exits("a", 1);
        scene.host.manageOnce();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
    }

    @Test
    void ten_healthy_seconds_begin_anew_and_not_a_nanosecond_less() {
        Scene scene = upWith(RestartPolicy.standard());
        scene.driver.exits("a", 1);
        scene.run(Duration.ofSeconds(10).minus(NANO));

        scene.driver.exits("a", 1);
        scene.settle();
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code 1, next start in 3 s");
        scene.run(Duration.ofSeconds(3));

        scene.run(Duration.ofSeconds(10));
        scene.driver.exits("a", 1);
        scene.settle();
        assertThat(scene.takeEvents()).endsWith("a down", "a starting", "a up");
    }

    @Test
    void is_given_up_once_and_said_so_on_the_feed_and_to_the_operators() {
        Scene scene = upWith(RestartPolicy.standard().withGiveUp(2, HOUR));
        scene.driver.exits("a", 1);
        scene.settle();
        scene.takeEvents();

        scene.driver.exits("a", 3);
        scene.settle();

        StateEvent last = scene.lastEvent();
        assertThat(last.isFailure()).isTrue();
        assertThat(last.cause().code()).isEqualTo(InstanceCause.GAVE_UP);
        assertThat(last.cause().text()).isEqualTo("given up after 2 failures within 3600 s: exit code 3");
        assertThat(scene.takeEvents()).containsExactly("a down", "a failed FAILED");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.FAILED);
        assertThat(scene.instance("a").view().targetState()).isEqualTo(TargetState.UP);
        assertThat(notifications(scene)).singleElement().asString().contains("given up after 2 failures");
        assertThat(scene.step).isEqualTo(Step.parked());
        scene.driver.takeOrders();
        scene.run(HOUR);
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).isEmpty();
    }

    private static Scene givenUp() {
        Scene scene = upWith(RestartPolicy.standard().withGiveUp(1, HOUR));
        scene.driver.exits("a", 1);
        scene.settle();
        assertThat(scene.takeEvents()).endsWith("a failed FAILED");
        scene.driver.takeOrders();
        return scene;
    }

    @Test
    void asking_for_up_launches_what_was_given_up_and_clears_the_notification() {
        Scene scene = givenUp();

        scene.host.update(List.of(TargetRequest.up("a")), false);
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(notifications(scene)).isEmpty();
    }

    @Test
    void asking_for_down_makes_what_was_given_up_down() {
        Scene scene = givenUp();

        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(notifications(scene)).isEmpty();
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void another_configuration_launches_what_was_given_up_and_the_same_does_not() {
        List<InstanceSpec> configured =
                new ArrayList<>(List.of(with(RestartPolicy.standard().withGiveUp(1, HOUR))));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        scene.driver.exits("a", 1);
        scene.settle();
        scene.takeEvents();

        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.takeEvents()).isEmpty();

        configured.set(0, with(RestartPolicy.standard().withGiveUp(2, HOUR)));
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
    }

    @Test
    void what_has_completed_stays_down_without_a_failure_and_is_launched_when_asked_for() {
        Scene scene = upWith(RestartPolicy.onFailure());

        scene.driver.exits("a", 0);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.COMPLETED);
        assertThat(scene.host.explain("a")).contains("exit code 0, has completed");
        assertThat(scene.step).isEqualTo(Step.parked());
        scene.run(HOUR);
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(notifications(scene)).isEmpty();

        scene.host.update(List.of(TargetRequest.up("a")), false);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
    }

    @Test
    void what_is_never_launched_again_has_completed_or_was_given_up_by_its_code() {
        Scene good = upWith(RestartPolicy.never());
        good.driver.exits("a", 0);
        good.settle();
        assertThat(good.takeEvents()).containsExactly("a down");

        Scene bad = upWith(RestartPolicy.never());
        bad.driver.exits("a", 5);
        bad.settle();
        assertThat(bad.takeEvents()).containsExactly("a down", "a failed FAILED");
        assertThat(bad.instance("a").cause().text()).isEqualTo("is not launched again: exit code 5");
    }

    @Test
    void what_lingers_of_one_that_was_given_up_is_stopped_all_the_same() {
        Scene scene = upWith(RestartPolicy.never());

        scene.driver.leaves("a", 5);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.driver.alive).isEmpty();
        assertThat(scene.takeEvents()).containsExactly("a down", "a failed FAILED");
    }

    @Test
    void a_refused_launch_is_never_tried_again_at_once() {
        Scene scene = Scene.of(with(RestartPolicy.standard()));
        scene.driver.launching = Launching.IS_REFUSED;
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.run(Duration.ofSeconds(3).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        scene.run(Duration.ofSeconds(3));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        scene.run(Duration.ofSeconds(6));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void a_launch_that_can_never_succeed_fails_once_per_cause_and_is_tried_on() {
        Scene scene = Scene.of(with(RestartPolicy.reference()));
        scene.driver.launching = Launching.IS_REFUSED;
        scene.run(Duration.ofSeconds(7));
        assertThat(scene.takeEvents())
                .containsExactly(
                        "a starting", "a down", "a down FAILED", "a starting", "a down", "a starting", "a down");
        assertThat(notifications(scene))
                .singleElement()
                .asString()
                .contains("cannot be launched", "no such program: /x");
        assertThat(scene.driver.takeOrders()).hasSize(3);

        scene.driver.refusal = new Reason(LaunchFailure.NO_DIRECTORY, "no such directory: /d");
        scene.run(Duration.ofSeconds(6));
        assertThat(scene.takeEvents()).containsExactly("a starting", "a down", "a down FAILED", "a starting", "a down");
        assertThat(notifications(scene)).singleElement().asString().contains("no such directory: /d");

        scene.driver.launching = Launching.RUNS;
        scene.run(Duration.ofSeconds(3));
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(notifications(scene)).isEmpty();
    }

    @Test
    void a_refusal_that_may_pass_is_no_failure_event() {
        Scene scene = Scene.of(with(RestartPolicy.reference()));
        scene.driver.launching = Launching.IS_REFUSED;
        scene.driver.refusal = new Reason(LaunchFailure.NO_RESOURCES, "no more processes");

        scene.run(Duration.ofSeconds(4));

        assertThat(scene.takeEvents()).containsExactly("a starting", "a down", "a starting", "a down");
        assertThat(notifications(scene)).isEmpty();
    }

    @Test
    void wanted_down_a_hopeless_launch_is_no_worry_any_more() {
        Scene scene = Scene.of(with(RestartPolicy.reference()));
        scene.driver.launching = Launching.IS_REFUSED;
        scene.settle();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();

        assertThat(notifications(scene)).isEmpty();
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void refused_launches_count_for_giving_up() {
        Scene scene = Scene.of(with(RestartPolicy.reference().withGiveUp(3, HOUR)));
        scene.driver.launching = Launching.IS_REFUSED;

        scene.run(Duration.ofMinutes(1));

        assertThat(scene.driver.takeOrders()).hasSize(3);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.FAILED);
        assertThat(scene.instance("a").cause().text()).contains("given up after 3 failures", "no such program: /x");
    }

    @Test
    void an_end_of_which_nobody_knows_the_code_counts_as_a_failure() {
        Scene scene = upWith(RestartPolicy.onFailure());

        scene.driver.vanishes("a");
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
        assertThat(scene.instance("a").exit()).contains(ExitStatus.unknown());
    }

    @Test
    void jitter_makes_two_runs_equal() {
        RestartPolicy policy = RestartPolicy.standard()
                .withBackoff(Backoff.constant(Duration.ofSeconds(10)).withJitter(0.5));
        assertThat(pauses(policy)).isEqualTo(pauses(policy));
    }

    private static List<String> pauses(RestartPolicy policy) {
        Scene scene = upWith(policy);
        List<String> causes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scene.driver.exits("a", 1);
            scene.settle();
            causes.add(scene.instance("a").cause().text());
            scene.run(Duration.ofSeconds(16));
        }
        return causes;
    }

    @Test
    void a_stop_that_was_asked_for_is_never_a_failure() {
        Scene scene = upWith(RestartPolicy.standard().withGiveUp(1, HOUR));

        for (int i = 0; i < 3; i++) {
            scene.host.requestAll(TargetState.DOWN);
            scene.settle();
            scene.host.requestAll(TargetState.UP);
            scene.settle();
        }

        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.instance("a").view().failTimes()).isEmpty();
    }

    @Test
    void the_limit_of_a_start_ends_in_a_look_and_not_in_a_second_copy() {
        Scene scene = Scene.of(with(RestartPolicy.standard())
                .withStartup(
                        StartPlan.standard().withLimit(Duration.ofSeconds(2)).withRetry(Duration.ofSeconds(1))));
        scene.driver.launching = Launching.IS_LOST;
        scene.settle();
        scene.run(Duration.ofSeconds(2).minus(NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("look 1");
        scene.run(Duration.ofSeconds(1).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }
}
