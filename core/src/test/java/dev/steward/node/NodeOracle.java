package dev.steward.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one manager must say of one node, reckoned from the view that it shows, from what a test has had it ask, and from the answers that
 * the test has given. Shares nothing with what it judges but the views. Not safe for use by many threads.
 */
final class NodeOracle {
    /** A rule that is wrong, to see whether a wrong rule is found. */
    enum Wrong {
        NONE,
        ARRIVED_LOOKS_AT_REQUEST,
        STALLS_ARE_FAULTS_OF_MANAGED_NODES,
        A_LOST_NODE_STAYS_WHERE_IT_WAS
    }

    /** One thing asked. */
    static final class Order {
        final NodeWrite write;
        private final long givenUpAt;
        private final long asOf;
        private final boolean soBefore;
        private @Nullable WriteOutcome end;
        private boolean answered;

        private Order(NodeWrite write, NodeView view, long givenUpAt) {
            this.write = write;
            this.givenUpAt = givenUpAt;
            asOf = view.version();
            soBefore = shows(view, write);
        }
    }

    private final String system;
    private final NodeManager.Options options;
    private final Wrong wrong;
    private final Map<NodeWrite.Kind, Order> orders = new LinkedHashMap<>();
    private Optional<String> asked = Optional.empty();
    private String askedOf = "";
    private int inVain;
    private long askedAt;
    private boolean setManaged;
    private boolean skipped;
    private NodeView view = NodeView.unseen();
    private long stalledFrom;
    private long now;

    NodeOracle(String system, NodeManager.Options options, Wrong wrong) {
        this.system = system;
        this.options = options;
        this.wrong = wrong;
    }

    /** This is about to be asked. */
    Order asks(NodeWrite write) {
        if (write instanceof NodeWrite.Request request) {
            asked = Optional.of(request.state());
            inVain = place(view).equals(askedOf) ? inVain + 1 : 0;
            askedOf = place(view);
            askedAt = now;
        } else if (write.kind() == NodeWrite.Kind.MANAGEMENT) {
            setManaged = write instanceof NodeWrite.Manage;
        }
        Order order = new Order(write, view, now + options.writeLimit().toNanos());
        orders.remove(write.kind());
        orders.put(write.kind(), order);
        return order;
    }

    /** The manager begins a pass. */
    void comes(long nanos) {
        now = nanos;
    }

    /** The manager has taken in an answer. */
    void answered(Order order, WriteOutcome outcome, NodeView shown) {
        if (orders.get(order.write.kind()) != order || order.answered) {
            return;
        }
        order.answered = true;
        order.end = outcome;
        if (outcome.isAccepted()) {
            orders.remove(order.write.kind());
        }
        sees(shown, now);
    }

    /** The manager shows this now. */
    void sees(NodeView shown, long nanos) {
        boolean goesOn = stalls(view)
                && shown.state().equals(view.state())
                && shown.stateSince().equals(view.stateSince());
        now = nanos;
        if (!goesOn) {
            stalledFrom = now;
        }
        view = shown;
        for (Order order : List.copyOf(orders.values())) {
            boolean late = order.end == null && now - order.givenUpAt >= 0;
            boolean unsure = order.end == null || order.end.kind() == WriteOutcome.Kind.UNKNOWN;
            boolean fresh = !order.soBefore || (unsure && view.version() > order.asOf);
            if ((late || order.end != null) && shows(view, order.write) && fresh) {
                orders.remove(order.write.kind());
            } else if (late) {
                order.end = WriteOutcome.unknown("no answer in time");
            }
        }
    }

    private static boolean shows(NodeView view, NodeWrite write) {
        if (!view.connected() || write.kind() == NodeWrite.Kind.LOAD) {
            return false;
        }
        if (write instanceof NodeWrite.Release release) {
            return view.mode() != NodeMode.MANAGED
                    && !(release.forgetManager() && !view.manager().isEmpty());
        }
        return write.equals(new NodeWrite.Request(view.request().isEmpty() ? "?" : view.request()))
                || (view.mode() == NodeMode.MANAGED && write.equals(manageBy(view.manager())))
                || write.equals(new NodeWrite.Operate(view.op()));
    }

    private static NodeWrite manageBy(String manager) {
        return manager.isEmpty() ? new NodeWrite.Load() : new NodeWrite.Manage(manager);
    }

    void adopts() {
        if (view.connected() && !isPending()) {
            asked = Optional.of(view.request());
            orders.remove(NodeWrite.Kind.REQUEST);
        }
    }

    void acknowledges() {
        orders.values().removeIf(order -> order.end != null);
    }

    void skips(boolean skip) {
        skipped = skip;
    }

    boolean isSkipped() {
        return skipped;
    }

    Optional<String> asked() {
        return asked;
    }

    boolean isPending() {
        Order order = orders.get(NodeWrite.Kind.REQUEST);
        return order != null && order.end == null;
    }

    /** Whether it is asked again by whoever revives all: if it has moved, was asked fewer than 16 times in vain, or a second ago. */
    boolean isDue(long nanos) {
        return inVain < 15 || !place(view).equals(askedOf) || nanos - askedAt >= 1_000_000_000L;
    }

    private static String place(NodeView of) {
        return String.join(" ", of.state(), of.target(), of.request())
                + of.stateSince()
                + of.mode()
                + of.op()
                + of.error();
    }

    /** What a revive has to ask for, if for anything. */
    Optional<NodeWrite> revival() {
        return isPending() ? Optional.empty() : asked.map(NodeWrite.Request::new);
    }

    boolean isArrived() {
        boolean there = asked.isPresent() && view.state().equals(asked.get());
        return switch (wrong) {
            case ARRIVED_LOOKS_AT_REQUEST ->
                view.connected() && there && view.request().equals(view.state());
            case A_LOST_NODE_STAYS_WHERE_IT_WAS -> there;
            default -> view.connected() && there;
        };
    }

    boolean isDone() {
        return view.connected() && view.status() == NodeStatus.DONE;
    }

    boolean isCompleted() {
        return isArrived() && isDone() && !isPending();
    }

    boolean isStalled() {
        return stalls(view) && now - stalledFrom >= options.settle().toNanos();
    }

    private static boolean stalls(NodeView view) {
        return view.connected()
                && view.state().equals(view.target())
                && !view.request().equals(view.state());
    }

    boolean isOk() {
        return view.connected() && view.ok();
    }

    boolean isAlive() {
        return view.connected() && view.op() == NodeOp.EXEC;
    }

    boolean isManaged() {
        return view.connected() && view.mode() == NodeMode.MANAGED;
    }

    boolean isOurs() {
        return isManaged() && view.manager().equals(system);
    }

    boolean isInFault() {
        boolean stall = wrong == Wrong.STALLS_ARE_FAULTS_OF_MANAGED_NODES && isManaged() && isStalled();
        return stall
                || checks().stream()
                        .anyMatch(check -> NodeFault.Check.valueOf(check).isFault());
    }

    /** What of them concerns whoever asks about all nodes. */
    List<String> shared() {
        return skipped ? List.of("SKIPPED") : checks();
    }

    /** The failed checks, in order. */
    List<String> checks() {
        List<String> checks = new ArrayList<>();
        if (!isAlive()) {
            checks.add("ALIVE");
        }
        if (view.connected()) {
            if (view.error() != NodeError.FALSE) {
                checks.add("ERROR");
            }
            if (asked.isPresent()
                    && !view.request().equals(asked.get())
                    && !orders.containsKey(NodeWrite.Kind.REQUEST)) {
                checks.add("REQUEST");
            }
            if (setManaged && !isOurs() && !orders.containsKey(NodeWrite.Kind.MANAGEMENT)) {
                checks.add("MANAGEMENT");
            }
        }
        orders.values().stream().filter(order -> order.end != null).forEach(order -> checks.add("WRITE"));
        if (view.connected() && view.notification()) {
            checks.add("NOTIFICATION");
        }
        if (options.tellsStalls() && isStalled()) {
            checks.add("STALL");
        }
        if (skipped) {
            checks.add("SKIPPED");
        }
        return checks;
    }
}
