package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import dev.steward.instance.StubDriver.Launching;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who waits for whom, on the way up and on the way down, and for how long. */
class HostManagerOrderTest {
    private static final Duration NANO = Scene.NANO;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);

    private final LeverProbe probe = new LeverProbe(Lever.UNWELL);

    private InstanceSpec slow(String name) {
        return Scene.spec(name)
                .withStartup(StartPlan.standard().withLimit(HOUR))
                .withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe)));
    }

    @Test
    void each_is_launched_when_those_before_it_are_ready() {
        Scene scene =
                Scene.of(Scene.spec("c").after("b"), slow("a"), Scene.spec("b").after("a"), Scene.spec("d"));
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a", "launch d");
        assertThat(scene.instance("b").cause().code()).isEqualTo(InstanceCause.DEPENDENCIES_FIRST);
        assertThat(scene.instance("b").cause().text()).isEqualTo("waits for a to be up");
        assertThat(scene.host.explain("c")).contains("- waits for b to be up", "next: launch, which is put off");

        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(1));
        assertThat(scene.driver.takeOrders()).containsExactly("launch b", "launch c");
        assertThat(scene.takeEvents())
                .containsExactly(
                        "a starting", "d starting", "d up", "a up", "b starting", "b up", "c starting", "c up");
        assertThat(scene.host.explain("c")).doesNotContain("waits for");
    }

    @Test
    void patience_is_over_at_its_end_and_not_a_nanosecond_before() {
        Scene scene = Scene.of(slow("a"), Scene.spec("b").after("a"));
        scene.run(PATIENCE.minus(NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
        assertThat(scene.instance("b").state()).isEqualTo(RunState.UP);
        assertThat(scene.messages()).contains("b: started all the same, after it has waited for a to be up");
    }

    @Test
    void without_patience_nobody_waits() {
        Scene scene = Scene.of(
                slow("a"),
                Scene.spec("b")
                        .withStartup(StartPlan.standard().withPatience(Duration.ZERO))
                        .after("a"));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch a", "launch b");
    }

    @Test
    void one_that_is_not_wanted_up_holds_nobody_back() {
        Scene scene = Scene.of(
                Scene.spec("a").withStart(TargetState.DOWN), Scene.spec("b").after("a"));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void one_that_nobody_here_can_operate_holds_nobody_back() {
        Scene scene = Scene.of(
                Scene.spec("a").withManagement(Management.DOCKER),
                Scene.spec("b").after("a"));

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void one_that_is_taken_down_while_others_wait_lets_them_go() {
        Scene scene = Scene.of(slow("a"), Scene.spec("b").after("a")).settle();
        scene.driver.takeOrders();

        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch b");
    }

    @Test
    void one_that_has_completed_lets_those_after_it_go() {
        Scene scene = Scene.of(
                slow("a").withRestart(RestartPolicy.onFailure()),
                Scene.spec("b").after("a"));
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        scene.driver.exits("a", 0);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void one_that_is_given_up_lets_those_after_it_go() {
        Scene scene = Scene.of(
                slow("a").withRestart(RestartPolicy.never()), Scene.spec("b").after("a"));
        scene.settle();

        scene.driver.exits("a", 1);
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a starting", "a down", "a failed FAILED", "b starting", "b up");
    }

    @Test
    void one_that_crashes_again_and_again_holds_those_after_it_back_for_their_patience() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a"));
        scene.driver.launching = Launching.IS_REFUSED;
        scene.run(PATIENCE.minus(NANO));
        assertThat(scene.driver.takeOrders()).containsOnly("launch a");

        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).contains("launch b");
    }

    @Test
    void one_that_fails_while_those_after_it_are_up_takes_nobody_down() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.takeOrders();

        scene.driver.exits("a", 1);
        scene.run(Duration.ofSeconds(3));

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void each_is_stopped_when_those_after_it_are_down() {
        Scene scene = Scene.of(
                        Scene.spec("a"),
                        Scene.spec("b").after("a"),
                        Scene.spec("c").after("b"))
                .settle();
        scene.driver.deafTo.put("c", Set.of(Signal.INT));
        scene.driver.takeOrders();
        scene.takeEvents();

        scene.host.requestAll(TargetState.DOWN);
        scene.run(Duration.ofSeconds(5).minus(NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("INT c");
        assertThat(scene.instance("a").cause().text()).isEqualTo("waits for b to be down");
        assertThat(scene.instance("a").cause().code()).isEqualTo(InstanceCause.DEPENDENTS_FIRST);
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.host.explain("b")).contains("- waits for c to be down");

        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("TERM c", "INT b", "INT a");
        assertThat(scene.takeEvents())
                .containsExactly("c stopping", "c down", "b stopping", "b down", "a stopping", "a down");
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void one_that_stays_up_after_it_keeps_nobody_from_stopping() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.takeOrders();

        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
    }

    @Test
    void a_deaf_dependent_is_waited_for_only_for_the_patience() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.isDeaf("b");
        scene.driver.takeOrders();
        scene.host.requestAll(TargetState.DOWN);

        scene.run(PATIENCE.minus(NANO));
        assertThat(scene.driver.takeOrders()).doesNotContain("INT a");
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).contains("INT a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
    }

    @Test
    void wanted_up_again_while_it_waits_to_be_stopped_nothing_happens_to_it() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.deafTo.put("b", Set.of(Signal.INT));
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        scene.driver.takeOrders();
        scene.takeEvents();

        scene.host.update(List.of(TargetRequest.up("a")), false);
        scene.run(Duration.ofMinutes(2));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM b");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
        assertThat(scene.step).isEqualTo(Step.parked());
        assertThat(scene.instance("a").at()).isEmpty();
    }

    @Test
    void patience_begins_anew_with_each_wait() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.isDeaf("b");
        scene.host.requestAll(TargetState.DOWN);
        scene.run(PATIENCE.minusSeconds(1));
        scene.host.update(List.of(TargetRequest.up("a")), false);
        scene.settle();
        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();
        scene.driver.takeOrders();

        scene.run(PATIENCE.minus(NANO));
        assertThat(scene.driver.takeOrders()).doesNotContain("INT a");
        scene.run(NANO);
        assertThat(scene.driver.takeOrders()).contains("INT a");
    }

    @Test
    void a_restart_requested_and_then_a_stop_still_goes_in_order() {
        Scene scene = Scene.of(Scene.spec("a"), Scene.spec("b").after("a")).settle();
        scene.driver.deafTo.put("b", Set.of(Signal.INT));
        scene.driver.takeOrders();

        scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT b");
        scene.run(Duration.ofSeconds(5));
        assertThat(scene.driver.takeOrders()).containsExactly("TERM b", "INT a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.DOWN);
        scene.run(HOUR);
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void a_configuration_that_cannot_be_ordered_changes_nothing_and_says_so() {
        List<InstanceSpec> configured = new ArrayList<>(List.of(Scene.spec("a")));
        List<InstanceGroup> groups = new ArrayList<>();
        Scene scene = new Scene(() -> new SiteConfig(configured, groups, List.of())).settle();
        scene.takeEvents();
        scene.driver.takeOrders();

        configured.add(Scene.spec("b").after("c"));
        refused(scene, "'b' is to start after 'c', which is not configured");
        configured.add(Scene.spec("c").after("b"));
        refused(scene, "in a circle: [b, c]");
        configured.set(2, Scene.spec("c"));
        groups.add(InstanceGroup.oneForAll("g", "a", "nobody"));
        refused(scene, "group 'g' has a member 'nobody'");

        groups.clear();
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("c starting", "c up", "b starting", "b up");
        assertThat(scene.host.configStatus())
                .hasValueSatisfying(status -> assertThat(status.ok()).isTrue());
    }

    private static void refused(Scene scene, String why) {
        var answer = scene.host.update(List.of(TargetRequest.up("a")), true);
        scene.settle();
        assertThat(answer).isCompletedWithValueMatching(update -> !update.isAccepted());
        assertThat(scene.host.configStatus())
                .hasValueSatisfying(status -> assertThat(status.message()).contains(why));
        assertThat(scene.host.instances()).hasSize(1);
        assertThat(scene.takeEvents()).isEmpty();
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void a_reload_may_turn_the_order_round() {
        List<InstanceSpec> configured =
                new ArrayList<>(List.of(Scene.spec("a"), Scene.spec("b").after("a")));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        configured.set(0, Scene.spec("a").after("b"));
        configured.set(1, Scene.spec("b"));
        scene.host.update(List.of(), true);
        scene.settle();
        scene.driver.takeOrders();

        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "INT b");
        scene.host.requestAll(TargetState.UP);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch b", "launch a");
    }

    @Test
    void a_reload_that_takes_the_order_away_lets_those_go_who_wait() {
        List<InstanceSpec> configured =
                new ArrayList<>(List.of(slow("a"), Scene.spec("b").after("a")));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");

        configured.set(1, Scene.spec("b"));
        scene.host.update(List.of(), true);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch b");
    }

    @Test
    void what_is_retired_is_stopped_after_those_that_were_after_it() {
        List<InstanceSpec> configured =
                new ArrayList<>(List.of(Scene.spec("a"), Scene.spec("b").after("a")));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        scene.driver.deafTo.put("b", Set.of(Signal.INT));
        scene.driver.takeOrders();

        configured.clear();
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT b");
        scene.run(Duration.ofSeconds(5));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM b", "INT a");
        assertThat(scene.host.instances()).isEmpty();
    }

    @Test
    void a_successor_comes_after_those_that_it_is_configured_after() {
        List<InstanceSpec> configured =
                new ArrayList<>(List.of(Scene.spec("a"), Scene.spec("b").after("a"), Scene.spec("c")));
        Scene scene = new Scene(() -> SiteConfig.of(configured)).settle();
        configured.set(1, Scene.spec("b").withAgentClass("Other"));
        configured.set(2, Scene.spec("c").withAgentClass("Other").after("a"));
        scene.host.update(List.of(), true);
        scene.settle();
        scene.driver.deafTo.put("b", Set.of(Signal.INT));
        scene.driver.deafTo.put("c", Set.of(Signal.INT));
        scene.driver.takeOrders();

        scene.host.update(List.of(TargetRequest.down("a"), TargetRequest.down("b")), false);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactlyInAnyOrder("INT a", "INT b");

        scene.host.update(List.of(TargetRequest.up("a")), false);
        scene.settle();
        scene.driver.takeOrders();
        scene.host.update(List.of(TargetRequest.down("a"), TargetRequest.down("c")), false);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT c");
    }
}
