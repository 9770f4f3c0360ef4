package dev.steward.testkit.assertj;

import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What can be said of a node by its view alone. A failure shows the whole view. */
public abstract sealed class NodeFactsAssert<S extends NodeFactsAssert<S, A>, A> extends AbstractAssert<S, A>
        permits NodeAssert, NodeViewAssert {
    NodeFactsAssert(A actual, Class<S> type) {
        super(actual, type);
    }

    abstract NodeView view();

    /** The whole view for a failure, with whatever else is known. */
    abstract String said();

    /** It is there. */
    public final S isConnected() {
        return check("to be connected", view().connected());
    }

    /** It is not there, or its connection is lost. */
    public final S isNotConnected() {
        return check("not to be connected", !view().connected());
    }

    /** It is there, and its code runs. */
    public final S isAlive() {
        return check("to be alive", view().isAlive());
    }

    /** It is not there, or its code does not run. */
    public final S isNotAlive() {
        return check("not to be alive", !view().isAlive());
    }

    /** It is in this state, and there. */
    public final S isIn(String state) {
        return check("to be in " + state, view().isIn(state));
    }

    /** It is in another state, or not there. */
    public final S isNotIn(String state) {
        return check("not to be in " + state, !view().isIn(state));
    }

    /** REQUEST is this, whoever has asked. */
    public final S hasRequest(String state) {
        return same("REQUEST", view().request(), state);
    }

    /** TARGET is this. */
    public final S hasTarget(String state) {
        return same("TARGET", view().target(), state);
    }

    /** STATUS is this. */
    public final S hasStatus(NodeStatus status) {
        return same("STATUS", view().status(), status);
    }

    /** OP is this. */
    public final S hasOp(NodeOp op) {
        return same("OP", view().op(), op);
    }

    /** MODE is this. */
    public final S hasMode(NodeMode mode) {
        return same("MODE", view().mode(), mode);
    }

    /** It is done with the requested state. */
    public final S isDone() {
        return check("to be done", view().isDone());
    }

    /** It is not done with the requested state, or not there. */
    public final S isNotDone() {
        return check("not to be done", !view().isDone());
    }

    /** It is managed, by whomever. */
    public final S isManaged() {
        return check("to be managed", view().isManaged());
    }

    /** It is not managed, by anybody. */
    public final S isNotManaged() {
        return check("not to be managed", !view().isManaged());
    }

    /** It is managed by this system. */
    public final S isManagedBy(String system) {
        return check("to be managed by " + system, view().isManagedBy(system));
    }

    /** It has something to say, and this text is part of it. */
    public final S says(String text) {
        return check(
                "to say '" + text + "'",
                view().connected()
                        && view().notification()
                        && view().messages().stream().anyMatch(message -> message.contains(text)));
    }

    /** It has nothing to say. */
    public final S saysNothing() {
        return check("to say nothing", !(view().connected() && view().notification()));
    }

    final S check(String expected, boolean holds) {
        if (!holds) {
            failWithMessage("%s", "expected " + expected + said());
        }
        return myself;
    }

    final S same(String what, @Nullable Object seen, Object expected) {
        return check(what + " to be " + expected + ", but it is " + seen, Objects.equals(seen, expected));
    }
}
