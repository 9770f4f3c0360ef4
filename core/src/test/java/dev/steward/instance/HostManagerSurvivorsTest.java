package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an earlier manager left behind is stopped before anything is launched, if it is not to be taken over. */
class HostManagerSurvivorsTest {
    private static final Incarnation OLD = new Incarnation("old-1");
    private static final Incarnation OLDER = new Incarnation("old-2");
    private static final HostManager.Options STOPPING =
            HostManager.Options.defaults().withAdopt(false);

    private static Scene stopping(InstanceSpec... instances) {
        return new Scene(SiteConfig.of(instances), STOPPING);
    }

    @Test
    void survivors_are_stopped_and_only_then_is_anything_launched() {
        Scene scene = stopping(Scene.spec("a"), Scene.spec("b"));
        scene.driver.runs("a", OLD);
        scene.driver.deafTo.put("a", Set.of(Signal.INT));

        scene.settle();
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping");
        assertThat(scene.instance("a").cause().text())
                .isEqualTo("pid 100, left behind by an earlier manager, is being stopped");
        assertThat(scene.instance("b").cause().code()).isEqualTo(InstanceCause.SURVIVORS_FIRST);
        assertThat(scene.host.notifications())
                .singleElement()
                .satisfies(notification -> assertThat(notification.text()).contains("pid 100"));

        scene.run(Duration.ofSeconds(5).minus(Scene.NANO));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(Scene.NANO);
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a", "launch a", "launch b");
        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "b starting", "a up", "b up");
        assertThat(scene.driver.secondCopies).isEmpty();
        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void survivors_that_nobody_configured_are_stopped_too_and_told_on_the_feed() {
        Scene scene = stopping(Scene.spec("a"));
        scene.driver.runs("ghost", OLD);
        scene.driver.runs("ghost", OLDER);
        scene.driver.deafTo.put("ghost", Set.of(Signal.INT));

        scene.settle();
        assertThat(scene.takeEvents()).containsExactly("ghost stopping");
        assertThat(scene.host.instances()).hasSize(1);
        assertThat(scene.host.explain("ghost")).startsWith("no instance 'ghost'\npid 100, left behind");

        scene.run(Duration.ofSeconds(5));
        assertThat(scene.takeEvents()).containsExactly("ghost down", "a starting", "a up");
    }

    @Test
    void a_survivor_that_refuses_to_die_is_named_and_keeps_only_its_own_name() {
        Scene scene = stopping(Scene.spec("a"), Scene.spec("b"));
        scene.driver.runs("a", OLD);
        scene.driver.isDeaf("a");

        scene.run(Duration.ofSeconds(11).minus(Scene.NANO));
        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "TERM a", "KILL a");
        scene.run(Scene.NANO);

        assertThat(scene.driver.takeOrders()).contains("launch b").doesNotContain("launch a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a stopping FAILED", "b starting", "b up");
        assertThat(scene.instance("a").cause().text())
                .isEqualTo("pid 100, left behind by an earlier manager, refuses to die");
        assertThat(scene.messages()).contains("a: pid 100, left behind by an earlier manager, refuses to die");

        // it dies at last, or the driver lost the news and a look tells: a is launched
        scene.driver.alive.remove(OLD);
        scene.run(Duration.ofSeconds(2));
        assertThat(scene.driver.takeOrders()).contains("launch a");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.UP);
    }

    @Test
    void a_survivor_is_stopped_by_the_plan_of_its_instance() {
        Scene scene = stopping(Scene.spec("a")
                .withStop(StopPlan.of(Signal.QUIT, Duration.ofSeconds(1)))
                .withStart(TargetState.DOWN));
        scene.driver.runs("a", OLD);

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("QUIT a");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
    }

    @Test
    void a_name_that_is_configured_while_its_survivor_is_being_stopped_waits_for_that() {
        SiteConfig[] site = {SiteConfig.of()};
        Scene scene = new Scene(() -> site[0], STOPPING);
        scene.driver.runs("a", OLD);
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        scene.settle();

        site[0] = SiteConfig.of(Scene.spec("a"));
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STOPPING);
        scene.run(Duration.ofSeconds(5));

        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down", "a starting", "a up");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_manager_that_begins_in_the_very_instant_of_the_one_before_does_not_use_its_lives_again() {
        Scene before = stopping(Scene.spec("a")).settle();
        Incarnation left = before.driver.life("a");
        Scene scene = stopping(Scene.spec("a"));
        scene.driver.runs("a", left);

        scene.settle();

        assertThat(scene.driver.takeOrders()).containsExactly("INT a", "launch a");
        assertThat(scene.driver.alive).hasSize(1).doesNotContainKey(left);
    }
}
