package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.FakeNodeTrouble;
import dev.steward.testkit.contract.NodeChannelContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The fake does what every channel must do; here everything within the call. */
class FakeNodeContractTest extends NodeChannelContract {
    final FakeNode node = node().knows("SAFE", "DAMPED", "ALIGNED", "TRIPPED").standsIn("SAFE");

    FakeNode node() {
        return new FakeNode("MC2", new VirtualTime());
    }

    @Override
    protected NodeChannel newChannel() {
        return node;
    }

    @Override
    protected List<String> requestable() {
        return List.of("DAMPED", "ALIGNED", "TRIPPED");
    }

    @Override
    protected boolean drop() {
        node.drop();
        return true;
    }

    @Override
    protected void restore() {
        node.restore();
    }

    @Override
    protected void requestByOther(String state) {
        node.requestByOther(state);
    }

    @Override
    protected boolean moveAtOnce(String state) {
        node.standsIn(state);
        return true;
    }

    @Override
    protected boolean fallSilent() {
        node.always(FakeNodeTrouble.UNKNOWN);
        return true;
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        return news.poll();
    }
}
