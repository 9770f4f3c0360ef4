package dev.steward.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one manager has asked of one node and has no good answer to: what is on its way, and what has failed. The newest of each kind;
 * answers to older ones are not listened to. Belongs to the loop's thread.
 */
final class Errands {
    /** Of a node that was asked nothing, or has answered all of it; that is what most nodes have most of the time. */
    static final Errands NONE = new Errands();

    private final List<Errand> errands = new ArrayList<>(1);

    /** One write, from asking to its answer. */
    static final class Errand {
        final NodeWrite write;
        private final long limit;
        private final long version;
        private final boolean wasSo;
        private @Nullable WriteOutcome outcome;
        private boolean gaveUp;

        private Errand(NodeWrite write, NodeView asked, long limit) {
            this.write = write;
            this.limit = limit;
            version = asked.version();
            wasSo = isFulfilled(write, asked);
        }

        private boolean isOverdue(long now) {
            return now - limit >= 0;
        }

        /** Whether a view shows that the wish has come true; if that was so before, only a newer one says anything, of an unknown end. */
        private boolean isSettledBy(NodeView view) {
            boolean unknown = outcome == null || outcome.kind() == WriteOutcome.Kind.UNKNOWN;
            return isFulfilled(write, view) && (!wasSo || (unknown && view.version() > version));
        }
    }

    /** Begins one; it overtakes an earlier one of its kind. */
    Errand begin(NodeWrite write, NodeView asked, long limit) {
        Errand errand = new Errand(write, asked, limit);
        forget(write.kind());
        errands.add(errand);
        return errand;
    }

    /** Takes an answer; answers whether it is news. The first one counts, unless we had only given up waiting for it. */
    boolean answer(Errand errand, WriteOutcome outcome) {
        if (of(errand.write.kind()) != errand || (errand.outcome != null && !errand.gaveUp)) {
            return false;
        }
        errand.gaveUp = false;
        errand.outcome = outcome;
        if (outcome.isAccepted()) {
            forget(errand.write.kind());
        }
        return true;
    }

    /**
     * What failed, or is overdue, and is seen to be so by now is no trouble any more; what is overdue otherwise is unknown. Answers what to
     * go on with.
     */
    Errands settle(NodeView view, long now) {
        if (errands.isEmpty()) {
            return NONE;
        }
        remove(errand -> (errand.outcome != null || errand.isOverdue(now)) && errand.isSettledBy(view));
        for (Errand errand : errands) {
            if (errand.outcome == null && errand.isOverdue(now)) {
                errand.outcome = WriteOutcome.unknown("no answer in time");
                errand.gaveUp = true;
            }
        }
        return this;
    }

    private static boolean isFulfilled(NodeWrite write, NodeView view) {
        if (!view.connected()) {
            return false;
        } else if (write instanceof NodeWrite.Request request) {
            return view.request().equals(request.state());
        } else if (write instanceof NodeWrite.Manage manage) {
            return view.isManagedBy(manage.by());
        } else if (write instanceof NodeWrite.Release release) {
            return !view.isManaged()
                    && (!release.forgetManager() || view.manager().isEmpty());
        } else if (write instanceof NodeWrite.Operate operate) {
            return view.op() == operate.op();
        }
        return false; // nothing of a view tells of a load
    }

    /** Nanoseconds until an answer is overdue; {@link Long#MAX_VALUE} if none is waited for. */
    long nanosToLimit(long now) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < errands.size(); i++) {
            Errand errand = errands.get(i);
            if (errand.outcome == null) {
                least = Math.min(least, Math.max(errand.limit - now, 0));
            }
        }
        return least;
    }

    /** Whether one of this kind is on its way. */
    boolean isPending(NodeWrite.Kind kind) {
        Errand errand = of(kind);
        return errand != null && errand.outcome == null;
    }

    /** Whether one of this kind is on its way or has failed. */
    boolean isOpen(NodeWrite.Kind kind) {
        return of(kind) != null;
    }

    /** Whether any has failed. */
    boolean hasTrouble() {
        for (int i = 0; i < errands.size(); i++) {
            if (errands.get(i).outcome != null) {
                return true;
            }
        }
        return false;
    }

    /** Each that has failed. */
    List<NodeFault> troubles(String node) {
        List<NodeFault> troubles = new ArrayList<>();
        for (Errand errand : errands) {
            if (errand.outcome != null) {
                troubles.add(new NodeFault.WriteFailed(node, errand.write, errand.outcome));
            }
        }
        return troubles;
    }

    /** Forgets what has failed; answers whether there was any. */
    boolean forgetTroubles() {
        return remove(errand -> errand.outcome != null);
    }

    /** Forgets what was asked of this kind. */
    void forget(NodeWrite.Kind kind) {
        remove(errand -> errand.write.kind() == kind);
    }

    private boolean remove(Predicate<Errand> which) {
        return !errands.isEmpty() && errands.removeIf(which);
    }

    private @Nullable Errand of(NodeWrite.Kind kind) {
        for (int i = 0; i < errands.size(); i++) {
            Errand errand = errands.get(i);
            if (errand.write.kind() == kind) {
                return errand;
            }
        }
        return null;
    }
}
