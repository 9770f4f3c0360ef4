package dev.steward.testkit.node;

import dev.steward.node.Node;
import dev.steward.node.NodeFault;
import dev.steward.node.NodeFault.Check;
import dev.steward.node.NodeGroup;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeWrite;
import dev.steward.notify.Notification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The full scan: compares everything that a manager says with what the oracles of its nodes work out (I6), and looks that what is not
 * connected has not arrived (I8; a stalled node may have, as the binding reading says: it may have been sent elsewhere by others). Not safe for use by many threads.
 */
final class NodeOracleScan {
    private final NodeWorld world;
    private final NodeManager nodes;
    private final NodeOracleAnswers answers;
    private final List<NodeOracle> oracles;
    private final List<Node> byIndex = new ArrayList<>();
    private long scans;

    NodeOracleScan(NodeWorld world, NodeOracleAnswers answers, List<NodeOracle> oracles) {
        this.world = world;
        this.answers = answers;
        this.nodes = answers.nodes;
        this.oracles = oracles;
        world.nodes.forEach(node -> byIndex.add(nodes.node(node.name())));
    }

    /** After an action of the host: what it has asked for counts at once. */
    void checkActions() {
        world.tally.scans++;
        for (int i = 0; i < oracles.size(); i++) {
            checkOwn(i);
        }
        checkAll();
    }

    /** After a pass: everything. */
    void check(long now) {
        world.tally.scans++;
        scans++;
        for (int i = 0; i < oracles.size(); i++) {
            oracles.get(i).settle(now);
            checkOwn(i);
            checkSeen(i, now);
        }
        checkAll();
        checkNow(now);
        if (scans % 8 == 0) {
            checkFaults(now);
            checkBoard();
            checkSome();
        }
    }

    private void checkOwn(int i) {
        Node node = byIndex.get(i);
        NodeOracle oracle = oracles.get(i);
        boolean arrived = answers.hasArrived(node);
        if (arrived && !node.view().connected()) {
            throw world.fail("I8: not connected, and arrived: " + node);
        }
        same(node, "I6: arrived", oracle.isArrived(), arrived);
        same(node, "I6: completed", oracle.isCompleted(), answers.hasCompleted(node));
        same(node, "I6: pending", oracle.isPending(NodeWrite.Kind.REQUEST), node.isRequestPending());
        same(node, "I6: skipped", oracle.skipped, node.isSkipped());
        same(
                node,
                "the last request",
                String.valueOf(oracle.last),
                node.lastRequest().orElse("null"));
    }

    private void checkSeen(int i, long now) {
        Node node = byIndex.get(i);
        NodeOracle oracle = oracles.get(i);
        same(node, "the view", oracle.view(), node.view());
        same(node, "I6: done", oracle.isDone(), node.isDone());
        same(node, "I6: stalled", oracle.isStalled(now), node.isStalled());
        same(node, "I6: managed", oracle.isManaged(), node.isManaged());
        same(node, "I6: managed by us", oracle.isOurs(), node.isManagedByUs());
        same(node, "I6: OK", oracle.isOk(), node.isOk());
        same(node, "I6: alive", oracle.isAlive(), node.isAlive());
        same(node, "I6: in fault", oracle.isInFault(), node.isInFault());
        List<Check> said = new ArrayList<>();
        node.faults().forEach(fault -> said.add(fault.check()));
        same(node, "I6: faults", oracle.checks(now), said);
    }

    private void checkAll() {
        all("I6: all arrived", NodeOracle::isArrived, answers.hasArrived());
        all("I6: all completed", NodeOracle::isCompleted, nodes.hasCompleted());
        same(
                nodes,
                "I6: how many",
                (int) oracles.stream().filter(one -> !one.skipped).count(),
                nodes.size());
    }

    private void checkNow(long now) {
        all("I6: all done", NodeOracle::isDone, nodes.isDone());
        all("I6: all managed", NodeOracle::isManaged, nodes.isManaged());
        all("I6: all managed by us", NodeOracle::isOurs, nodes.isManagedByUs());
        all("I6: all alive", NodeOracle::isAlive, nodes.isAlive());
        same(nodes, "I6: stalled nodes", names(one -> one.isStalled(now)), names(answers.stalled()));
        same(nodes, "I6: not OK", new TreeSet<>(names(one -> !one.isOk())), nodes.notOk());
        same(nodes, "I6: in fault", !names(NodeOracle::isInFault).isEmpty(), nodes.isInFault());
    }

    /** What is wrong with all; of a skipped node only that it is skipped. */
    private void checkFaults(long now) {
        List<String> due = new ArrayList<>();
        for (int i = 0; i < oracles.size(); i++) {
            NodeOracle oracle = oracles.get(i);
            String name = byIndex.get(i).name();
            List<Check> checks = oracle.skipped ? List.of(Check.SKIPPED) : oracle.checks(now);
            checks.forEach(check -> due.add(name + " " + check));
        }
        List<String> said = new ArrayList<>();
        nodes.faults().forEach(fault -> said.add(fault.node() + " " + fault.check()));
        same(nodes, "I6: what is wrong with all", due, said);
    }

    /** What operators are told is what is wrong, and so is what a checker says. */
    private void checkBoard() {
        List<String> messages = new ArrayList<>();
        boolean jumps = nodes.checker("HELD").check(messages::add).isPresent();
        same(nodes, "I6: what the checker answers", nodes.isInFault(), jumps);
        same(
                nodes,
                "what the checker raises",
                nodes.faults().stream().map(NodeFault::message).toList(),
                messages);
        Map<String, String> due = new HashMap<>();
        for (Node node : byIndex) {
            for (NodeFault fault : node.faults()) {
                String key = node.name() + " " + fault.check().name().toLowerCase(Locale.ROOT);
                if (node.isSkipped() && fault.check() != NodeFault.Check.SKIPPED) {
                    continue; // nobody who asks about all is told more of it than that
                }
                due.merge(key, fault.message(), (first, second) -> first + "; " + second);
            }
        }
        Map<String, String> told = new HashMap<>();
        for (Notification one : nodes.notifications()) {
            told.put(one.source() + " " + one.key(), one.text());
        }
        same(nodes, "what operators are told", due, told);
    }

    /** A named group is asked the same, skipped ones included. */
    private void checkSome() {
        int first = (int) (scans / 8 % oracles.size());
        int second = (first + 7) % oracles.size();
        NodeGroup some =
                nodes.only(byIndex.get(first).name(), byIndex.get(second).name());
        boolean arrived = oracles.get(first).isArrived() && oracles.get(second).isArrived();
        boolean faulty = oracles.get(first).isInFault() || oracles.get(second).isInFault();
        same(some, "I6: these have arrived", arrived, some.hasArrived());
        same(some, "I6: one of these is in fault", faulty, some.isInFault());
    }

    private List<String> names(Predicate<NodeOracle> which) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < oracles.size(); i++) {
            if (!oracles.get(i).skipped && which.test(oracles.get(i))) {
                names.add(byIndex.get(i).name());
            }
        }
        return names;
    }

    private static List<String> names(List<Node> nodes) {
        return nodes.isEmpty() ? List.of() : nodes.stream().map(Node::name).toList();
    }

    private void all(String what, Predicate<NodeOracle> has, boolean said) {
        boolean due = true;
        for (NodeOracle oracle : oracles) {
            due &= oracle.skipped || has.test(oracle);
        }
        same(nodes, what, due, said);
    }

    private void same(Object whose, String what, Object due, Object said) {
        if (!due.equals(said)) {
            int i = whose instanceof Node node ? byIndex.indexOf(node) : -1;
            throw world.fail(
                    what + ": said " + said + ", is " + due + ", of " + whose + (i < 0 ? "" : ", " + oracles.get(i)));
        }
    }
}
