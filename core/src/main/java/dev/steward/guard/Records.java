package dev.steward.guard;

import dev.steward.node.NodeError;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import java.time.Instant;

/** What a node shows of itself, as it stands in the middle of a pass. Not safe for use by many threads. */
final class Records {
    NodeOp op;
    NodeMode mode;
    String manager;
    String state = GuardSystem.INIT;
    String request;
    String target = GuardSystem.INIT;
    String nominal;
    NodeStatus status = NodeStatus.INIT;
    NodeError error = NodeError.FALSE;
    Instant stateSince;

    Records(GuardNode.Options options, GuardSystem system, Instant now) {
        op = options.op();
        mode = options.mode();
        manager = options.manager();
        request = system.request();
        nominal = system.nominal().orElse("");
        stateSince = now;
    }

    boolean isAtRequest() {
        return state.equals(request);
    }

    /** Whether a view shows just this. Allocates nothing. */
    boolean isShownBy(NodeView view) {
        return view.op() == op
                && view.mode() == mode
                && view.status() == status
                && view.error() == error
                && view.state().equals(state)
                && view.request().equals(request)
                && view.target().equals(target)
                && view.manager().equals(manager)
                && view.nominal().equals(nominal)
                && view.stateSince().equals(stateSince);
    }

    /** A view of this that is still without messages, stamp and version. */
    NodeViewBuilder toView() {
        return NodeView.in(state)
                .op(op)
                .mode(mode)
                .manager(manager)
                .request(request)
                .target(target)
                .nominal(nominal)
                .status(status)
                .error(error)
                .stateSince(stateSince)
                .active(op == NodeOp.EXEC
                        && mode.followsGraph()
                        && status != NodeStatus.INIT
                        && error == NodeError.FALSE)
                .okByRule();
    }
}
