package dev.steward.node;

import dev.steward.node.NodeOracle.Order;
import dev.steward.node.NodeOracle.Wrong;
import dev.steward.notify.Notification;
import dev.steward.time.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One manager of a {@link NodeWalk}, and what it must say by an oracle of each node. Not safe for use by many threads. */
final class NodeSide {
    final NodeManager manager;
    final NodeManager.Options options;

    /** Answers that the manager has and has not looked at, for the oracles. */
    final Deque<Runnable> answers = new ArrayDeque<>();

    /** What is being asked, and has not reached its channel. */
    final Map<String, Order> issuing = new HashMap<>();

    private final List<TableChannel> channels;
    private final VirtualTime time;
    private final Map<String, NodeOracle> oracles = new HashMap<>();
    private long compared;

    NodeSide(String system, List<TableChannel> channels, NodeManager.Options options, VirtualTime time, Wrong wrong) {
        this.channels = channels;
        this.options = options;
        this.time = time;
        manager = new NodeManager(system, channels, time, options);
        channels.forEach(channel -> oracles.put(channel.node(), new NodeOracle(system, options, wrong)));
    }

    NodeOracle oracle(String name) {
        NodeOracle oracle = oracles.get(name);
        if (oracle == null) {
            throw new AssertionError("no node " + name);
        }
        return oracle;
    }

    List<String> names(boolean skippedToo) {
        return channels.stream()
                .map(TableChannel::node)
                .filter(name -> skippedToo || !oracle(name).isSkipped())
                .toList();
    }

    long compared() {
        return compared;
    }

    /** One pass; it must have looked at all that has changed, and told operators of all that is wrong. */
    void pass() {
        long nanos = time.nanos();
        manager.manageOnce();
        // what it has taken in is what the channels show, in the order in which the answers came
        List<Runnable> given = List.copyOf(answers);
        answers.clear();
        oracles.forEach((name, oracle) -> oracle.comes(nanos));
        given.forEach(Runnable::run);
        for (TableChannel channel : channels) {
            check(manager.node(channel.node()).view().equals(channel.records()), () -> "not looked at: " + channel);
            oracle(channel.node()).sees(channel.records(), nanos);
        }
        TreeSet<String> notified = new TreeSet<>();
        for (Notification notification : manager.notifications()) {
            notified.add(notification.source() + " " + notification.key());
        }
        TreeSet<String> due = new TreeSet<>();
        oracles.forEach((name, oracle) ->
                oracle.shared().forEach(check -> due.add(name + " " + check.toLowerCase(Locale.ROOT))));
        same("notifications", due, notified);
    }

    /** Compares every answer about each node, about all, and about some. */
    void compare(List<String> some) {
        for (TableChannel channel : channels) {
            Node node = manager.node(channel.node());
            NodeOracle oracle = oracle(channel.node());
            same(node, "arrived", oracle.isArrived(), node.hasArrived());
            same(node, "done", oracle.isDone(), node.isDone());
            same(node, "completed", oracle.isCompleted(), node.hasCompleted());
            same(node, "stalled", oracle.isStalled(), node.isStalled());
            same(node, "ok", oracle.isOk(), node.isOk());
            same(node, "alive", oracle.isAlive(), node.isAlive());
            same(node, "managed", oracle.isManaged(), node.isManaged());
            same(node, "by us", oracle.isOurs(), node.isManagedByUs());
            same(node, "in fault", oracle.isInFault(), node.isInFault());
            same(node, "pending", oracle.isPending(), node.isRequestPending());
            same(node, "asked", oracle.asked(), node.lastRequest());
            same(
                    node,
                    "checks",
                    oracle.checks(),
                    node.faults().stream().map(fault -> fault.check().name()).toList());
            check(
                    node.view().connected() || !(node.hasArrived() || node.isStalled()),
                    () -> node + " has arrived or stalled, and is not there");
        }
        compare(manager, names(false), names(true));
        compare(manager.only(some), some, some);
    }

    private void compare(NodeGroup group, List<String> members, List<String> told) {
        same("size", members.size(), group.size());
        same("arrived", all(members, NodeOracle::isArrived), group.hasArrived());
        same("done", all(members, NodeOracle::isDone), group.isDone());
        same("completed", all(members, NodeOracle::isCompleted), group.hasCompleted());
        same("managed", all(members, NodeOracle::isManaged), group.isManaged());
        same("by us", all(members, NodeOracle::isOurs), group.isManagedByUs());
        same("alive", all(members, NodeOracle::isAlive), group.isAlive());
        same("in fault", !all(members, oracle -> !oracle.isInFault()), group.isInFault());
        same("stalled", those(members, NodeOracle::isStalled), Scene.names(group.stalledNodes()));
        same("not ok", new TreeSet<>(those(members, oracle -> !oracle.isOk())), group.notOk());
        List<String> faults = new ArrayList<>();
        boolean isAll = group == manager;
        told.forEach(name -> {
            NodeOracle oracle = oracle(name);
            (isAll ? oracle.shared() : oracle.checks()).forEach(check -> faults.add(name + " " + check));
        });
        same(
                "faults",
                faults,
                group.faults().stream()
                        .map(fault -> fault.node() + " " + fault.check())
                        .toList());
    }

    private boolean all(List<String> names, Predicate<NodeOracle> question) {
        return those(names, question).size() == names.size();
    }

    private List<String> those(List<String> names, Predicate<NodeOracle> question) {
        return names.stream().filter(name -> question.test(oracle(name))).toList();
    }

    private void same(String what, Object due, Object ours) {
        same("all", what, due, ours);
    }

    private void same(Object of, String what, Object due, Object ours) {
        compared++;
        if (!due.equals(ours)) {
            throw new AssertionError(what + " of " + of + ": " + due + " is due, " + ours + " is ours");
        }
    }

    static void check(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new AssertionError(what.get());
        }
    }
}
