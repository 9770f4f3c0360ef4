package dev.steward.testkit;

import dev.steward.node.NodeError;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a scripted node goes where it is asked to: TARGET, then STATE, then DONE, each after a while; there is nothing in between. Not safe
 * for use by many threads.
 */
final class FakeNodeWalk {
    private final Simulation simulation;
    private final FakeNodeRecords records;
    private final Duration target;
    private final Duration state;
    private final Duration done;
    private @Nullable Happening next;

    FakeNodeWalk(Simulation simulation, FakeNodeRecords records, Duration target, Duration state, Duration done) {
        this.simulation = simulation;
        this.records = records;
        this.target = target;
        this.state = state;
        this.done = done;
    }

    /** Something was asked of the node. */
    void written(NodeWrite write, NodeView before) {
        if (write instanceof NodeWrite.Request) {
            go();
        } else if (write instanceof NodeWrite.Operate operate) {
            operated(operate.op(), before.op());
        } else if (write instanceof NodeWrite.Release) {
            goOn();
        }
    }

    private void operated(NodeOp op, NodeOp before) {
        if (op != NodeOp.EXEC) {
            stop();
        } else if (before == NodeOp.STOP) {
            records.change(to -> to.state(FakeNodeRecords.INIT)
                    .target(FakeNodeRecords.INIT)
                    .status(NodeStatus.INIT)
                    .okByRule());
            go();
        } else {
            goOn();
        }
    }

    /** It has entered a state by a jump, or its MODE has changed. */
    void goOn() {
        NodeView view = records.view();
        boolean there = view.state().equals(view.request());
        if (there ? view.status() != NodeStatus.DONE : next == null && view.mode() != NodeMode.MANAGED) {
            go();
        }
    }

    /** Goes nowhere, until something is asked. */
    void stop() {
        Happening pending = next;
        next = null;
        if (pending != null) {
            pending.cancel();
        }
    }

    private void go() {
        stop();
        NodeView view = records.view();
        if (view.op() == NodeOp.EXEC && view.error() == NodeError.FALSE) {
            then(target, "has a target", this::aim);
        }
    }

    private void aim() {
        NodeView view = records.view();
        boolean there = view.state().equals(view.request());
        records.change(to -> {
            to.target(view.request());
            if (!there) {
                to.status(NodeStatus.RUN);
            }
            to.okByRule();
        });
        if (!there || view.status() != NodeStatus.DONE) {
            then(state, "enters", this::enter);
        }
    }

    private void enter() {
        records.change(
                to -> to.state(records.view().target()).status(NodeStatus.RUN).okByRule());
        then(
                done,
                "is done",
                () -> records.change(to -> to.status(NodeStatus.DONE).okByRule()));
    }

    private void then(Duration delay, String what, Runnable action) {
        next = simulation.after(delay, records.node() + " " + what, () -> {
            next = null;
            action.run();
        });
    }
}
