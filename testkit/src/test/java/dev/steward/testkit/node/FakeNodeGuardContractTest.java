package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.FakeNodeTrouble;

/** The same with levers on it, and so with a connection that can break. */
class FakeNodeGuardContractTest extends NodeChannelGuardContractTest {
    private FakeNode levers;

    @Override
    protected NodeChannel newChannel() {
        levers = new FakeNode(super.newChannel(), time);
        return levers;
    }

    @Override
    protected boolean drop() {
        levers.drop();
        return true;
    }

    @Override
    protected void restore() {
        node.manageOnce(); // it goes on behind a broken connection
        levers.restore();
    }

    @Override
    protected void requestByOther(String state) {
        node.request(state);
    }

    @Override
    protected boolean fallSilent() {
        levers.always(FakeNodeTrouble.UNKNOWN);
        return true;
    }
}
