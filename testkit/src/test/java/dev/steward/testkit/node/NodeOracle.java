package dev.steward.testkit.node;

import dev.steward.node.NodeError;
import dev.steward.node.NodeFault.Check;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a manager must say of one node: worked out anew each time it is asked, from the views that the manager was given, from what was sent,
 * and from the answers. Shares no code with the product. Not safe for use by many threads.
 */
final class NodeOracle {
    private final String system;
    private final long settleNanos;
    private final long limitNanos;
    private final boolean tellsStalls;
    private final boolean forgetsManager;
    private final Map<NodeWrite.Kind, Ask> asks = new EnumMap<>(NodeWrite.Kind.class);
    private final List<Answer> answers = new ArrayList<>();
    private NodeView view = NodeView.unseen();
    private @Nullable Long stalledSince;
    private int toTakeIn;
    private boolean looksAnyway;

    /** Where it was when it was asked for a state last, and when that was. */
    private String lastOf = "";

    private int inVain;

    private long lastAt;
    private boolean taken;

    /** What was asked for last through the manager. */
    @Nullable
    String last;

    /** Whether the manager has set it managed, and not released it since. */
    boolean managed;

    /** Whether the manager leaves it out. */
    boolean skipped;

    /** One write, the newest of its kind. */
    static final class Ask {
        private final NodeWrite write;
        private final long at;
        private final long version;
        private final boolean wasSo;
        private @Nullable WriteOutcome failed;
        private boolean late;

        private Ask(NodeWrite write, long at, long version, boolean wasSo) {
            this.write = write;
            this.at = at;
            this.version = version;
            this.wasSo = wasSo;
        }
    }

    private record Answer(Ask ask, WriteOutcome outcome) {}

    NodeOracle(String system, NodeManager.Options options) {
        this.system = system;
        settleNanos = options.settle().toNanos();
        limitNanos = options.writeLimit().toNanos();
        tellsStalls = options.tellsStalls();
        forgetsManager = options.forgetManager();
    }

    // ---- what happens

    /** The manager was given this view. */
    void seen(NodeView next, long now) {
        takeOneAnswer();
        if (next.version() >= view.version()) {
            take(next, now);
        }
    }

    /** The manager was given none. */
    void unseen(long now) {
        takeOneAnswer();
        take(view.toBuilder().connected(false).build(), now);
    }

    private void take(NodeView next, long now) {
        boolean moved = !next.state().equals(view.state()) || !next.stateSince().equals(view.stateSince());
        view = next;
        if (!standsStill()) {
            stalledSince = null;
        } else if (stalledSince == null || moved) {
            stalledSince = now;
        }
        settle(now);
    }

    private boolean standsStill() {
        return view.connected()
                && view.state().equals(view.target())
                && !view.state().equals(view.request());
    }

    /** The manager has sent this. */
    Ask sent(NodeWrite write, long now) {
        if (write instanceof NodeWrite.Request request) {
            last = request.state();
            inVain = place().equals(lastOf) ? inVain + 1 : 0;
            lastOf = place();
            lastAt = now;
        } else if (write instanceof NodeWrite.Manage) {
            managed = true;
            taken = false;
        } else if (write instanceof NodeWrite.Release) {
            managed = false;
        }
        Ask ask = new Ask(write, now, view.version(), isSo(write));
        asks.put(write.kind(), ask);
        settle(now);
        return ask;
    }

    /** The manager takes REQUEST for its own. */
    void adopt() {
        last = view.request();
        asks.remove(NodeWrite.Kind.REQUEST);
    }

    /** The manager was told how it ended; it takes that in in its next pass. */
    void told(Ask ask, WriteOutcome outcome) {
        answers.add(new Answer(ask, outcome));
    }

    /** The call has thrown; the manager takes that for an answer, and looks. */
    void threw(Ask ask, long now) {
        answered(ask, WriteOutcome.unknown("thrown"));
        settle(now);
        looksAnyway = true;
    }

    /** The next look is not because of an answer. */
    void looksAnyway() {
        looksAnyway = true;
    }

    /** A pass begins: it takes in the answers that have come so far, one after the other, and looks after each that says something new. */
    void beginPass() {
        looksAnyway = false;
        toTakeIn = answers.size();
    }

    /** One of them is taken in. */
    void takeOneAnswer() {
        if (looksAnyway) {
            looksAnyway = false;
            return;
        }
        boolean isNews = false;
        while (toTakeIn > 0 && !isNews) {
            toTakeIn--;
            Answer answer = answers.remove(0);
            isNews = answered(answer.ask, answer.outcome);
        }
    }

    /** A pass ends. */
    void endPass() {
        looksAnyway = false;
        while (toTakeIn > 0) {
            takeOneAnswer();
        }
    }

    private boolean answered(Ask ask, WriteOutcome outcome) {
        boolean open = ask.failed == null || ask.late;
        if (asks.get(ask.write.kind()) != ask || !open) {
            return false; // something newer was asked, or it was answered before
        }
        ask.late = false;
        if (outcome.isAccepted()) {
            asks.remove(ask.write.kind());
        } else {
            ask.failed = outcome;
        }
        return true;
    }

    /** What has failed or is late is forgotten when it is seen to be so after all. */
    void settle(long now) {
        if (!asks.isEmpty()) {
            settleAsks(now);
        }
        owned();
    }

    /** Notes whether another manager has it that was ours, until it is ours again. */
    private void owned() {
        if (isOurs()) {
            taken = false;
        } else if (managed && isManaged() && !asks.containsKey(NodeWrite.Kind.MANAGEMENT)) {
            taken = true;
        }
    }

    private void settleAsks(long now) {
        asks.values().removeIf(ask -> {
            boolean late = now - ask.at >= limitNanos;
            return (ask.failed != null || late) && isSo(ask.write) && says(ask);
        });
        for (Ask ask : asks.values()) {
            if (ask.failed == null && now - ask.at >= limitNanos) {
                ask.failed = WriteOutcome.unknown("late");
                ask.late = true;
            }
        }
    }

    /** Whether the view tells of this write: if it was so before, only a newer one does, and nothing against a refusal. */
    private boolean says(Ask ask) {
        boolean unknown = ask.failed == null || ask.failed.kind() == WriteOutcome.Kind.UNKNOWN;
        return !ask.wasSo || (unknown && view.version() > ask.version);
    }

    private boolean isSo(NodeWrite write) {
        if (!view.connected()) {
            return false;
        }
        if (write instanceof NodeWrite.Request request) {
            return request.state().equals(view.request());
        }
        if (write instanceof NodeWrite.Manage manage) {
            return view.mode() == NodeMode.MANAGED && view.manager().equals(manage.by());
        }
        if (write instanceof NodeWrite.Release) {
            return view.mode() != NodeMode.MANAGED
                    && (!forgetsManager || view.manager().isEmpty());
        }
        return write instanceof NodeWrite.Operate operate && operate.op() == view.op();
    }

    /** The host takes note of what has failed; answers whether there was any. */
    boolean acknowledge() {
        boolean had = asks.values().removeIf(ask -> ask.failed != null);
        owned();
        return had;
    }

    // ---- what must be said

    NodeView view() {
        return view;
    }

    boolean isPending(NodeWrite.Kind kind) {
        Ask ask = asks.get(kind);
        return ask != null && ask.failed == null;
    }

    boolean isArrived() {
        return view.connected() && last != null && view.state().equals(last);
    }

    boolean isDone() {
        return view.connected() && view.status() == NodeStatus.DONE;
    }

    boolean isCompleted() {
        return isArrived() && isDone() && !isPending(NodeWrite.Kind.REQUEST);
    }

    boolean isStalled(long now) {
        return stalledSince != null && standsStill() && now - stalledSince >= settleNanos;
    }

    boolean isManaged() {
        return view.connected() && view.mode() == NodeMode.MANAGED;
    }

    boolean isOurs() {
        return isManaged() && view.manager().equals(system);
    }

    boolean isOk() {
        return view.connected() && view.ok();
    }

    boolean isAlive() {
        return view.connected() && view.op() == NodeOp.EXEC;
    }

    boolean isInFault() {
        for (Check check : checks(0)) {
            if (check.isFault()) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong and what is told, in order. */
    List<Check> checks(long now) {
        List<Check> checks = new ArrayList<>();
        boolean there = view.connected();
        if (!isAlive()) {
            checks.add(Check.ALIVE);
        }
        if (there && view.error() != NodeError.FALSE) {
            checks.add(Check.ERROR);
        }
        if (there
                && last != null
                && !asks.containsKey(NodeWrite.Kind.REQUEST)
                && !view.request().equals(last)) {
            checks.add(Check.REQUEST);
        }
        if (there && managed && !asks.containsKey(NodeWrite.Kind.MANAGEMENT) && !isOurs()) {
            checks.add(Check.MANAGEMENT);
        }
        for (Ask ask : asks.values()) {
            if (ask.failed != null) {
                checks.add(Check.WRITE);
            }
        }
        if (there && view.notification()) {
            checks.add(Check.NOTIFICATION);
        }
        if (tellsStalls && isStalled(now)) {
            checks.add(Check.STALL);
        }
        if (skipped) {
            checks.add(Check.SKIPPED);
        }
        return checks;
    }

    /** What a reassertion has to send. */
    List<NodeWrite> toReassert() {
        List<NodeWrite> due = new ArrayList<>();
        boolean others = taken || (isManaged() && !isOurs()); // I9: never to one that another manager owns
        if (managed && !others) {
            if (!isOurs()) {
                due.add(new NodeWrite.Manage(system));
            }
            if (last != null && !last.equals(view.request())) {
                due.add(new NodeWrite.Request(last));
            }
        }
        return due;
    }

    /** Whether a revival of all asks it: if it has moved since it was asked last, was asked fewer than 16 times in vain, or a second ago. */
    boolean isRevivalDue(long now) {
        return inVain < 15 || !place().equals(lastOf) || now - lastAt >= 1_000_000_000L;
    }

    private String place() {
        return String.join(" ", view.state(), view.target(), view.request())
                + view.stateSince()
                + view.mode()
                + view.op()
                + view.error();
    }

    /** What a revival has to send: the last request that was made through the manager, whatever REQUEST is. */
    List<NodeWrite> toRevive() {
        return last == null || isPending(NodeWrite.Kind.REQUEST) ? List.of() : List.of(new NodeWrite.Request(last));
    }

    @Override
    public String toString() {
        return view + ", last " + last + (managed ? ", set managed" : "") + (skipped ? ", skipped" : "") + ", open "
                + asks.keySet();
    }
}
