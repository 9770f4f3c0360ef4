package dev.steward.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeManagerLifeTest {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Scene scene = new Scene(NodeManager.Options.defaults(), "a", "b");
    private final NodeManager manager = scene.manager;
    private final TableChannel channel = scene.channel("a");
    private final Node node = scene.node("a");

    @Test
    void before_the_first_pass_nothing_is_connected_and_nothing_is_known() {
        assertThat(channel.listeners()).isZero();
        assertThat(node.view()).isEqualTo(NodeView.unseen());
        assertThat(manager.isInFault()).isTrue();
        assertThat(scene.told()).containsExactly("a: not connected", "b: not connected");
        assertThat(manager.notOk()).containsExactly("a", "b");
        assertThat(scene.notified()).isEmpty();
    }

    @Test
    void the_first_pass_connects_all_nodes_once() {
        scene.pass().pass();

        assertThat(scene.channels).allMatch(table -> table.listeners() == 1);
        assertThat(manager.isAlive()).isTrue();
        assertThat(scene.told()).isEmpty();
        assertThat(scene.notified()).isEmpty();
        assertThat(scene.step).isEqualTo(Step.parked());
        assertThat(scene.takeWrites()).isEmpty();
    }

    @Test
    void init_may_be_called_by_hand_and_as_often_as_one_likes() {
        node.init();
        node.init();
        manager.init();
        manager.init();
        scene.pass();
        node.init();

        assertThat(scene.channels).allMatch(table -> table.listeners() == 1);
        assertThat(node.isIn("A")).isTrue();
    }

    @Test
    void a_node_that_is_absent_at_first_is_in_fault_until_it_comes() {
        channel.change(records -> records.connected(false));
        scene.pass();
        assertThat(scene.told()).containsExactly("a: not connected");
        assertThat(manager.only("b").isInFault()).isFalse();

        channel.change(records -> records.connected(true));
        scene.pass();
        assertThat(manager.isInFault()).isFalse();
    }

    @Test
    void answers_are_as_of_the_last_pass() {
        scene.pass();
        channel.change(
                records -> records.state("B").ok(true).error(NodeError.TRUE).connected(false));

        assertThat(node.state()).isEqualTo("A");
        assertThat(node.view().connected()).isTrue();
        assertThat(manager.isInFault()).isFalse();
        assertThat(manager.report().rows().get(0).view().state()).isEqualTo("A");
        scene.pass();
        assertThat(node.state()).isEqualTo("B");
        assertThat(manager.isInFault()).isTrue();
    }

    @Test
    void a_pass_looks_only_at_those_that_have_changed() {
        scene.pass();
        List<String> looks = new ArrayList<>();
        scene.channels.forEach(table -> table.beforeLook = () -> looks.add(table.node()));

        scene.pass();
        assertThat(looks).isEmpty();
        scene.channel("b").hint();
        scene.channel("b").hint();
        scene.pass();
        assertThat(looks).containsExactly("b");
    }

    @Test
    void a_change_wakes_the_loop() {
        int[] woken = {0};
        manager.wakeWith(() -> woken[0]++);
        scene.pass();
        woken[0] = 0;

        channel.change(records -> records.notification(true));
        assertThat(woken[0]).isEqualTo(1);
        scene.pass();
        channel.hint();
        assertThat(woken[0]).isEqualTo(2);
    }

    @Test
    void a_hint_in_the_middle_of_a_pass_is_not_lost() {
        scene.pass();
        boolean[] once = {true};
        channel.beforeLook = () -> {
            if (once[0]) {
                once[0] = false;
                channel.hint(); // on another thread this may come just after the look
            }
        };
        channel.hint();
        int[] woken = {0};
        manager.wakeWith(() -> woken[0]++);
        woken[0] = 0;
        scene.pass();
        assertThat(woken[0]).isEqualTo(1);

        channel.hints = false;
        channel.change(records -> records.state("C"));
        scene.pass();
        assertThat(node.state()).isEqualTo("C");
    }

    @Test
    void an_answer_in_the_middle_of_a_pass_asks_for_another() {
        scene.pass();
        channel.taker = channel::holding;
        node.setRequest("B");
        channel.beforeLook = () -> {
            if (!channel.held.isEmpty()) {
                channel.answer(WriteOutcome.refused("no"));
            }
        };
        scene.pass();
        assertThat(scene.step).isEqualTo(Step.again());
        scene.pass();
        assertThat(Scene.checks(node)).containsExactly("write");
    }

    @Test
    void a_view_older_than_the_one_before_is_not_taken() {
        scene.pass();
        NodeView now = channel.records();
        channel.showAsItIs(
                now.toBuilder().state("OLD").version(now.version() - 1).build());
        scene.pass();
        assertThat(node.state()).isEqualTo("A");

        channel.showAsItIs(
                now.toBuilder().state("NEW").version(now.version() + 1).build());
        scene.pass();
        assertThat(node.state()).isEqualTo("NEW");
    }

    @Test
    void two_passes_at_once_are_refused() {
        scene.pass();
        List<Throwable> thrown = new ArrayList<>();
        channel.beforeLook = () -> {
            for (Runnable bad : List.<Runnable>of(manager::manageOnce, manager::close)) {
                try {
                    bad.run();
                } catch (IllegalStateException expected) {
                    thrown.add(expected);
                }
            }
        };
        channel.hint();
        scene.pass();
        assertThat(thrown).hasSize(2).allSatisfy(refusal -> assertThat(refusal).hasMessageContaining("BOSS"));
        channel.beforeLook = () -> {};
        assertThat(scene.pass().step).isEqualTo(Step.parked());
    }

    @Test
    void close_ends_listening_writes_nothing_and_may_be_called_again() {
        manager.setManaged();
        scene.pass();
        scene.takeWrites();

        manager.close();
        manager.close();
        assertThat(scene.channels).allMatch(table -> table.listeners() == 0);
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(scene.pass().step).isEqualTo(Step.finished());
        assertThat(channel.records().isManagedBy(Scene.BOSS)).isTrue();
    }

    @Test
    void a_manager_that_was_closed_before_it_began_connects_nothing() {
        manager.close();
        manager.init();

        assertThat(scene.pass().step).isEqualTo(Step.finished());
        assertThat(channel.listeners()).isZero();
    }

    @Test
    void a_throw_at_the_end_of_listening_keeps_nothing_from_ending() {
        scene.pass();
        channel.beforeEnd = NodeManagerLifeTest::broken;

        manager.close();
        assertThat(scene.channels).allMatch(table -> table.listeners() == 0);
    }

    @Test
    void a_channel_that_throws_at_a_look_counts_as_not_connected_and_is_tried_again_each_second() {
        scene.pass();
        channel.beforeLook = NodeManagerLifeTest::broken;
        channel.hint();
        scene.pass();
        assertThat(scene.told()).containsExactly("a: not connected");
        assertThat(node.state()).isEqualTo("A");
        assertThat(scene.step).isEqualTo(Step.after(RETRY));
        scene.after(RETRY);
        assertThat(scene.step).isEqualTo(Step.after(RETRY));

        channel.beforeLook = () -> {};
        scene.after(RETRY.minus(Scene.NANO));
        assertThat(scene.told()).containsExactly("a: not connected");
        scene.after(Scene.NANO);
        assertThat(scene.told()).isEmpty();
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void a_channel_that_shows_null_counts_as_not_connected() {
        scene.pass();
        channel.showAsItIs(nothing());
        scene.pass();

        assertThat(scene.told()).containsExactly("a: not connected");
    }

    @SuppressWarnings("NullAway") // what a channel must not do
    private static NodeView nothing() {
        @Nullable NodeView nothing = null;
        return nothing;
    }

    @Test
    void a_channel_that_takes_no_listener_is_tried_again_each_second() {
        channel.beforeListen = NodeManagerLifeTest::broken;
        scene.pass();
        assertThat(scene.told()).containsExactly("a: not connected");
        assertThat(scene.node("b").isAlive()).isTrue();
        assertThat(scene.step).isEqualTo(Step.after(RETRY));

        channel.beforeListen = () -> {};
        scene.after(RETRY);
        assertThat(scene.told()).isEmpty();
        assertThat(channel.listeners()).isEqualTo(1);
        assertThat(scene.step).isEqualTo(Step.parked());
    }

    @Test
    void a_throw_of_one_node_keeps_no_other_from_being_looked_at() {
        scene.pass();
        channel.beforeLook = NodeManagerLifeTest::broken;
        channel.hint();
        scene.channel("b").change(records -> records.state("C"));
        scene.pass();

        assertThat(scene.node("b").state()).isEqualTo("C");
    }

    @Test
    void a_throw_from_the_list_of_states_asks_for_nothing() {
        scene.pass();
        channel.states = new AbstractSet<>() {
            @Override
            public Iterator<String> iterator() {
                throw new IllegalStateException("broken");
            }

            @Override
            public int size() {
                throw new IllegalStateException("broken");
            }
        };

        assertThatIllegalStateException().isThrownBy(() -> manager.setRequest("B"));
        assertThat(scene.takeWrites()).isEmpty();
        assertThat(node.lastRequest()).isEmpty();
        assertThat(node.isRequestPending()).isFalse();
    }

    @Test
    void a_feed_that_throws_keeps_no_pass_from_ending() {
        StateFeed broken = new DelegatingFeed(scene.feed) {
            @Override
            public StateEvent publish(StateChange change) {
                throw new IllegalStateException("broken");
            }
        };
        var told =
                NodeManager.publishing(Scene.BOSS, scene.channels, broken, scene.time, NodeManager.Options.defaults());

        assertThat(told.manageOnce()).isEqualTo(Step.after(RETRY));
        channel.change(records -> records.state("B"));
        assertThat(told.manageOnce()).isEqualTo(Step.after(RETRY));
        assertThat(told.node("a").state()).isEqualTo("B");
    }

    @Test
    void a_pass_takes_no_notice_of_the_wall_clock() {
        scene.pass();
        node.setManaged();
        node.setRequest("A");
        scene.pass();
        for (int days : new int[] {-400, 800}) {
            scene.time.stepWall(Duration.ofDays(days));
            assertThat(scene.pass().step).isEqualTo(Step.parked());
            assertThat(node.hasCompleted()).isTrue();
            assertThat(scene.told()).isEmpty();
        }
    }

    @Test
    void a_report_shows_every_node_and_is_stamped() {
        scene.pass();
        node.setRequest("B");
        channel.change(records -> records.error(NodeError.TRUE));
        scene.channel("b").change(records -> records.connected(false));
        scene.pass();
        NodeReport report = manager.report();

        assertThat(report.system()).isEqualTo("BOSS");
        assertThat(report.at()).isEqualTo(scene.time.now());
        assertThat(report.rows()).extracting(NodeReport.Row::name).containsExactly("a", "b");
        assertThat(report.rows().get(0).faults()).isEqualTo(node.faults());
        assertThat(report.rows().get(0).stalled()).isTrue();
        assertThat(report.rows().get(0).arrived()).isFalse();
        assertThat(report.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).startsWith("BOSS").contains("REQUEST", "asked for"))
                .anySatisfy(line -> assertThat(line).startsWith("a ").contains("STALLED", "a: in ERROR"))
                .anySatisfy(line -> assertThat(line).startsWith("b ").contains("(A)", "b: not connected"));
        channel.change(records -> records.state("B"));
        scene.pass();
        assertThat(report.rows().get(0).view().state()).isEqualTo("A");
    }

    @Test
    void explains_one_node_and_says_which_there_are() {
        scene.pass();
        channel.taker = channel::holding;
        node.setRequest("B");
        scene.pass();
        assertThat(manager.explain("a"))
                .contains("a is in A")
                .contains("we asked for B")
                .contains("an answer");

        channel.apply(new NodeWrite.Request("B"));
        channel.answer(WriteOutcome.accepted());
        scene.pass();
        assertThat(manager.explain("a")).contains("stalled").contains("revived");
        channel.change(records -> records.error(NodeError.TRUE));
        scene.pass();
        assertThat(manager.explain("a")).contains("- a: in ERROR");
        assertThat(manager.explain("x")).contains("'x'").contains("[a, b]");
    }

    @Test
    void it_is_a_loop_with_the_name_of_its_system() {
        assertThat(manager.name()).isEqualTo("BOSS");
        assertThat(manager).hasToString("BOSS[a, b]");
    }

    private static void broken() {
        throw new IllegalStateException("broken");
    }
}
