package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fake node is by itself, and what other people do to it. */
class FakeNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(1);
    private final FakeNode node = new FakeNode("MC2", simulation);
    private final List<WriteOutcome> answers = new ArrayList<>();

    @Test
    void begins_in_init_asked_for_it_and_done() {
        NodeView view = node.view();

        assertThat(view.isAlive()).isTrue();
        assertThat(view.isIn("INIT")).isTrue();
        assertThat(view.isDone()).isTrue();
        assertThat(view.isStalled()).isFalse();
        assertThat(view.mode()).isEqualTo(NodeMode.AUTO);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.stateSince()).isEqualTo(simulation.time().now());
        assertThat(node.states()).isEmpty();
    }

    @Test
    void sets_the_records_that_a_write_asks_for_and_nothing_else() {
        node.standsIn("SAFE");
        NodeView before = node.view();

        node.write(new NodeWrite.Request("ALIGNED"), answers::add);
        assertThat(node.view()).isEqualTo(like(before).request("ALIGNED").build());
        node.write(new NodeWrite.Manage("LOCK"), answers::add);
        assertThat(node.view().isManagedBy("LOCK")).isTrue();
        node.write(new NodeWrite.Release(false), answers::add);
        assertThat(node.view().isManaged()).isFalse();
        assertThat(node.view().manager()).isEqualTo("LOCK");
        node.write(new NodeWrite.Release(true), answers::add);
        assertThat(node.view().manager()).isEmpty();
        node.write(new NodeWrite.Operate(NodeOp.PAUSE), answers::add);
        assertThat(node.view().isAlive()).isFalse();
        NodeView paused = node.view();
        node.write(new NodeWrite.Load(), answers::add);
        assertThat(node.view()).isEqualTo(paused);

        assertThat(answers).hasSize(6).allMatch(WriteOutcome::isAccepted);
        assertThat(node.view().isIn("SAFE")).isTrue();
    }

    @Test
    void changes_records_all_at_once_and_stamps_them_itself() {
        List<NodeView> seen = new ArrayList<>();
        node.listen(() -> seen.add(node.view()));
        simulation.run(SECOND);
        Instant then = simulation.time().now();

        node.set(to ->
                to.state("A").target("A").request("B").stateSince(Instant.MAX).version(99));
        simulation.run(SECOND);
        node.set(to -> to.messages(List.of("mind the gap")));

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0).isStalled()).isTrue();
        assertThat(seen.get(0).version()).isEqualTo(2);
        assertThat(seen.get(1).notification()).isTrue();
        assertThat(seen.get(1).stateSince()).isEqualTo(then);
        assertThat(seen.get(1).at()).isEqualTo(then.plusSeconds(1));
        assertThat(seen.get(1).version()).isEqualTo(3);
    }

    @Test
    void shows_a_view_that_the_test_has_made_and_tells_nobody_of_the_same_again() {
        NodeView wanted = NodeView.in("TRIPPED")
                .request("ALIGNED")
                .mode(NodeMode.MANAGED)
                .manager("LOCK")
                .nominal("ALIGNED")
                .notification(true)
                .status(NodeStatus.RUN)
                .build();
        node.show(wanted);
        int[] hints = new int[1];
        node.listen(() -> hints[0]++);

        node.show(wanted);

        assertThat(hints[0]).isZero();
        assertThat(node.view().toBuilder()
                        .at(Instant.EPOCH)
                        .stateSince(Instant.EPOCH)
                        .build())
                .isEqualTo(wanted.toBuilder().version(2).build());
    }

    @Test
    void refuses_states_that_it_does_not_have_if_it_knows_them() {
        node.knows("SAFE", "ALIGNED");

        node.write(new NodeWrite.Request("ALINGED"), answers::add);

        assertThat(node.states()).containsExactlyInAnyOrder("SAFE", "ALIGNED");
        assertThat(answers).extracting(WriteOutcome::kind).containsExactly(WriteOutcome.Kind.REFUSED);
        assertThat(answers.get(0).detail()).contains("MC2", "ALINGED");
        assertThat(node.view().request()).isEqualTo("INIT");
    }

    @Test
    void goes_where_it_is_asked_to_if_it_is_told_to_obey() {
        node.standsIn("SAFE").set(to -> to.nominal("ALIGNED")).obeys(SECOND, SECOND.multipliedBy(2), SECOND);
        simulation.run(SECOND);
        node.write(new NodeWrite.Request("ALIGNED"), answers::add);

        simulation.run(SECOND.minusNanos(1));
        assertThat(node.view().isStalled()).as("TARGET is not worked out yet").isTrue();
        simulation.run(Duration.ofNanos(1));
        assertThat(node.view().target()).isEqualTo("ALIGNED");
        assertThat(node.view().isIn("SAFE")).isTrue();
        simulation.run(SECOND.multipliedBy(2));
        assertThat(node.view().isIn("ALIGNED")).isTrue();
        assertThat(node.view().isDone()).isFalse();
        assertThat(node.view().ok()).isFalse();
        simulation.run(SECOND);
        assertThat(node.view().isDone()).isTrue();
        assertThat(node.view().ok()).isTrue();
    }

    @Test
    void forgets_where_it_was_going_when_it_is_asked_for_another_state() {
        node.standsIn("SAFE").obeys(SECOND, SECOND, SECOND);
        node.requestByOther("ALIGNED");
        simulation.run(SECOND.plusMillis(500));
        node.requestByOther("DAMPED");

        simulation.run(SECOND.multipliedBy(2));

        assertThat(node.view().isIn("DAMPED")).isTrue();
        simulation.settle(SECOND);
        assertThat(node.view().isIn("DAMPED")).isTrue();
        assertThat(node.view().isDone()).isTrue();
    }

    @Test
    void stays_where_it_has_jumped_to_while_it_is_managed() {
        node.standsIn("ALIGNED").obeys(SECOND, SECOND, SECOND).takeOver("LOCK");
        node.jump("TRIPPED");

        simulation.run(SECOND.multipliedBy(10));
        assertThat(node.view().isStalled()).isTrue();
        assertThat(node.view().isDone()).isFalse();

        node.operatorSets(NodeMode.AUTO);
        simulation.run(SECOND.multipliedBy(3));
        assertThat(node.view().isIn("ALIGNED")).isTrue();
        assertThat(node.view().isDone()).isTrue();
    }

    @Test
    void begins_anew_after_a_stop_and_goes_on_after_a_pause() {
        node.standsIn("SAFE").obeys(SECOND, SECOND, SECOND);
        node.requestByOther("ALIGNED").operatorSets(NodeOp.PAUSE);
        simulation.run(SECOND.multipliedBy(10));
        assertThat(node.view().isIn("SAFE")).isTrue();

        node.operatorSets(NodeOp.EXEC);
        simulation.run(SECOND.multipliedBy(10));
        assertThat(node.view().isIn("ALIGNED")).isTrue();

        node.operatorSets(NodeOp.STOP).operatorSets(NodeOp.EXEC);
        assertThat(node.view().isIn("INIT")).isTrue();
        simulation.run(SECOND.multipliedBy(3));
        assertThat(node.view().isIn("ALIGNED")).isTrue();
    }

    @Test
    void obeys_other_people_behind_the_back_of_its_manager() {
        node.standsIn("SAFE");
        node.write(new NodeWrite.Manage("LOCK"), answers::add);

        node.takeOver("OTHER").requestByOther("DAMPED").operatorSets(NodeOp.PAUSE);

        assertThat(node.view().isManagedBy("OTHER")).isTrue();
        assertThat(node.view().request()).isEqualTo("DAMPED");
        assertThat(node.view().op()).isEqualTo(NodeOp.PAUSE);
        node.operatorSets(NodeMode.MANUAL);
        assertThat(node.view().mode()).isEqualTo(NodeMode.MANUAL);
        assertThat(node.view().manager()).isEqualTo("OTHER");
        assertThat(node.asked()).containsExactly(new NodeWrite.Manage("LOCK"));
    }

    @Test
    void restarts_in_auto_and_comes_up_where_it_is_told_to() {
        node.standsIn("ALIGNED").takeOver("LOCK").comesUpIn("SAFE");
        node.restart(SECOND);
        assertThat(node.view().connected()).isFalse();
        assertThat(node.view().state()).isEqualTo("ALIGNED");
        List<String> seen = new ArrayList<>();
        node.listen(() -> seen.add(node.view().state()));

        simulation.run(SECOND);

        assertThat(seen).containsExactly("INIT", "SAFE");
        assertThat(node.view().isManaged()).isFalse();
        assertThat(node.view().manager()).isEmpty();
        assertThat(node.view().isStalled()).isFalse();
    }

    @Test
    void restarts_stalled_if_it_was_managed_and_remembers_that() {
        node.standsIn("ALIGNED")
                .obeys(SECOND, SECOND, SECOND)
                .takeOver("LOCK")
                .comesUpIn("SAFE")
                .restartAsBefore(SECOND);

        simulation.run(SECOND.multipliedBy(10));

        assertThat(node.view().isManagedBy("LOCK")).isTrue();
        assertThat(node.view().isStalled()).isTrue();
        assertThat(node.view().request()).isEqualTo("ALIGNED");
    }

    @Test
    void needs_no_simulation_for_what_takes_no_time() {
        FakeNode plain = new FakeNode("MC1", new VirtualTime());
        plain.standsIn("SAFE").write(new NodeWrite.Request("ALIGNED"), answers::add);

        assertThat(answers).containsExactly(WriteOutcome.accepted());
        assertThat(plain.view().request()).isEqualTo("ALIGNED");
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.takes(SECOND))
                .withMessageContaining("takes of 'MC1' needs a simulation");
    }

    @Test
    void puts_its_levers_on_a_running_node_whose_records_are_not_the_tests() {
        FakeNode running = new FakeNode("MC3", simulation).standsIn("SAFE");
        FakeNode levers = new FakeNode((NodeChannel) running, simulation);
        List<NodeView> seen = new ArrayList<>();
        levers.listen(() -> seen.add(levers.view()));

        running.jump("TRIPPED");
        levers.takeOver("OTHER").requestByOther("ALIGNED");
        levers.write(new NodeWrite.Manage("LOCK"), answers::add);

        assertThat(seen).hasSize(4);
        assertThat(running.view().isManagedBy("LOCK")).isTrue();
        assertThat(levers.view().isManagedBy("LOCK")).isTrue();
        assertThat(running.asked()).hasSize(3);
        assertThat(levers.asked()).containsExactly(new NodeWrite.Manage("LOCK"));
        assertThatIllegalStateException()
                .isThrownBy(() -> levers.jump("SAFE"))
                .withMessage("'MC3' runs by itself: force what it shows instead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> levers.operatorSets(NodeMode.MANUAL))
                .withMessageContaining("MANUAL");
    }

    @Test
    void stops_and_starts_a_running_node_when_it_restarts() {
        FakeNode running = new FakeNode("MC3", simulation).standsIn("SAFE").obeys(SECOND, SECOND, SECOND);
        FakeNode levers = new FakeNode((NodeChannel) running, simulation);
        levers.takeOver("LOCK").restart(SECOND);
        assertThat(levers.view().connected()).isFalse();
        assertThat(running.view().op()).isEqualTo(NodeOp.STOP);

        simulation.run(SECOND);
        assertThat(levers.view().isIn("INIT")).isTrue();
        assertThat(levers.view().isAlive()).isTrue();
        assertThat(levers.view().isManaged()).isFalse();
    }

    /** The same, at the stamps and with the version that a change at this instant has. */
    private NodeViewBuilder like(NodeView view) {
        return view.toBuilder().at(simulation.time().now()).version(view.version() + 1);
    }
}
