package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeReconnectTest {
    private final List<String> back = new ArrayList<>();
    private final Scene scene =
            Scene.with(NodeManager.Options.defaults().withOnReconnect(Node::reassert), "mc1", "mc2");
    private final TableChannel channel = scene.channel();
    private final Node node = scene.node();

    @Test
    void the_hook_runs_in_the_pass_that_sees_the_node_come_back() {
        Scene hooked =
                Scene.with(NodeManager.Options.defaults().withOnReconnect(one -> back.add(one.name())), "mc1", "mc2");
        assertThat(back).isEmpty(); // a first sight is no return

        lose(hooked.channel("mc2"), hooked);
        assertThat(back).isEmpty();
        hooked.channel("mc2").change(records -> records.connected(true));
        hooked.pass();
        assertThat(back).containsExactly("mc2");
        hooked.channel("mc2").change(records -> records.notification(true));
        hooked.pass();
        assertThat(back).hasSize(1);
    }

    @Test
    void one_that_took_no_listener_at_first_comes_back_when_it_does() {
        Scene hooked = new Scene(NodeManager.Options.defaults().withOnReconnect(one -> back.add(one.name())), "mc1");
        hooked.channel().beforeListen = () -> {
            throw new IllegalStateException("broken");
        };
        hooked.pass();
        hooked.channel().beforeListen = () -> {};
        hooked.after(Duration.ofSeconds(1));

        assertThat(back).containsExactly("mc1");
    }

    @Test
    void a_loss_and_return_between_two_passes_is_not_seen() {
        Scene hooked = Scene.with(NodeManager.Options.defaults().withOnReconnect(one -> back.add(one.name())), "mc1");
        hooked.channel().change(records -> records.connected(false));
        hooked.channel().change(records -> records.connected(true));
        hooked.pass();

        assertThat(back).isEmpty();
    }

    @Test
    void without_a_hook_nothing_is_asked_of_a_node_that_comes_back() {
        Scene plain = Scene.of("mc1");
        plain.node().setManaged();
        plain.node().setRequest("B");
        plain.pass();
        plain.takeWrites();
        lose(plain.channel(), plain);
        restarts(plain.channel());
        plain.pass();

        assertThat(plain.takeWrites()).isEmpty();
        assertThat(plain.checks()).containsExactly("request", "management");
    }

    @Test
    void a_restarted_node_is_set_managed_and_asked_again() {
        managedAndAsked();
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(channel.takeWrites()).containsExactly(new NodeWrite.Manage("BOSS"), new NodeWrite.Request("B"));
        assertThat(scene.step).isEqualTo(Step.again());
        scene.pass();
        assertThat(node.isManagedByUs()).isTrue();
        assertThat(scene.told()).isEmpty();
    }

    @Test
    void a_node_that_comes_back_as_it_was_is_asked_for_nothing() {
        managedAndAsked();
        lose(channel, scene);
        channel.change(records -> records.connected(true));
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void only_what_is_not_so_is_asked_again() {
        managedAndAsked();
        lose(channel, scene);
        channel.change(records -> records.connected(true).request("Z"));
        scene.pass();
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Request("B"));
    }

    @Test
    void a_node_is_never_taken_back_from_another_manager() {
        managedAndAsked();
        lose(channel, scene);
        channel.change(records -> records.connected(true).manager("OTHER").request("Z"));
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
        assertThat(Scene.checks(node)).containsExactly("request", "management");
        node.reassert();
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void a_node_that_another_manager_has_taken_is_not_taken_back_when_it_restarts_and_remembers_nothing() {
        managedAndAsked();
        channel.change(records -> records.manager("OTHER"));
        scene.pass();
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
        assertThat(Scene.checks(node)).containsExactly("request", "management");

        node.setManaged(); // it is ours again from here on
        scene.pass();
        scene.takeWrites();
        lose(channel, scene);
        restarts(channel);
        scene.pass();
        assertThat(scene.takeWrites()).containsExactly(new NodeWrite.Manage("BOSS"), new NodeWrite.Request("B"));
    }

    @Test
    void a_node_that_the_other_manager_has_given_back_is_asked_again() {
        managedAndAsked();
        channel.change(records -> records.manager("OTHER"));
        scene.pass();
        channel.change(records -> records.manager("BOSS"));
        scene.pass();
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(scene.takeWrites()).hasSize(2);
    }

    @Test
    void nothing_is_asked_after_a_release() {
        managedAndAsked();
        node.release();
        scene.pass();
        scene.takeWrites();
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void nothing_is_asked_of_one_that_we_never_set_managed() {
        node.setRequest("B");
        scene.pass();
        scene.takeWrites();
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void nothing_is_asked_of_one_that_is_skipped() {
        managedAndAsked();
        scene.manager.skip("mc1");
        lose(channel, scene);
        restarts(channel);
        scene.pass();

        assertThat(scene.takeWrites()).isEmpty();
        scene.manager.include("mc1");
        scene.pass();
        assertThat(Scene.checks(node)).containsExactly("request", "management");
        node.reassert();
        assertThat(scene.takeWrites()).hasSize(2);
    }

    @Test
    void a_hook_that_throws_keeps_no_other_node_from_being_looked_at() {
        Scene hooked = Scene.with(
                NodeManager.Options.defaults().withOnReconnect(one -> {
                    back.add(one.name());
                    throw new IllegalStateException("broken");
                }),
                "mc1",
                "mc2");
        hooked.channels.forEach(table -> lose(table, hooked));
        hooked.channels.forEach(table -> table.change(records -> records.connected(true)));
        hooked.pass();

        assertThat(back).containsExactly("mc1", "mc2");
        assertThat(hooked.manager.isAlive()).isTrue();
        assertThat(hooked.told()).isEmpty();
    }

    private void managedAndAsked() {
        node.setManaged();
        node.setRequest("B");
        scene.pass();
        assertThat(scene.takeWrites()).hasSize(2);
    }

    private static void lose(TableChannel table, Scene of) {
        table.change(records -> records.connected(false));
        of.pass();
    }

    /** It comes back, and remembers nothing. */
    private static void restarts(TableChannel table) {
        table.change(records -> records.connected(true)
                .mode(NodeMode.AUTO)
                .manager("")
                .state("INIT")
                .request("INIT")
                .target("INIT"));
    }
}
