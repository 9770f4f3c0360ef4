package dev.steward.examples.nodes;

import static dev.steward.testkit.assertj.StewardAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import dev.steward.guard.GuardNode;
import dev.steward.node.Node;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.junit.StewardExtension;
import dev.steward.time.TimeSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The blocks of the page about nodes that are not part of the example. */
@ExtendWith(StewardExtension.class)
class NodesPageTest {
    @Test
    void a_manager_is_asked_after_its_pass(Simulation simulation) {
        TimeSource time = simulation.time();
        Plant plant = new Plant(time, ofMillis(100));
        List<GuardNode> channels = Tower.OPTICS.stream()
                .map(optic -> new GuardNode(optic, Suspension.system(optic, plant), time))
                .toList();
        channels.forEach(simulation::add);
        simulation.run(ofSeconds(1)); // a node that is managed as it begins would stall after INIT
        NodeManager nodes = manage(channels, time);
        simulation.run(ofSeconds(3));
        nodes.manageOnce();

        assertThat(nodes.node("SUS_IX").hasArrived()).isTrue();
        assertThat(nodes.hasArrived()).isFalse(); // two were never asked
        assertThat(nodes.only("SUS_IX").hasCompleted()).isTrue();
    }

    private static NodeManager manage(List<? extends NodeChannel> channels, TimeSource time) {
        // region ManageOnce
        NodeManager nodes = new NodeManager("CAVITY", channels, time);
        nodes.setManaged();
        nodes.setRequest("SUS_IX", "ALIGNED");

        nodes.manageOnce(); // looks at what has changed
        nodes.stalledNodes().forEach(Node::revive);
        if (nodes.only("SUS_IX").hasArrived()) {
            System.out.println(nodes.report());
        }
        // endregion
        return nodes;
    }

    // region TestingNodes
    @Test
    void a_node_that_comes_back_is_managed_and_asked_again(Simulation simulation) {
        FakeNode optic = new FakeNode("SUS_IX", simulation).standsIn("SAFE");
        optic.obeys(ofMillis(50), ofSeconds(1), ofSeconds(1)); // TARGET, STATE, then DONE
        NodeManager nodes = new NodeManager(
                "CAVITY",
                List.of(optic),
                simulation.time(),
                NodeManager.Options.defaults().withOnReconnect(Node::reassert));
        simulation.add(nodes);
        nodes.setManaged();
        nodes.setRequest("ALIGNED");
        simulation.run(ofSeconds(5));
        assertThat(nodes.node("SUS_IX")).hasCompletedAt("ALIGNED");

        optic.comesUpIn("SAFE").restart(ofSeconds(20)); // back in MODE AUTO, asked for nothing
        simulation.run(ofSeconds(10));
        assertThat(nodes.node("SUS_IX")).isNotConnected();

        simulation.run(ofSeconds(20));
        assertThat(nodes.node("SUS_IX"))
                .isManagedByUs()
                .hasCompletedAt("ALIGNED")
                .hasNoFault();
    }
    // endregion
}
