package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How another configuration is merged into what is there. */
class HostManagerReloadTest {
    private ConfigSource site = SiteConfig.of(Scene.spec("a"), Scene.spec("b"));
    private final Scene scene = new Scene(() -> site.load());

    private UpdateAnswer reload(InstanceSpec... instances) {
        site = SiteConfig.of(instances);
        var answer = scene.host.update(List.of(), true);
        scene.settle();
        return answer.join();
    }

    private List<String> names() {
        return scene.host.instances().stream().map(ManagedInstance::instanceId).toList();
    }

    @Test
    void a_removed_instance_is_stopped_and_then_forgotten() {
        scene.settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        ManagedInstance a = scene.instance("a");
        scene.takeEvents();

        reload(Scene.spec("b"));
        assertThat(a.management()).isEqualTo(Management.RETIRED);
        assertThat(a.retired()).isFalse();
        assertThat(a.cause().text()).isEqualTo("not configured any more");
        assertThat(names()).containsExactly("a", "b");

        scene.run(Duration.ofSeconds(5));
        assertThat(names()).containsExactly("b");
        assertThat(a.retired()).isTrue();
        assertThat(a.state()).isEqualTo(RunState.DOWN);
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
    }

    @Test
    void nobody_can_address_what_was_removed() {
        scene.settle();
        scene.driver.isDeaf("a");
        reload(Scene.spec("b"));

        var answer = scene.host.update(List.of(TargetRequest.up("a"), new TargetRequest("all", "up")), false);
        scene.settle();

        assertThat(answer.join().answers().get(0).verdict()).isEqualTo(TargetAnswer.Verdict.UNKNOWN_ID);
        assertThat(scene.instance("a").targetState()).isEqualTo(TargetState.DOWN);
    }

    @Test
    void retiring_while_it_is_being_stopped_does_not_cut_the_stop_short() {
        scene.settle();
        scene.driver.isDeaf("a");
        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.run(Duration.ofSeconds(1));

        reload(Scene.spec("b"));
        scene.run(Duration.ofSeconds(9));

        assertThat(names()).containsExactly("a", "b");
        assertThat(scene.instance("a").state()).isEqualTo(RunState.STOPPING);
        assertThat(scene.driver.takeOrders()).endsWith("INT a", "TERM a", "KILL a");
    }

    @Test
    void unchanged_instances_keep_their_targets_and_their_lives() {
        scene.settle();
        scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.settle();
        scene.driver.takeOrders();

        reload(Scene.spec("a"), Scene.spec("b"), Scene.spec("c"));

        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(scene.instance("a").targetState()).isEqualTo(TargetState.DOWN);
        assertThat(scene.driver.takeOrders()).containsExactly("launch c");
    }

    @Test
    void changed_arguments_take_effect_at_the_next_launch() {
        scene.settle();
        scene.driver.takeOrders();

        reload(Scene.spec("a").withLaunch(LaunchSpec.of("/bin/other")), Scene.spec("b"));
        assertThat(scene.driver.takeOrders()).isEmpty();
        assertThat(scene.instance("a").agentScript()).isEqualTo("/bin/other");

        scene.driver.exits("a", 0);
        scene.run(Duration.ofSeconds(3));
        assertThat(scene.driver.takeOrders()).containsExactly("launch a");
    }

    @Test
    void a_changed_class_makes_another_instance_once_the_old_one_is_gone() {
        scene.settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        ManagedInstance old = scene.instance("a");
        scene.takeEvents();
        scene.driver.takeOrders();

        reload(Scene.spec("a").withAgentClass("Other"), Scene.spec("b"));
        assertThat(old.cause().text()).isEqualTo("configured otherwise");
        assertThat(scene.instance("a")).isSameAs(old);
        assertThat(scene.driver.takeOrders()).containsExactly("INT a");

        scene.run(Duration.ofSeconds(5));
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a", "launch a");
        assertThat(scene.instance("a").fullName()).isEqualTo("Other:a");
        assertThat(old.retired()).isTrue();
        assertThat(names()).containsExactly("a", "b");
        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down", "a starting", "a up");
        assertThat(scene.driver.secondCopies).isEmpty();
    }

    @Test
    void a_request_for_one_that_waits_for_its_predecessor_is_kept() {
        scene.settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        reload(Scene.spec("a").withAgentClass("Other"), Scene.spec("b"));
        var answer = scene.host.update(List.of(TargetRequest.down("a")), false);
        scene.driver.takeOrders();

        scene.run(Duration.ofSeconds(6));

        assertThat(answer.join().isAccepted()).isTrue();
        assertThat(scene.instance("a").fullName()).isEqualTo("Other:a");
        assertThat(scene.driver.takeOrders()).containsExactly("TERM a");
    }

    @Test
    void a_retired_one_that_returns_is_another_once_it_has_come_down() {
        scene.settle();
        scene.driver.deafTo.put("a", Set.of(Signal.INT));
        reload(Scene.spec("b"));
        scene.driver.takeOrders();

        reload(Scene.spec("a"), Scene.spec("b"));
        assertThat(scene.driver.takeOrders()).isEmpty();
        scene.run(Duration.ofSeconds(4));
        reload(Scene.spec("b"));
        reload(Scene.spec("a").withStart(TargetState.DOWN), Scene.spec("b"));
        scene.run(Duration.ofSeconds(1));

        assertThat(scene.driver.takeOrders()).containsExactly("TERM a");
        assertThat(scene.instance("a").management()).isEqualTo(Management.HOST);
        assertThat(scene.instance("a").targetState()).isEqualTo(TargetState.DOWN);
    }

    @Test
    void a_failed_load_keeps_the_instances_and_says_why() {
        scene.settle();
        site = () -> {
            throw new IllegalArgumentException("line 3: no such key");
        };

        var answer = scene.host.update(List.of(TargetRequest.down("a")), true);
        scene.settle();

        assertThat(names()).containsExactly("a", "b");
        assertThat(answer.join().answers().get(0).isAccepted()).isTrue();
        assertThat(answer.join().isAccepted()).isFalse();
        ConfigStatus status = scene.host.configStatus().orElseThrow();
        assertThat(status.ok()).isFalse();
        assertThat(status.message()).contains("line 3: no such key");
        assertThat(scene.host.notifications()).hasSize(1);

        site = SiteConfig.of(Scene.spec("a"), Scene.spec("b"), Scene.spec("a").withAgentClass("Second"));
        scene.host.update(List.of(), true);
        scene.settle();
        assertThat(scene.host.configStatus().orElseThrow().ok()).isTrue();
        assertThat(scene.host.configStatus().orElseThrow().message())
                .isEqualTo("instance 'a' is there already as a:a; Second:a is ignored");
        assertThat(scene.host.notifications()).isEmpty();
    }

    @Test
    void what_no_driver_manages_is_inoperable_until_it_is_managed_otherwise() {
        reload(Scene.spec("a").withManagement(Management.DOCKER));
        assertThat(scene.takeEvents()).containsExactly("a inoperable");
        assertThat(scene.instance("a").operable()).isFalse();
        assertThat(scene.instance("a").nextAction()).isEqualTo(NextAction.INOPERABLE);
        assertThat(scene.instance("a").cause().text()).isEqualTo("no driver here for DOCKER");

        reload(Scene.spec("a"));
        assertThat(scene.takeEvents()).containsExactly("a down", "a starting", "a up");
    }

    @Test
    void an_instance_that_is_retired_in_its_start_comes_up_and_is_stopped() {
        scene.driver.launching = StubDriver.Launching.RUNS_UNANSWERED;
        scene.settle();
        scene.takeEvents();

        reload(Scene.spec("b"));
        assertThat(names()).containsExactly("a", "b");
        scene.driver.tell(scene.driver.alive.get(scene.driver.life("a")));
        scene.settle();

        assertThat(scene.takeEvents()).containsExactly("a stopping", "a down");
        assertThat(names()).containsExactly("b");
    }
}
