package dev.steward.node;

import java.util.List;
import java.util.SortedSet;

/**
 * Some nodes of one manager, asked together: all of them ({@link NodeManager}), or the named ones ({@link NodeManager#only}).
 *
 * <p>Everything is answered as of the manager's last pass and of this manager's own actions since. A node that was
 * {@linkplain NodeManager#skip skipped} is not in the group of all, but is in one that names it; of no nodes, "all" is true.
 *
 * <p><b>Threads.</b> Those of the manager.
 */
public abstract sealed class NodeGroup implements Iterable<Node> permits NodeManager, Subset {
    NodeGroup() {}

    /** Whether all have this bit. */
    abstract boolean all(int bit);

    /** How many nodes there are. */
    public abstract int size();

    /** Whether all are where this manager has asked them to be; one that it never asked is not. */
    public final boolean hasArrived() {
        return all(Judgement.ARRIVED);
    }

    /** Whether all are done with their states. */
    public final boolean isDone() {
        return all(Judgement.DONE);
    }

    /** Whether all have arrived and are done. */
    public final boolean hasCompleted() {
        return all(Judgement.COMPLETED);
    }

    /** Whether all are managed, by whomever. */
    public final boolean isManaged() {
        return all(Judgement.MANAGED);
    }

    /** Whether all are managed by this system. */
    public final boolean isManagedByUs() {
        return all(Judgement.OURS);
    }

    /** Whether all are there and run. */
    public final boolean isAlive() {
        return all(Judgement.ALIVE);
    }

    /** Whether all say that they run and drive. */
    public final boolean isActive() {
        return all(Judgement.ACTIVE);
    }

    /** Those that have stalled, in order. */
    public abstract List<Node> stalledNodes();

    /** The names of those whose OK is not true, or that are not there; sorted. */
    public abstract SortedSet<String> notOk();

    /** Whether any is in fault; what is only told is none. */
    public abstract boolean isInFault();

    /** What is wrong with each, and what is only told, in order; of a skipped node of the group of all, only that it is skipped. */
    public abstract List<NodeFault> faults();

    /** The same as {@link #isInFault}, by the name that Guardian has for it; each fault is a message of the manager's anyway. */
    public final boolean checkFault() {
        return isInFault();
    }

    /** Has all managed by this system. */
    public final void setManaged() {
        forEach(Node::setManaged);
    }

    /** Releases all: each goes by itself from then on. */
    public final void release() {
        forEach(Node::release);
    }

    /**
     * Asks all for the same state.
     *
     * @throws IllegalArgumentException if one of them is known to have no such state; then none is asked
     */
    public final void setRequest(String state) {
        forEach(node -> node.requireState(state));
        forEach(node -> node.setRequest(state));
    }

    /**
     * Asks each stalled one again for what it was asked last; made to be called after each pass. One that was asked 16 times in a row without
     * having moved, as it may have no way there, is asked once a second from then on.
     *
     * @return how many were asked
     */
    public final int reviveAll() {
        return (int) stalledNodes().stream()
                .filter(node -> node.watch().isRevivalDue() && node.revive())
                .count();
    }

    /** Asks all to run, halt or stop. */
    public final void operate(NodeOp op) {
        forEach(node -> node.operate(op));
    }

    /** Asks all to take up changed code. */
    public final void load() {
        forEach(Node::load);
    }

    /** Takes note of the writes to all that have failed, so that they are no fault any more; answers of how many nodes there were any. */
    public final int acknowledge() {
        int had = 0;
        for (Node node : this) {
            had += node.acknowledge() ? 1 : 0;
        }
        return had;
    }

    /** The fault check that only tells. */
    public final FaultChecker checker() {
        return FaultChecker.of(this);
    }

    /**
     * The fault check that also names a state to go to.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public final FaultChecker checker(String failState) {
        return FaultChecker.of(this, failState);
    }
}
