package dev.steward.testkit.node;

import static dev.steward.testkit.node.NodeScenarioPlanted.COMES_BACK_AFTER_RELEASE;
import static dev.steward.testkit.node.NodeScenarioPlanted.REVIVES_WITH_REQUEST;

import dev.steward.node.Node;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeWrite;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Through these a host asks its manager for things, so that it is known before what has to be sent. What is sent otherwise, or not sent, is
 * found: I7 and I9, nothing of the library's own accord. Not safe for use by many threads.
 */
final class NodeWorldHands {
    private final NodeWorldManager host;
    private final NodeWorld world;
    private final NodeManager nodes;
    private final List<NodeOracle> oracles;
    private final Deque<Act> acts = new ArrayDeque<>();

    private record Sent(int node, NodeWrite write) {}

    /** One call of the host, and what it must lead to. */
    private static final class Act {
        private final String what;
        private final List<Sent> due;
        private int sent;
        private boolean disturbed;

        private Act(String what, List<Sent> due) {
            this.what = what;
            this.due = due;
        }
    }

    NodeWorldHands(NodeWorldManager host, NodeManager nodes, List<NodeOracle> oracles) {
        this.host = host;
        this.world = host.world;
        this.nodes = nodes;
        this.oracles = oracles;
    }

    // ---- what the channel tells

    void sending(int node, NodeWrite write) {
        Sent sent = new Sent(node, write);
        Act act = acts.peek();
        if (act == null) {
            throw world.fail("I7, I9: sent of the library's own accord: " + sent);
        }
        boolean right = act.disturbed ? act.due.contains(sent) : act.sent < act.due.size() && due(act).equals(sent);
        if (!right) {
            throw world.fail("I7, I9: '" + act.what + "' sends " + sent + ", not " + act.due);
        }
        act.sent++;
    }

    private static Sent due(Act act) {
        return act.due.get(act.sent);
    }

    /** A call has thrown, so the node was looked at in the middle, and what is to be sent may have changed. */
    void threw() {
        acts.forEach(act -> act.disturbed = true);
    }

    // ---- what the host does

    void manage(int i) {
        act("manage", due(i, manages()), () -> node(i).setManaged());
    }

    void release(int i) {
        act("release", due(i, releases()), () -> node(i).release());
    }

    void request(int i, String state) {
        act("request", due(i, new NodeWrite.Request(state)), () -> nodes.setRequest(node(i).name(), state));
    }

    void operate(int i, NodeOp op) {
        act("operate", due(i, new NodeWrite.Operate(op)), () -> node(i).operate(op));
    }

    void load(int i) {
        act("load", due(i, new NodeWrite.Load()), () -> node(i).load());
    }

    void revive(int i) {
        act("revive", due(i, oracles.get(i).toRevive()), () -> revive(node(i)));
    }

    private void revive(Node node) {
        if (world.planted == REVIVES_WITH_REQUEST) {
            node.setRequest(node.request());
        } else if (node.revive()) {
            world.tally.revivals++;
        }
    }

    /** Revives all that have stalled, and no other. */
    void reviveAll() {
        long now = host.now();
        List<Sent> due =
                all(oracle -> oracle.isStalled(now) && oracle.isRevivalDue(now) ? oracle.toRevive() : List.of());
        if (world.planted == REVIVES_WITH_REQUEST) {
            act("revive all", due, () -> nodes.stalledNodes().forEach(this::revive));
        } else {
            act("revive all", due, () -> world.tally.revivals += nodes.reviveAll());
        }
    }

    void manageAll() {
        act("manage all", all(oracle -> List.of(manages())), nodes::setManaged);
    }

    void releaseAll() {
        act("release all", all(oracle -> List.of(releases())), nodes::release);
    }

    void requestAll(String state) {
        act("request of all", all(oracle -> List.of(new NodeWrite.Request(state))), () -> nodes.setRequest(state));
    }

    /** Asks for what it asked for before, where it is not so; made for nodes that come back. */
    void reassert(int i) {
        act("reassert", due(i, oracles.get(i).toReassert()), () -> {
            if (world.planted == COMES_BACK_AFTER_RELEASE && oracles.get(i).last != null) {
                node(i).setManaged();
            }
            node(i).reassert();
        });
    }

    void adopt(int i) {
        NodeOracle oracle = oracles.get(i);
        boolean can = oracle.view().connected()
                && !oracle.view().request().isEmpty()
                && !oracle.isPending(NodeWrite.Kind.REQUEST);
        act("adopt", List.of(), () -> {
            if (node(i).adoptRequest() != can) {
                throw world.fail("adopting REQUEST of " + node(i) + " did not answer " + can);
            }
            if (can) {
                oracle.adopt();
                oracle.settle(host.now());
            }
        });
    }

    void acknowledge(int i) {
        act("acknowledge", List.of(), () -> {
            if (node(i).acknowledge() != oracles.get(i).acknowledge()) {
                throw world.fail("failed writes of " + node(i) + ", " + oracles.get(i));
            }
            oracles.get(i).settle(host.now());
        });
    }

    void skip(int i) {
        act("skip", List.of(), () -> {
            nodes.skip(node(i).name());
            oracles.get(i).skipped = true;
            oracles.get(i).settle(host.now());
        });
    }

    void include(int i) {
        act("include", List.of(), () -> {
            nodes.include(node(i).name());
            oracles.get(i).skipped = false;
            oracles.get(i).settle(host.now());
        });
    }

    /** Looks at all nodes at once. */
    void resync() {
        act("resync", List.of(), () -> {
            nodes.resync();
            oracles.forEach(oracle -> oracle.settle(host.now()));
        });
    }

    /** Asks for what there is not; nothing may be sent. */
    void askNonsense() {
        act("nonsense", List.of(), () -> {
            refuses(() -> nodes.setRequest("NOWHERE"));
            refuses(() -> nodes.setRequest("NOBODY", NodeWorldPlant.SAFE));
            refuses(() -> nodes.only(node(0).name(), node(0).name()).release());
            refuses(() -> nodes.skip(""));
        });
    }

    private void refuses(Runnable nonsense) {
        try {
            nonsense.run();
        } catch (IllegalArgumentException refused) {
            return;
        }
        throw world.fail("nonsense was not refused");
    }

    private void act(String what, List<Sent> due, Runnable call) {
        Act act = new Act(what, due);
        acts.push(act);
        try {
            call.run();
        } finally {
            acts.pop();
        }
        if (!act.disturbed && act.sent < act.due.size()) {
            throw world.fail("'" + what + "' does not send " + due(act));
        }
        if (acts.isEmpty() && !host.isInPass()) { // in the middle of a pass some answers are taken in, and some are not
            due.forEach(sent -> oracles.get(sent.node).settle(host.now()));
            host.scan.checkActions();
        }
    }

    // ---- inside

    private Node node(int i) {
        return nodes.node(world.nodes.get(i).name());
    }

    private NodeWrite manages() {
        return new NodeWrite.Manage(nodes.name());
    }

    private NodeWrite releases() {
        return new NodeWrite.Release(host.options().forgetManager());
    }

    private static List<Sent> due(int i, NodeWrite write) {
        return List.of(new Sent(i, write));
    }

    private static List<Sent> due(int i, List<NodeWrite> writes) {
        return writes.stream().map(write -> new Sent(i, write)).toList();
    }

    private List<Sent> all(Function<NodeOracle, List<NodeWrite>> writes) {
        List<Sent> due = new ArrayList<>();
        for (int i = 0; i < oracles.size(); i++) {
            if (!oracles.get(i).skipped) {
                due.addAll(due(i, writes.apply(oracles.get(i))));
            }
        }
        return due;
    }
}
