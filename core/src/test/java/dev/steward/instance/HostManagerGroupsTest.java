package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.LeverProbe.Lever;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances that share their fate: who is restarted with one that has failed. */
class HostManagerGroupsTest {
    private static InstanceSpec spec(String name) {
        return InstanceSpec.of(name, "/bin/" + name);
    }

    private static Scene up(SiteConfig site) {
        Scene scene = new Scene(site).settle();
        scene.takeEvents();
        scene.driver.takeOrders();
        return scene;
    }

    private static SiteConfig abc() {
        return SiteConfig.of(spec("a"), spec("b"), spec("c"), spec("d"));
    }

    @Test
    void one_for_all_restarts_all_the_others_and_nobody_else() {
        Scene scene = up(abc().withGroups(InstanceGroup.oneForAll("g", "a", "b", "c")));

        scene.driver.exits("b", 1);
        scene.settle();

        assertThat(scene.driver.takeOrders())
                .containsExactlyInAnyOrder("launch b", "INT a", "INT c", "launch a", "launch c");
        assertThat(scene.messages()).contains("a: stopping: restarted with b of group 'g'");
        assertThat(scene.instance("a").failTimes()).isEmpty();
        assertThat(scene.instance("b").failTimes()).hasSize(1);
        scene.run(Duration.ofMinutes(5));
        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void rest_for_one_restarts_those_after_it() {
        Scene scene = up(abc().withGroups(InstanceGroup.restForOne("g", "a", "b", "c")));

        scene.driver.exits("b", 1);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactlyInAnyOrder("launch b", "INT c", "launch c");

        scene.driver.exits("c", 1);
        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("launch c");
    }

    @Test
    void a_success_of_one_that_is_always_launched_again_counts_as_its_end() {
        Scene scene = up(abc().withGroups(InstanceGroup.oneForAll("g", "a", "b")));

        scene.driver.exits("a", 0);
        scene.settle();

        assertThat(scene.driver.takeOrders()).contains("launch a", "INT b", "launch b");
    }

    @Test
    void members_that_are_down_stay_down() {
        Scene scene = up(SiteConfig.of(spec("a"), spec("b").withStart(TargetState.DOWN))
                .withGroups(InstanceGroup.oneForAll("g", "a", "b")));

        scene.driver.exits("a", 1);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void one_that_is_given_up_or_has_completed_takes_nobody_along() {
        Scene scene = up(SiteConfig.of(
                        spec("a").withRestart(RestartPolicy.never()),
                        spec("b").withRestart(RestartPolicy.onFailure()),
                        spec("c"))
                .withGroups(InstanceGroup.oneForAll("g", "a", "b", "c")));

        scene.driver.exits("a", 1);
        scene.driver.exits("b", 0);
        scene.settle();

        assertThat(scene.driver.takeOrders()).isEmpty();
    }

    @Test
    void one_that_is_unwell_takes_the_others_along() {
        LeverProbe probe = new LeverProbe(Lever.UNWELL);
        ProbePlan plan = ProbePlan.liveness(probe).withFailures(1);
        Scene scene = up(SiteConfig.of(spec("a").withHealth(Health.unprobed().withLiveness(plan)), spec("b"))
                .withGroups(InstanceGroup.oneForAll("g", "a", "b")));

        scene.run(Duration.ofSeconds(10));

        assertThat(scene.driver.takeOrders()).containsExactlyInAnyOrder("INT a", "launch a", "INT b", "launch b");
    }

    @Test
    void a_stop_or_a_restart_that_was_asked_for_takes_nobody_along() {
        Scene scene = up(abc().withGroups(InstanceGroup.oneForAll("g", "a", "b")));

        scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a", "INT a");
    }

    @Test
    void two_groups_with_a_common_member_come_to_rest() {
        Scene scene =
                up(abc().withGroups(InstanceGroup.oneForAll("g", "a", "b"), InstanceGroup.oneForAll("h", "b", "c")));

        scene.driver.exits("b", 1);
        scene.run(Duration.ofMinutes(1));

        assertThat(scene.driver.takeOrders())
                .containsExactlyInAnyOrder("launch b", "INT a", "launch a", "INT c", "launch c");
    }

    @Test
    void members_that_end_together_come_to_rest_without_a_second_copy() {
        Scene scene = up(abc().withGroups(InstanceGroup.oneForAll("g", "a", "b", "c")));

        List.of("a", "b", "c").forEach(name -> scene.driver.exits(name, 1));
        scene.run(Duration.ofMinutes(1));

        assertThat(scene.driver.takeOrders().stream().filter(order -> order.startsWith("launch")))
                .hasSizeBetween(3, 6);
        assertThat(scene.driver.secondCopies).isEmpty();
        assertThat(scene.host.instances())
                .allSatisfy(one -> assertThat(one.state()).isEqualTo(RunState.UP));
    }

    @Test
    void a_group_goes_with_the_configuration_that_had_it() {
        SiteConfig[] site = {abc().withGroups(InstanceGroup.oneForAll("g", "a", "b"))};
        Scene scene = new Scene(() -> site[0]).settle();
        site[0] = abc();
        scene.host.update(List.of(), true);
        scene.settle();
        scene.driver.takeOrders();

        scene.driver.exits("a", 1);
        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }
}
