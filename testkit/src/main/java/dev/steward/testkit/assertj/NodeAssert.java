package dev.steward.testkit.assertj;

import dev.steward.node.Node;
import dev.steward.node.NodeFault;
import dev.steward.node.NodeView;
import java.util.List;
import java.util.Objects;

/**
 * Assertions about a node as its manager sees it, as of the manager's last pass. A failure shows the whole view, and beside it what was
 * asked through this object.
 */
public final class NodeAssert extends NodeFactsAssert<NodeAssert, Node> {
    NodeAssert(Node actual) {
        super(actual, NodeAssert.class);
    }

    /** It is in the state that this manager has asked for last. */
    public NodeAssert hasArrived() {
        return check("to have arrived", node().hasArrived());
    }

    /** It is in this state, and this manager has asked for it last. */
    public NodeAssert hasArrivedAt(String state) {
        return check("to have arrived at " + state, node().hasArrived() && node().isIn(state));
    }

    /** It is in another state than this manager has asked for last, or this manager has asked for none. */
    public NodeAssert hasNotArrived() {
        return check("not to have arrived", !node().hasArrived());
    }

    /** It has arrived and is done. */
    public NodeAssert hasCompleted() {
        return check("to have completed", node().hasCompleted());
    }

    /** It has arrived at this state and is done. */
    public NodeAssert hasCompletedAt(String state) {
        return check("to have completed " + state, node().hasCompleted() && node().isIn(state));
    }

    /** It has not arrived, is not done, or has not answered the request yet. */
    public NodeAssert hasNotCompleted() {
        return check("not to have completed", !node().hasCompleted());
    }

    /** It has stalled, for the settle time of its manager at least. */
    public NodeAssert isStalled() {
        return check("to be stalled", node().isStalled());
    }

    /** It has not stalled, or not for long enough. */
    public NodeAssert isNotStalled() {
        return check("not to be stalled", !node().isStalled());
    }

    /** It is managed by this manager's system. */
    public NodeAssert isManagedByUs() {
        return check("to be managed by us", node().isManagedByUs());
    }

    /** It is managed by nobody or by another system. */
    public NodeAssert isNotManagedByUs() {
        return check("not to be managed by us", !node().isManagedByUs());
    }

    /** It says that all is well. */
    public NodeAssert isOk() {
        return check("to be OK", node().isOk());
    }

    /** It does not say that all is well. */
    public NodeAssert isNotOk() {
        return check("not to be OK", !node().isOk());
    }

    /** This manager has asked for this state last. */
    public NodeAssert wasAskedFor(String state) {
        return same("what was asked for last", node().lastRequest().orElse("nothing"), state);
    }

    /** This manager has asked for nothing so far. */
    public NodeAssert wasNeverAsked() {
        return check("never to have been asked", node().lastRequest().isEmpty());
    }

    /** No check finds a fault; what is only told does not count. */
    public NodeAssert hasNoFault() {
        return check("to have no fault", !node().isInFault());
    }

    /** Just these checks find a fault, in any order; what is only told does not count. */
    public NodeAssert hasFaults(NodeFault.Check... checks) {
        List<NodeFault.Check> found = node().faults().stream()
                .filter(NodeFault::isFault)
                .map(NodeFault::check)
                .distinct()
                .sorted()
                .toList();
        List<NodeFault.Check> expected =
                List.of(checks).stream().distinct().sorted().toList();
        return check("the faults " + expected + ", but found " + found, found.equals(expected));
    }

    /** This is told of it, fault or not. */
    public NodeAssert tells(NodeFault.Check check) {
        return check("to tell " + check, node().faults().stream().anyMatch(fault -> fault.check() == check));
    }

    @Override
    NodeView view() {
        return node().view();
    }

    @Override
    String said() {
        Node node = node();
        NodeTable table = new NodeTable(node.name())
                .beside(
                        "REQUEST",
                        node.lastRequest().map(last -> "asked for " + last).orElse("asked for nothing")
                                + (node.isRequestPending() ? ", no answer yet" : ""));
        if (node.isManaged()) {
            table.beside("MANAGER", node.isManagedByUs() ? "that is us" : "that is not us");
        }
        node.faults().forEach(fault -> table.below((fault.isFault() ? "fault: " : "told: ") + fault.message()));
        return table.text(view());
    }

    private Node node() {
        isNotNull();
        return Objects.requireNonNull(actual);
    }
}
