package dev.steward.testkit.node;

import static dev.steward.guard.StateResult.DONE;
import static dev.steward.guard.StateResult.GO_ON;
import static dev.steward.guard.StateResult.jumpTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.guard.GuardNode;
import dev.steward.guard.GuardSystem;
import dev.steward.node.NodeFault;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeView;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.FakeNodeTrouble;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The levers on a node of the guard runtime, with a manager in front of them. */
class FakeNodeGuardTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(1);
    private boolean swinging;
    private final GuardSystem system = GuardSystem.named("SUS")
            .whileIn("INIT", here -> DONE)
            .whileIn("SAFE", here -> DONE)
            .whileIn("ALIGNED", here -> swinging ? jumpTo("TRIPPED") : DONE)
            .whileIn("TRIPPED", here -> swinging ? GO_ON : DONE)
            .path("INIT", "SAFE", "ALIGNED")
            .edge("TRIPPED", "SAFE")
            .edge("ALIGNED", "SAFE")
            .request("SAFE")
            .nominal("ALIGNED")
            .build();
    private final GuardNode guard = new GuardNode("MC2", system, simulation.time());
    private final FakeNode node = FakeNode.running(guard, simulation);
    private final NodeManager nodes = new NodeManager("LOCK", List.of(node), simulation.time());

    @BeforeEach
    void align() {
        simulation.add(nodes);
        nodes.setManaged();
        nodes.setRequest("MC2", "ALIGNED");
        simulation.run(SECOND);
        assertThat(nodes.hasCompleted()).isTrue();
    }

    private List<NodeFault.Check> faults() {
        return nodes.faults().stream().map(NodeFault::check).toList();
    }

    @Test
    void stalls_in_a_state_that_its_own_code_has_named_until_it_is_revived() {
        swinging = true;
        simulation.run(SECOND);
        assertThat(node.view().isIn("TRIPPED")).isTrue();
        assertThat(nodes.stalledNodes()).hasSize(1);

        swinging = false;
        nodes.reviveAll();
        simulation.run(SECOND);
        assertThat(nodes.hasCompleted()).isTrue();
    }

    @Test
    void goes_on_behind_a_connection_that_is_lost() {
        node.drop();
        swinging = true;
        simulation.run(SECOND);
        assertThat(faults()).containsExactly(NodeFault.Check.ALIVE);
        assertThat(guard.view().isIn("TRIPPED")).isTrue();
        assertThat(node.view().state()).isEqualTo("ALIGNED");

        node.restore();
        simulation.run(SECOND);
        assertThat(nodes.stalledNodes()).hasSize(1);
        assertThat(faults()).isEmpty();
    }

    @Test
    void is_interfered_with_behind_the_back_of_its_manager() {
        node.takeOver("OTHER").requestByOther("SAFE");
        simulation.run(SECOND);
        assertThat(faults()).containsExactly(NodeFault.Check.REQUEST, NodeFault.Check.MANAGEMENT);

        node.operatorSets(NodeMode.MANUAL);
        simulation.run(SECOND);
        assertThat(node.view().mode()).isEqualTo(NodeMode.MANUAL);
        assertThat(node.view().manager()).isEqualTo("OTHER");
    }

    @Test
    void begins_in_init_again_when_it_restarts() {
        List<NodeView> seen = new ArrayList<>();
        node.listen(() -> seen.add(node.view()));
        node.restart(SECOND);
        simulation.run(SECOND.dividedBy(2));
        assertThat(nodes.isAlive()).isFalse();
        simulation.run(SECOND.multipliedBy(2));

        assertThat(seen.get(0).connected()).isFalse();
        assertThat(seen.get(1).connected()).isTrue();
        assertThat(seen.get(1).isIn("INIT")).isTrue();
        assertThat(node.view().isManaged()).isFalse();
        assertThat(faults()).contains(NodeFault.Check.MANAGEMENT);
    }

    @Test
    void comes_back_managed_if_that_was_saved() {
        node.restartAsBefore(SECOND);
        simulation.run(SECOND.multipliedBy(3));

        assertThat(node.view().isManagedBy("LOCK")).isTrue();
        assertThat(nodes.isManagedByUs()).isTrue();
    }

    @Test
    void shows_a_manager_stalls_that_never_were_if_its_records_are_torn() {
        List<NodeView> seen = new ArrayList<>();
        node.listen(() -> seen.add(node.view()));
        node.tear(Duration.ofMillis(40));
        for (int round = 0; round < 10; round++) {
            nodes.setRequest("MC2", round % 2 == 0 ? "SAFE" : "ALIGNED");
            simulation.run(SECOND);
        }

        assertThat(seen).as("false stalls").anyMatch(NodeView::isStalled);
        node.heal();
        simulation.run(SECOND);
        assertThat(nodes.stalledNodes()).isEmpty();
        assertThat(nodes.hasCompleted()).isTrue();
    }

    @Test
    void makes_a_write_that_failed_a_fault_until_it_is_asked_again() {
        node.next(FakeNodeTrouble.REFUSED);
        nodes.setRequest("MC2", "SAFE");
        simulation.run(SECOND);
        assertThat(faults()).containsExactly(NodeFault.Check.WRITE);

        nodes.setRequest("MC2", "SAFE");
        simulation.run(SECOND);
        assertThat(faults()).isEmpty();
        assertThat(nodes.hasCompleted()).isTrue();
    }
}
