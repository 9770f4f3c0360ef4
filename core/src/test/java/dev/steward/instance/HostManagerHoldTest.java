package dev.steward.instance;

import static dev.steward.instance.HoldScene.HOUR;
import static dev.steward.instance.HoldScene.hold;
import static dev.steward.instance.HoldScene.notifications;
import static dev.steward.instance.HoldScene.release;
import static dev.steward.instance.HoldScene.request;
import static dev.steward.instance.HoldScene.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.steward.instance.LeverProbe.Lever;
import dev.steward.loop.Hold;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With an instance that somebody holds nothing is begun; what has begun goes on. */
class HostManagerHoldTest {
    private static final List<String> A = List.of("a");

    @Test
    void what_ends_while_it_is_held_is_told_and_launched_when_the_hold_is_over_and_not_a_nanosecond_before() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"));
        hold(scene, "a");

        scene.driver.exits("a", 3);
        scene.run(HOUR.minus(Scene.NANO));
        assertThat(scene.takeEvents()).containsExactly("a down");
        assertThat(scene.instance("a").exit()).contains(ExitStatus.of(3));
        assertThat(scene.driver.takeOrders()).isEmpty();

        scene.run(Scene.NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        assertThat(scene.takeEvents()).containsExactly("a starting", "a up");
    }

    @Test
    void the_manager_asks_for_a_pass_when_the_hold_ends_and_for_none_before() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");

        scene.driver.exits("a", 3);
        scene.run(Duration.ofMinutes(10));
        assertThat(scene.step).isEqualTo(Step.after(HOUR.minusMinutes(10)));
    }

    @Test
    void a_step_of_the_wall_clock_neither_ends_nor_prolongs_a_hold() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        scene.driver.exits("a", 3);

        scene.time.stepWall(Duration.ofDays(1));
        scene.run(HOUR.minus(Scene.NANO));
        scene.time.stepWall(Duration.ofDays(-2));
        scene.settle();
        assertThat(scene.driver.takeOrders()).isEmpty();

        scene.run(Scene.NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void a_request_is_taken_and_carried_out_at_once_when_the_hold_is_over() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");

        request(scene, TargetRequest.down("a"));
        scene.run(Duration.ofMinutes(30));
        assertThat(scene.instance("a").targetState()).isEqualTo(TargetState.DOWN);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).isEmpty();

        release(scene, "a");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
    }

    @Test
    void a_request_that_was_taken_back_meanwhile_leaves_no_trace() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        request(scene, TargetRequest.down("a"));
        request(scene, TargetRequest.up("a"));

        release(scene, "a");

        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.takeEvents()).isEmpty();
    }

    @Test
    void what_is_requested_before_the_hold_in_the_same_pass_is_not_begun() {
        Scene scene = up(Scene.spec("a"));

        assertThat(scene.host.update(List.of(TargetRequest.down("a")), false)).isNotDone();
        hold(scene, "a");

        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void a_stop_that_has_begun_goes_on_to_the_end_of_its_plan() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.deafTo.put("a", Set.of(Signal.INT, Signal.TERM));
        request(scene, TargetRequest.down("a"));
        hold(scene, "a");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");

        scene.run(Duration.ofSeconds(10));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM a", "KILL a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
    }

    @Test
    void what_has_survived_its_whole_stop_plan_is_left_alone_and_killed_again_afterwards() {
        Scene scene = up(Scene.spec("a"));
        scene.driver.isDeaf("a");
        request(scene, TargetRequest.down("a"));
        hold(scene, "a");

        scene.run(Duration.ofMinutes(30));
        assertThat(scene.driver.takeOrders())
                .filteredOn(order -> !order.startsWith("look"))
                .containsExactly("INT a", "TERM a", "KILL a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a stopping FAILED", "a up");

        release(scene, "a");
        assertThat(scene.driver.takeOrders()).contains("KILL a");
        assertThat(scene.takeEvents()).containsExactly("a stopping");
    }

    @Test
    void what_has_been_launched_gets_ready_in_its_own_time() {
        LeverProbe probe = new LeverProbe(Lever.UNWELL);
        Scene scene = Scene.of(Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))));
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
        hold(scene, "a");

        scene.run(Duration.ofMinutes(30));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STARTING);
        assertThat(scene.host.explain("a")).contains("wanted up; would: stop, and launch again");

        probe.lever = Lever.WELL;
        scene.run(Duration.ofMinutes(1));
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        release(scene, "a");
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void what_was_not_ready_in_time_is_started_anew_when_the_hold_is_over() {
        LeverProbe probe = new LeverProbe(Lever.UNWELL);
        Scene scene = Scene.of(Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))));
        scene.settle();
        hold(scene, "a");
        scene.run(Duration.ofMinutes(30));
        scene.driver.takeOrders();

        release(scene, "a");

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.NOT_READY);
    }

    @Test
    void what_is_not_well_is_restarted_when_the_hold_is_over_unless_it_is_well_again() {
        for (boolean recovers : new boolean[] {true, false}) {
            LeverProbe probe = new LeverProbe(Lever.WELL);
            Scene scene = up(Scene.spec("a").withHealth(Health.unprobed().withLiveness(ProbePlan.liveness(probe))));
            hold(scene, "a");
            probe.lever = Lever.UNWELL;
            scene.run(Duration.ofMinutes(10));
            assertThat(scene.driver.takeOrders()).isEmpty();
            assertThat(scene.host.explain("a"))
                    .contains("would: stop, and launch again", "looks in a row say that it is not well");

            probe.lever = recovers ? Lever.WELL : Lever.UNWELL;
            scene.run(Duration.ofMinutes(10));
            release(scene, "a");

            scene.run(Duration.ofSeconds(1));
            assertThat(scene.driver.takeOrders().contains("INT a")).isEqualTo(!recovers);
        }
    }

    @Test
    void a_restart_policy_goes_on_counting_and_launches_nothing() {
        Scene scene = up(Scene.spec("a").withRestart(RestartPolicy.onFailure()));
        hold(scene, "a");
        scene.driver.exits("a", 0);
        scene.settle();

        release(scene, "a");

        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.COMPLETED);
    }

    @Test
    void a_restart_that_is_asked_for_is_refused_by_name_and_hurts_none_of_the_others() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"));
        hold(scene, "a");

        var answer = scene.host.restart(List.of("a", "b"), RestartOrder.ROLLING);
        scene.run(Duration.ofSeconds(10));

        assertThat(answer.join().outcomes())
                .extracting(RestartAnswer.Outcome::verdict)
                .containsExactly(RestartAnswer.Verdict.HELD, RestartAnswer.Verdict.RESTARTED);
        assertThat(answer.join().outcomes().get(0).text())
                .startsWith("held by ann until ")
                .endsWith(": new disks");
        assertThat(scene.driver.takeOrders()).containsExactly("INT b", "launch b");
    }

    @Test
    void a_signal_of_an_operator_is_sent_all_the_same() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");

        var answer = scene.host.signal("a", Signal.HUP);
        scene.settle();

        assertThat(answer).isCompletedWithValue(SignalAnswer.SENT);
        assertThat(scene.driver.takeOrders()).containsExactly("HUP a");
    }

    @Test
    void what_is_configured_no_more_stays_while_it_is_held() {
        SiteConfig[] site = {SiteConfig.of(Scene.spec("a"), Scene.spec("b"))};
        Scene scene = new Scene(() -> site[0]);
        scene.settle();
        scene.driver.takeOrders();
        hold(scene, "a");

        site[0] = SiteConfig.of(Scene.spec("b"));
        assertThat(scene.host.update(List.of(), true)).isNotDone();
        scene.run(Duration.ofMinutes(30));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").management()).isEqualTo(Management.RETIRED);

        release(scene, "a");
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.host.instance("a")).isEmpty();
    }

    @Test
    void what_does_not_exist_yet_can_be_held_and_says_so() {
        SiteConfig[] site = {SiteConfig.of(Scene.spec("b"))};
        Scene scene = new Scene(() -> site[0]);
        scene.settle();
        scene.driver.takeOrders();
        hold(scene, "a");
        assertThat(scene.host.explain("a")).startsWith("no instance 'a'\nheld by ann until ");

        site[0] = SiteConfig.of(Scene.spec("a"), Scene.spec("b"));
        assertThat(scene.host.update(List.of(), true)).isNotDone();
        scene.settle();
        assertThat(scene.driver.takeOrders()).isEmpty();

        release(scene, "a");
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void who_waits_for_what_is_held_waits_no_longer_than_it_has_patience() {
        InstanceSpec b = Scene.spec("b").after("a");
        Scene scene = Scene.of(Scene.spec("a"), b);
        hold(scene, "a");
        assertThat(scene.driver.takeOrders()).isEmpty();

        scene.run(b.startup().patience());

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void only_what_is_held_is() {
        Scene scene = up(Scene.spec("a"), Scene.spec("b"));
        hold(scene, "a");

        assertThat(scene.host.requestAll(TargetState.DOWN)).isNotDone();
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT b");
    }

    @Test
    void is_free_when_the_last_of_several_holders_lets_go() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        scene.host.hold(A, "bob", "", Duration.ofMinutes(5));
        request(scene, TargetRequest.down("a"));
        assertThat(scene.instance("a").holds()).extracting(Hold::holder).containsExactly("ann", "bob");

        release(scene, "a");
        assertThat(scene.instance("a").holds()).extracting(Hold::holder).containsExactly("bob");
        assertThat(scene.driver.takeOrders()).isEmpty();

        scene.run(Duration.ofMinutes(5));
        assertThat(scene.instance("a").holds()).isEmpty();
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
    }

    @Test
    void who_asks_is_told_who_holds_it_and_what_would_be_done() {
        Scene scene = up(Scene.spec("a"));
        hold(scene, "a");
        String held = "held by ann until " + scene.time.now().plus(HOUR) + ": new disks";
        assertThat(scene.host.explain("a").lines())
                .containsExactly(
                        "a:a is up for 0 s: pid 100", "wanted up; nothing to do", "restarts 0, stability 1.00", held);
        assertThat(notifications(scene)).containsExactly(held);

        request(scene, TargetRequest.down("a"));
        assertThat(scene.host.explain("a").lines())
                .containsExactly(
                        "a:a is up for 0 s: pid 100",
                        "wanted down; would: stop",
                        "- " + held,
                        "restarts 0, stability 1.00");

        request(scene, TargetRequest.up("a"));
        scene.driver.exits("a", 3);
        scene.run(Duration.ofSeconds(10));
        assertThat(scene.host.explain("a")).contains("wanted up; would: launch\n- " + held);
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.HANDS_OFF);

        release(scene, "a");
        assertThat(notifications(scene)).isEmpty();
        assertThat(scene.messages()).contains("a: " + held, "a: not held any more");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.RUNNING);
    }

    @Test
    void what_makes_no_sense_is_refused_at_the_door() {
        HostManager host = up(Scene.spec("a")).host;

        assertThatIllegalArgumentException().isThrownBy(() -> host.hold(List.of(), "ann", "", HOUR));
        assertThatIllegalArgumentException().isThrownBy(() -> host.hold(List.of(""), "ann", "", HOUR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.hold(A, "", "", HOUR))
                .withMessageContaining("[a]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.hold(A, "ann", "", Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.hold(A, "ann", "", Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatNullPointerException().isThrownBy(() -> host.hold(A, "ann", null, HOUR));
        assertThatNullPointerException().isThrownBy(() -> host.release(A, null));
    }
}
