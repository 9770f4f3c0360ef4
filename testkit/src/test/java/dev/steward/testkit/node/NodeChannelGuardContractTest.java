package dev.steward.testkit.node;

import static dev.steward.guard.StateResult.DONE;

import dev.steward.guard.GuardNode;
import dev.steward.guard.GuardSystem;
import dev.steward.node.NodeChannel;
import dev.steward.testkit.contract.NodeChannelContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** A node of the guard runtime is a channel to itself; it has no connection that could break. */
class NodeChannelGuardContractTest extends NodeChannelContract {
    static final GuardSystem SYSTEM = GuardSystem.named("SUS")
            .whileIn("SAFE", here -> DONE)
            .whileIn("DAMPED", here -> DONE)
            .whileIn("ALIGNED", here -> DONE)
            .whileIn("TRIPPED", here -> DONE)
            .path("INIT", "SAFE", "DAMPED", "ALIGNED", "TRIPPED", "SAFE")
            .request("SAFE")
            .nominal("ALIGNED")
            .build();

    final VirtualTime time = new VirtualTime();
    final GuardNode node = new GuardNode("MC2", SYSTEM, time);

    @Override
    protected NodeChannel newChannel() {
        for (int cycle = 0; cycle < 20; cycle++) {
            pass();
        }
        return node;
    }

    private void pass() {
        node.manageOnce();
        time.advance(Duration.ofMillis(50));
    }

    @Override
    protected List<String> requestable() {
        return List.of("DAMPED", "ALIGNED", "TRIPPED");
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        for (int pass = 0; news.isEmpty() && pass < 40; pass++) {
            pass();
        }
        return news.poll();
    }
}
