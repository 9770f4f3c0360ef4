package dev.steward.node;

import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Instant;
import java.util.List;

/**
 * One instant of one node: all its records together. Whatever is decided about a node is decided from exactly one of these, so that no two
 * instants are mixed. Immutable.
 *
 * @param connected whether the node is there; if not, the rest is what was seen last
 * @param op OP: whether it runs
 * @param mode MODE: how it follows its graph
 * @param manager MANAGER: who manages it, or did; empty = nobody
 * @param state STATE: where it is; empty = not known
 * @param request REQUEST: where it was asked to go, by whomever
 * @param target TARGET: the next state on its way; where it is if there is none
 * @param nominal NOMINAL: where it should be in good times; empty = nothing was said
 * @param status STATUS: what happens inside
 * @param error ERROR: whether it has trouble of its own
 * @param connect CONNECT: how its own connections are; {@value #CONNECT_OK} if good
 * @param notification NOTIFICATION: whether it has something to say
 * @param messages what it has to say; may be empty where a channel carries the flag alone
 * @param ok OK: whether it is in its nominal state, as {@link #okRule} says
 * @param active ACTIVE: whether it runs, follows its graph and has no trouble, wherever it is
 * @param stateSince when it entered its state, by the clock of whoever saw it first; for people
 * @param at when this instant was, by the same clock; for people
 * @param version grows with each view of a channel
 */
public record NodeView(
        boolean connected,
        NodeOp op,
        NodeMode mode,
        String manager,
        String state,
        String request,
        String target,
        String nominal,
        NodeStatus status,
        NodeError error,
        String connect,
        boolean notification,
        List<String> messages,
        boolean ok,
        boolean active,
        Instant stateSince,
        Instant at,
        long version) {
    /** What CONNECT says in good times. */
    public static final String CONNECT_OK = "OK";

    private static final NodeView UNSEEN = new NodeViewBuilder().build();

    /** Takes any; only nulls are refused. */
    public NodeView {
        checkNotNull(op, "op");
        checkNotNull(mode, "mode");
        checkNotNull(manager, "manager");
        checkNotNull(state, "state");
        checkNotNull(request, "request");
        checkNotNull(target, "target");
        checkNotNull(nominal, "nominal");
        checkNotNull(status, "status");
        checkNotNull(error, "error");
        checkNotNull(connect, "connect");
        messages = List.copyOf(messages);
        checkNotNull(stateSince, "stateSince");
        checkNotNull(at, "at");
    }

    /** Nothing was seen so far: not connected, no state, version 0. */
    public static NodeView unseen() {
        return UNSEEN;
    }

    /** A node that runs in a state, as it was asked to; the rest can be changed with the builder's methods. */
    public static NodeViewBuilder in(String state) {
        return new NodeViewBuilder()
                .connected(true)
                .op(NodeOp.EXEC)
                .state(state)
                .request(state)
                .target(state);
    }

    /** A copy to be changed. */
    public NodeViewBuilder toBuilder() {
        return new NodeViewBuilder(this);
    }

    /** Whether it is there and its code runs. */
    public boolean isAlive() {
        return connected && op == NodeOp.EXEC;
    }

    /** Whether it is in this state, and there. */
    public boolean isIn(String other) {
        return connected && state.equals(other);
    }

    /** Whether it is managed, by whomever. */
    public boolean isManaged() {
        return connected && mode == NodeMode.MANAGED;
    }

    /** Whether it is managed by this system. */
    public boolean isManagedBy(String system) {
        return isManaged() && manager.equals(system);
    }

    /** Whether the requested state is complete. */
    public boolean isDone() {
        return connected && status == NodeStatus.DONE;
    }

    /**
     * Whether it goes nowhere although it was asked to: STATE equals TARGET and differs from REQUEST. Mostly that is a jump while managed;
     * MODE is not looked at, so a node without a way to its request is stalled too.
     */
    public boolean isStalled() {
        return connected && state.equals(target) && !state.equals(request);
    }

    /**
     * The rule by which a node sets its OK: it runs, follows its graph, was asked for its nominal state, is there and done with it, without
     * error and with good connections. Without a nominal state it never is.
     */
    public static boolean okRule(
            NodeOp op,
            NodeMode mode,
            String request,
            String state,
            String nominal,
            NodeStatus status,
            NodeError error,
            String connect) {
        return op == NodeOp.EXEC
                && mode.followsGraph()
                && !nominal.isEmpty()
                && request.equals(nominal)
                && state.equals(nominal)
                && status == NodeStatus.DONE
                && error == NodeError.FALSE
                && connect.equals(CONNECT_OK);
    }
}
