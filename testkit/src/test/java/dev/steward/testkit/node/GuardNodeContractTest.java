package dev.steward.testkit.node;

import dev.steward.guard.GuardNode;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateResult;
import dev.steward.loop.ControlLoop;
import dev.steward.node.NodeManager;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.ControlLoopContract;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.Optional;

/** A node that holds a manager of another node, looked at as a loop; what wakes it is a request. */
class GuardNodeContractTest extends ControlLoopContract {
    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        GuardSystem system = GuardSystem.named("SUS")
                .whileIn("SAFE", here -> StateResult.DONE)
                .whileIn("ALIGNED", here -> StateResult.DONE)
                .path("SAFE", "ALIGNED")
                .path("ALIGNED", "SAFE")
                .request("SAFE")
                .nominal("ALIGNED")
                .build();
        NodeManager nodes = new NodeManager("MC2", List.of(new FakeNode("MC2_M1", simulation.time())), time);
        return new GuardNode("MC2", system, time, GuardNode.Options.defaults().withManagers(nodes));
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        GuardNode node = (GuardNode) loop;
        return Optional.of(() -> node.request(node.view().request().equals("SAFE") ? "ALIGNED" : "SAFE"));
    }
}
