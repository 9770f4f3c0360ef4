package dev.steward.testkit.assertj;

import dev.steward.node.NodeView;
import java.util.Objects;

/** Assertions about one view of a node, as its channel shows it. A failure shows the whole view. */
public final class NodeViewAssert extends NodeFactsAssert<NodeViewAssert, NodeView> {
    NodeViewAssert(NodeView actual) {
        super(actual, NodeViewAssert.class);
    }

    /** It goes nowhere although it was asked to, as {@link NodeView#isStalled} says. */
    public NodeViewAssert isStalled() {
        return check("to be stalled", view().isStalled());
    }

    /** It goes where it was asked to, is there already, or nobody knows. */
    public NodeViewAssert isNotStalled() {
        return check("not to be stalled", !view().isStalled());
    }

    /** It says that all is well. */
    public NodeViewAssert isOk() {
        return check("to be OK", view().connected() && view().ok());
    }

    /** It does not say that all is well. */
    public NodeViewAssert isNotOk() {
        return check("not to be OK", !(view().connected() && view().ok()));
    }

    @Override
    NodeView view() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }

    @Override
    String said() {
        return new NodeTable("the node").text(view());
    }
}
