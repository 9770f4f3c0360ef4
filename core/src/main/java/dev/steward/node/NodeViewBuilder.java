package dev.steward.node;

import java.time.Instant;
import java.util.List;

/** Puts a {@link NodeView} together, for channels and for tests. Not safe for use by many threads. */
public final class NodeViewBuilder {
    private boolean connected;
    private NodeOp op = NodeOp.STOP;
    private NodeMode mode = NodeMode.AUTO;
    private String manager = "";
    private String state = "";
    private String request = "";
    private String target = "";
    private String nominal = "";
    private NodeStatus status = NodeStatus.INIT;
    private NodeError error = NodeError.FALSE;
    private String connect = NodeView.CONNECT_OK;
    private boolean notification;
    private List<String> messages = List.of();
    private boolean ok;
    private boolean active;
    private Instant stateSince = Instant.EPOCH;
    private Instant at = Instant.EPOCH;
    private long version;

    NodeViewBuilder() {}

    NodeViewBuilder(NodeView view) {
        connected = view.connected();
        op = view.op();
        mode = view.mode();
        manager = view.manager();
        state = view.state();
        request = view.request();
        target = view.target();
        nominal = view.nominal();
        status = view.status();
        error = view.error();
        connect = view.connect();
        notification = view.notification();
        messages = view.messages();
        ok = view.ok();
        active = view.active();
        stateSince = view.stateSince();
        at = view.at();
        version = view.version();
    }

    /** Whether it is there. */
    public NodeViewBuilder connected(boolean value) {
        connected = value;
        return this;
    }

    /** OP. */
    public NodeViewBuilder op(NodeOp value) {
        op = value;
        return this;
    }

    /** MODE. */
    public NodeViewBuilder mode(NodeMode value) {
        mode = value;
        return this;
    }

    /** MANAGER; empty = nobody. */
    public NodeViewBuilder manager(String value) {
        manager = value;
        return this;
    }

    /** STATE. */
    public NodeViewBuilder state(String value) {
        state = value;
        return this;
    }

    /** REQUEST. */
    public NodeViewBuilder request(String value) {
        request = value;
        return this;
    }

    /** TARGET. */
    public NodeViewBuilder target(String value) {
        target = value;
        return this;
    }

    /** NOMINAL; empty = none. */
    public NodeViewBuilder nominal(String value) {
        nominal = value;
        return this;
    }

    /** STATUS. */
    public NodeViewBuilder status(NodeStatus value) {
        status = value;
        return this;
    }

    /** ERROR. */
    public NodeViewBuilder error(NodeError value) {
        error = value;
        return this;
    }

    /** CONNECT. */
    public NodeViewBuilder connect(String value) {
        connect = value;
        return this;
    }

    /** NOTIFICATION. */
    public NodeViewBuilder notification(boolean value) {
        notification = value;
        return this;
    }

    /** OK. */
    public NodeViewBuilder ok(boolean value) {
        ok = value;
        return this;
    }

    /** ACTIVE. */
    public NodeViewBuilder active(boolean value) {
        active = value;
        return this;
    }

    /** When STATE was entered. */
    public NodeViewBuilder stateSince(Instant value) {
        stateSince = value;
        return this;
    }

    /** When this is seen. */
    public NodeViewBuilder at(Instant value) {
        at = value;
        return this;
    }

    /** The version. */
    public NodeViewBuilder version(long value) {
        version = value;
        return this;
    }

    /** NOTIFICATION together with its messages: there is one if there is a message. */
    public NodeViewBuilder messages(List<String> value) {
        messages = List.copyOf(value);
        notification = !messages.isEmpty();
        return this;
    }

    /** Sets OK as {@link NodeView#okRule} has it from what was set so far. */
    public NodeViewBuilder okByRule() {
        return ok(connected && NodeView.okRule(op, mode, request, state, nominal, status, error, connect));
    }

    /** The view. */
    public NodeView build() {
        return new NodeView(
                connected,
                op,
                mode,
                manager,
                state,
                request,
                target,
                nominal,
                status,
                error,
                connect,
                notification,
                messages,
                ok,
                active,
                stateSince,
                at,
                version);
    }
}
