package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One instance from start to stop: what is ordered when, and what is told of it. */
class HostManagerLifeTest {
    private static final Duration NANO = Scene.NANO;

    @Test
    void starts_what_is_wanted_up_and_parks() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").withStart(TargetState.DOWN));

        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.step).isEqualTo(Step.parked());
        assertThat(scene.instance("a").pid()).hasValue(100);
        assertThat(scene.instance("a").nextAction()).isEqualTo(NextAction.UP);
        assertThat(scene.instance("b").state()).isEqualTo(RunState.DOWN);
        assertThat(scene.host.explain("a")).startsWith("a:a is up for 0 s: pid 100\nwanted up; nothing to do");
    }

    @Test
    void decides_nothing_before_the_first_census() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.answersLooks = false;

        scene.run(Duration.ofSeconds(14));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.host.explain("a")).contains("next: launch, once the driver has told what runs");

        // after 15 s it asks again, and the answer puts it in step
        scene.driver.answersLooks = true;
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("look 1", "launch a");
    }

    @Test
    void looks_again_if_the_first_look_fails() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.lookTrouble = "no list of processes";

        scene.settle();
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.host.notifications())
                .singleElement()
                .satisfies(notification -> assertThat(notification.text()).contains("no list of processes"));

        scene.driver.lookTrouble = "";
        scene.run(Duration.ofSeconds(5));
        assertThat(scene.driver.takeOrders()).containsExactly("look 1", "launch a");
        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void restarts_three_seconds_after_an_unexpected_exit_and_not_a_nanosecond_earlier() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.driver.exits("a", 3);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code 3, next start in 3 s");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.EXITED);
        assertThat(scene.instance("a").exit()).contains(ExitStatus.of(3));
        assertThat(scene.instance("a").pid()).isEmpty();
        assertThat(scene.instance("a").nextAction()).isEqualTo(NextAction.START_AT);
        assertThat(scene.instance("a").at()).contains(Instant.parse("2020-01-01T00:00:03Z"));

        scene.run(Duration.ofSeconds(3).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.time.advance(NANO);
        scene.host.manageOnce(); // one pass from the deadline to the launch
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
        assertThat(scene.instance("a").restarts()).isEqualTo(1);
        assertThat(scene.instance("a").stability()).isZero();
        assertThat(scene.instance("a").failTimes()).containsExactly(Instant.parse("2020-01-01T00:00:00Z"));
        scene.run(Duration.ofSeconds(7));
        assertThat(scene.instance("a").stability()).isEqualTo(0.5);
        assertThat(scene.instance("a").uptime()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_wall_clock_set_back_an_hour_delays_nothing() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.exits("a", 1);
        scene.settle();
        scene.driver.takeOrders();

        scene.time.stepWall(Duration.ofHours(-1));
        scene.run(Duration.ofSeconds(3));

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.instance("a").since()).isEqualTo(Instant.parse("2019-12-31T23:00:03Z"));
    }

    @Test
    void an_exit_while_starting_does_not_wait_for_the_limit() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = StubDriver.Launching.RUNS_UNANSWERED;
        scene.settle();
        scene.takeEvents();

        scene.driver.exits("a", 127);
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code 127, next start in 3 s");
    }

    @Test
    void a_refused_launch_is_tried_again_after_the_restart_delay() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = StubDriver.Launching.IS_REFUSED;

        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a starting", "a down", "a down FAILED");
        assertThat(scene.instance("a").cause().text()).isEqualTo("no such program: /x, next start in 3 s");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.LAUNCH_REFUSED);

        scene.driver.takeOrders();
        scene.run(Duration.ofSeconds(30));
        assertThat(scene.driver.takeOrders()).hasSize(10).containsOnly("launch a");
        assertThat(scene.instance("a").exit()).isEmpty();
    }

    @Test
    void stops_signal_by_signal_at_the_exact_end_of_each_grace() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.driver.deafTo.get("a").remove(Signal.KILL);
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping");
        scene.run(Duration.ofSeconds(5).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a");
        scene.run(Duration.ofSeconds(4).minus(NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("KILL a");
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.STOPPED);
        assertThat(scene.instance("a").failTimes()).isEmpty();
    }

    @Test
    void a_stop_lasts_until_the_whole_tree_is_gone() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.takeEvents();

        scene.driver.leaves("a", 0);
        scene.run(Duration.ofSeconds(9));
        assertThat(scene.driver.takeOrders()).endsWith("INT a", "TERM a", "KILL a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STOPPING);

        scene.driver.isGone("a");
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").cause().text()).isEqualTo("exit code 0");
    }

    @Test
    void an_unkillable_one_fails_once_and_gets_the_last_signal_again_and_again() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.host.requestAll(TargetState.DOWN);
        scene.takeEvents();

        scene.run(Duration.ofSeconds(11).minus(NANO));
        assertThat(scene.takeEvents()).containsExactly("a stopping");
        scene.run(NANO);
        assertThat(scene.takeEvents()).containsExactly("a stopping FAILED");
        assertThat(scene.instance("a").cause().text()).isEqualTo("pid 100 refuses to die");

        scene.driver.takeOrders();
        scene.run(Duration.ofSeconds(10));
        assertThat(scene.driver.takeOrders().stream().filter(order -> order.equals("KILL a")))
                .hasSize(5);
        assertThat(scene.takeEvents()).isEmpty();
        scene.driver.exits("a", 0);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down");
    }

    @Test
    void one_that_refused_to_die_and_is_wanted_up_is_taken_back_instead_of_doubled() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.host.requestAll(TargetState.UP);
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.run(Duration.ofSeconds(11));

        assertThat(scene.takeEvents()).containsExactly("a up");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.TAKEN_BACK);
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.driver.takeOrders()).doesNotContain("launch a");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void down_and_up_again_at_once_shows_the_down() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.host.requestAll(TargetState.UP);
        scene.takeEvents();

        scene.run(Duration.ofSeconds(5));

        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
    }

    @Test
    void a_target_that_goes_down_cancels_a_restart_at_once() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.exits("a", 1);
        scene.settle();
        scene.driver.takeOrders();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.CANCELLED);
        assertThat(scene.step).isEqualTo(Step.parked());
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void what_lingers_after_an_unexpected_exit_is_stopped_and_nothing_is_launched_beside_it() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        scene.takeEvents();
        scene.driver.takeOrders();

        scene.driver.leaves("a", 1);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");

        scene.run(Duration.ofSeconds(4));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").cause().text()).isEqualTo("earlier process pid 100 still there");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.EARLIER_PROCESS);
        assertThat(scene.host.explain("a")).contains("put off", "pid 100, left behind by its first process");

        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a", "launch a");
        assertThat(scene.host.notifications()).isEmpty();
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void two_passes_from_inside_throw() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.beforeEachCall = call -> {
            if (call.equals("launch")) {
                scene.host.manageOnce();
            }
        };

        scene.settle();

        assertThat(scene.messages())
                .contains("a: the driver failed to launch: IllegalStateException: two passes at once of loop 'host'");
    }
}
