package dev.steward.node;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one view means to its manager, as bits: a pure function of the view and of what the manager remembers, so that what is kept as
 * things change always equals what a look at everything would find.
 */
final class Judgement {
    static final int CONNECTED = 1;
    static final int ALIVE = 1 << 1;
    static final int MANAGED = 1 << 2;
    static final int OURS = 1 << 3;
    static final int ARRIVED = 1 << 4;
    static final int DONE = 1 << 5;
    static final int COMPLETED = 1 << 6;
    static final int STALLED = 1 << 7;
    static final int OK = 1 << 8;

    static final int NOT_ALIVE = 1 << 9;
    static final int IN_ERROR = 1 << 10;
    static final int REQUEST_CHANGED = 1 << 11;
    static final int MANAGEMENT_CHANGED = 1 << 12;
    static final int WRITE_FAILED = 1 << 13;
    static final int NOTIFIES = 1 << 14;
    static final int STALL_TOLD = 1 << 15;
    static final int SKIPPED = 1 << 16;
    static final int ACTIVE = 1 << 17;

    /** How many bits there are. */
    static final int BITS = 18;

    /** Each is a fault. */
    static final int FAULTS = NOT_ALIVE | IN_ERROR | REQUEST_CHANGED | MANAGEMENT_CHANGED | WRITE_FAILED;

    /** Each has a message. */
    static final int TOLD = FAULTS | NOTIFIES | STALL_TOLD | SKIPPED;

    private Judgement() {}

    /**
     * The bits of a node that is not skipped.
     *
     * @param lastRequest what this manager has asked for last; null = nothing yet
     * @param managedByUs whether this manager has set the node managed and not released it since
     * @param settled whether a stall has lasted long enough to count
     */
    static int of(
            NodeView view,
            @Nullable String lastRequest,
            boolean managedByUs,
            String system,
            Errands errands,
            boolean settled,
            boolean tellsStalls) {
        int bits = errands.hasTrouble() ? WRITE_FAILED : 0;
        if (!view.connected()) {
            return bits | NOT_ALIVE;
        }
        bits |= CONNECTED | (view.op() == NodeOp.EXEC ? ALIVE : NOT_ALIVE);
        boolean ours = view.isManagedBy(system);
        if (view.mode() == NodeMode.MANAGED) {
            bits |= ours ? MANAGED | OURS : MANAGED;
        }
        if (view.isDone()) {
            bits |= DONE;
        }
        if (view.ok()) {
            bits |= OK;
        }
        if (view.active()) {
            bits |= ACTIVE;
        }
        if (settled && view.isStalled()) {
            bits |= tellsStalls ? STALLED | STALL_TOLD : STALLED;
        }
        if (view.error() != NodeError.FALSE) {
            bits |= IN_ERROR;
        }
        if (view.notification()) {
            bits |= NOTIFIES;
        }
        if (lastRequest != null) {
            bits |= ofRequest(view, lastRequest, errands);
        }
        boolean silent = errands.isOpen(NodeWrite.Kind.MANAGEMENT);
        return managedByUs && !ours && !silent ? bits | MANAGEMENT_CHANGED : bits;
    }

    private static int ofRequest(NodeView view, String lastRequest, Errands errands) {
        int bits = 0;
        if (view.state().equals(lastRequest)) {
            // right after asking for the same state again, DONE may still be the one from before
            boolean answered = !errands.isPending(NodeWrite.Kind.REQUEST);
            bits = answered && view.isDone() ? ARRIVED | COMPLETED : ARRIVED;
        }
        boolean silent = errands.isOpen(NodeWrite.Kind.REQUEST);
        return silent || view.request().equals(lastRequest) ? bits : bits | REQUEST_CHANGED;
    }

    /** What the bits tell, in the order of the checks. */
    static List<NodeFault> faults(int bits, String name, NodeView view, @Nullable String lastRequest, Errands errands) {
        if ((bits & TOLD) == 0) {
            return List.of();
        }
        List<NodeFault> faults = new ArrayList<>();
        if ((bits & NOT_ALIVE) != 0) {
            faults.add(view.connected() ? new NodeFault.NotRunning(name, view.op()) : new NodeFault.NotConnected(name));
        }
        if ((bits & IN_ERROR) != 0) {
            faults.add(new NodeFault.InError(name, view.error()));
        }
        if ((bits & REQUEST_CHANGED) != 0) {
            faults.add(new NodeFault.RequestChanged(name, String.valueOf(lastRequest), view.request()));
        }
        if ((bits & MANAGEMENT_CHANGED) != 0) {
            faults.add(
                    view.isManaged()
                            ? new NodeFault.ManagerChanged(name, view.manager())
                            : new NodeFault.NotManaged(name, view.mode()));
        }
        if ((bits & WRITE_FAILED) != 0) {
            faults.addAll(errands.troubles(name));
        }
        if ((bits & NOTIFIES) != 0) {
            faults.add(new NodeFault.HasNotification(name, view.messages()));
        }
        if ((bits & STALL_TOLD) != 0) {
            faults.add(new NodeFault.HasStalled(name, view.state(), view.request()));
        }
        if ((bits & SKIPPED) != 0) {
            faults.add(new NodeFault.IsSkipped(name));
        }
        return List.copyOf(faults);
    }
}
