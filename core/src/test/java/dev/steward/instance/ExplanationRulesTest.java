package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.Reason;
import dev.steward.instance.LeverProbe.Lever;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people are told when they ask why: a line for each rule that is in force. */
class ExplanationRulesTest {
    private static List<String> lines(Scene scene, String name) {
        return scene.host.explain(name).lines().toList();
    }

    @Test
    void each_rule_in_force_says_one_line_in_its_order() {
        for (Inputs in : Situations.all()) {
            List<Reason> said = Rules.explain(in);
            assertThat(said)
                    .allSatisfy(why -> assertThat(why.text()).isNotEmpty().doesNotContain("\n"));
            assertThat(said).as("%s", in).doesNotHaveDuplicates();
        }
    }

    @Test
    void rest() {
        Scene scene =
                Scene.of(Scene.spec("a").withRestart(RestartPolicy.never())).settle();
        scene.driver.exits("a", 2);
        scene.settle();

        assertThat(lines(scene, "a"))
                .containsExactly(
                        "a:a is failed for 0 s: is not launched again: exit code 2",
                        "wanted up; nothing to do until somebody asks for it",
                        "- is not launched again: exit code 2",
                        "restarts 0, stability 0.00, last exit code 2",
                        "is not launched again: exit code 2");
    }

    @Test
    void rest_of_what_has_completed() {
        Scene scene =
                Scene.of(Scene.spec("a").withRestart(RestartPolicy.onFailure())).settle();
        scene.driver.exits("a", 0);
        scene.settle();

        assertThat(lines(scene, "a"))
                .contains("a:a is down for 0 s: exit code 0, has completed", "- exit code 0, has completed");
    }

    @Test
    void dependencies_and_dependents_first() {
        LeverProbe probe = new LeverProbe(Lever.UNWELL);
        Scene scene = Scene.of(
                Scene.spec("a").withHealth(Health.unprobed().withReadiness(ProbePlan.readiness(probe))),
                Scene.spec("b").after("a"));
        scene.settle();
        assertThat(lines(scene, "b"))
                .startsWith(
                        "b:b is down for 0 s: waits for a to be up",
                        "wanted up; next: launch, which is put off",
                        "- waits for a to be up");
        assertThat(lines(scene, "a")).contains("- is not ready yet", "its probe says: does not answer");

        probe.lever = Lever.WELL;
        scene.run(Duration.ofSeconds(1));
        scene.driver.deafTo.put("b", Set.of(Signal.INT));
        scene.host.requestAll(TargetState.DOWN);
        scene.settle();
        assertThat(lines(scene, "a")).contains("- waits for b to be down");
    }

    @Test
    void what_is_to_be_restarted_and_lingers() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.host.restart(List.of("a"), RestartOrder.TOGETHER);
        scene.settle();
        assertThat(lines(scene, "a"))
                .startsWith(
                        "a:a is stopping for 0 s: restart requested",
                        "wanted up; next: to be seen gone, or the next signal in 5 s",
                        "- restart requested");

        scene.driver.leaves("a", 0);
        scene.settle();
        assertThat(lines(scene, "a")).contains("- restart requested", "- some of its processes are left");
    }

    @Test
    void never_two() {
        Scene scene = Scene.of(Scene.spec("a")).settle();
        scene.driver.isDeaf("a");
        scene.driver.leaves("a", 1);
        scene.run(Duration.ofSeconds(4));

        assertThat(lines(scene, "a")).contains("- earlier process pid 100 still there");
    }

    @Test
    void survivors_first() {
        Scene scene = new Scene(
                SiteConfig.of(Scene.spec("a")), HostManager.Options.defaults().withAdopt(false));
        scene.driver.ran("ghost", new Incarnation("old-1"), Duration.ofHours(1));
        scene.driver.isDeaf("ghost");
        scene.settle();

        assertThat(lines(scene, "a")).contains("- what an earlier manager left behind is stopped first");
    }

    @Test
    void a_launch_of_which_nothing_is_known() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = StubDriver.Launching.IS_LOST;
        scene.settle();
        scene.driver.answersLooks = false;
        scene.run(Duration.ofSeconds(20));

        assertThat(lines(scene, "a")).contains("- the launch before may have worked, looking");
    }

    @Test
    void a_hopeless_launch() {
        Scene scene = Scene.of(Scene.spec("a"));
        scene.driver.launching = StubDriver.Launching.IS_REFUSED;
        scene.settle();

        assertThat(lines(scene, "a"))
                .contains("a:a is down for 0 s: no such program: /x, next start in 3 s")
                .contains("cannot be launched: no such program: /x");
    }

    @Test
    void nothing_where_no_rule_is_in_force() {
        Scene scene = Scene.of(Scene.spec("a")).settle();

        assertThat(lines(scene, "a")).hasSize(3).noneMatch(line -> line.startsWith("- "));
        assertThat(scene.instance("a").view().rulings()).isEmpty();
    }
}
