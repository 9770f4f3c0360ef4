package dev.steward.testkit.node;

import dev.steward.loop.ControlLoop;
import dev.steward.node.NodeManager;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.ControlLoopContract;
import dev.steward.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A manager of one node that does not stand still, looked at as a loop; what wakes it is the node. */
class NodeManagerContractTest extends ControlLoopContract {
    private final Map<ControlLoop, FakeNode> fakes = new HashMap<>();

    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        FakeNode node =
                new FakeNode("MC2", simulation.time()).standsIn("SAFE"); // without the simulation: from any thread
        NodeManager nodes = new NodeManager("IFO", List.of(node), time);
        nodes.init(); // else its first pass is the first to listen
        fakes.put(nodes, node);
        return nodes;
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        return Optional.ofNullable(fakes.get(loop))
                .map(node -> () -> node.jump(node.view().isIn("SAFE") ? "ALIGNED" : "SAFE"));
    }
}
