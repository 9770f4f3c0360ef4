package dev.steward.testkit;

import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The records of a node, each of which may arrive by itself. */
enum FakeNodeRecord {
    OP(NodeView::op, (view, to) -> to.op(view.op())),
    MODE(NodeView::mode, (view, to) -> to.mode(view.mode())),
    MANAGER(NodeView::manager, (view, to) -> to.manager(view.manager())),
    STATE(
            view -> List.of(view.state(), view.stateSince()),
            (view, to) -> to.state(view.state()).stateSince(view.stateSince())),
    REQUEST(NodeView::request, (view, to) -> to.request(view.request())),
    TARGET(NodeView::target, (view, to) -> to.target(view.target())),
    NOMINAL(NodeView::nominal, (view, to) -> to.nominal(view.nominal())),
    STATUS(NodeView::status, (view, to) -> to.status(view.status())),
    ERROR(NodeView::error, (view, to) -> to.error(view.error())),
    CONNECT(NodeView::connect, (view, to) -> to.connect(view.connect())),
    NOTIFICATION(
            view -> List.of(view.notification(), view.messages()),
            (view, to) -> to.messages(view.messages()).notification(view.notification())),
    OK(NodeView::ok, (view, to) -> to.ok(view.ok())),
    ACTIVE(NodeView::active, (view, to) -> to.active(view.active()));

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a method of a record
    private final Function<NodeView, Object> value;

    @SuppressWarnings("ImmutableEnumChecker") // captures nothing
    private final BiConsumer<NodeView, NodeViewBuilder> copy;

    FakeNodeRecord(Function<NodeView, Object> value, BiConsumer<NodeView, NodeViewBuilder> copy) {
        this.value = value;
        this.copy = copy;
    }

    boolean differs(NodeView one, NodeView other) {
        return !value.apply(one).equals(value.apply(other));
    }

    void copy(NodeView from, NodeViewBuilder to) {
        copy.accept(from, to);
    }
}
