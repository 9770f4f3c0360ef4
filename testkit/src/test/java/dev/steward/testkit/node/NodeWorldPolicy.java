package dev.steward.testkit.node;

import dev.steward.loop.Step;
import dev.steward.node.Node;
import dev.steward.node.NodeError;
import dev.steward.node.NodeFault;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeWrite;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * What a host does with its manager: has its nodes go somewhere and stay there, revives, takes note of what others do. It knows only what
 * the manager says. Not safe for use by many threads.
 */
final class NodeWorldPolicy {
    /** All nodes, as bits. */
    static final int ALL = (1 << NodeWorld.SIZE) - 1;

    private final NodeWorld world;
    private final Style style;
    private final Set<Integer> released = new HashSet<>();
    private int mine;
    private String goal;
    private boolean begun;
    private boolean calm;
    private boolean resting;
    private boolean isStalled;
    private long nextRound;
    private long nextRevival;

    /**
     * How a host is.
     *
     * @param adopts whether it begins with the requests that it finds
     * @param fights whether it takes back what others have taken
     * @param hurries whether it asks before its first pass
     * @param reasserts whether it does so when a node comes back
     */
    record Style(boolean adopts, boolean fights, boolean hurries, boolean reasserts) {}

    /**
     * @param mine the nodes that it wants, as bits
     * @param goal where it wants them to be
     */
    NodeWorldPolicy(NodeWorld world, Style style, int mine, String goal) {
        this.world = world;
        this.style = style;
        this.mine = mine;
        this.goal = goal;
        this.nextRound = world.simulation.time().nanos();
        this.nextRevival = nextRound;
    }

    private boolean wants(int i) {
        return (mine >>> i & 1) == 1 && !released.contains(i);
    }

    /** Before its first pass: not everybody waits for that. */
    void created(NodeWorldManager manager) {
        if (style.hurries) {
            begin(manager);
        }
    }

    private void begin(NodeWorldManager manager) {
        begun = true;
        if (mine == ALL && !style.adopts) {
            manager.hands.manageAll();
            manager.hands.requestAll(goal);
            return;
        }
        for (int i = 0; i < NodeWorld.SIZE; i++) {
            if (wants(i)) {
                if (style.adopts) {
                    manager.hands.adopt(i);
                }
                manager.hands.manage(i);
                if (!style.adopts) {
                    manager.hands.request(i, goal);
                }
            }
        }
    }

    /** Goes on; called after each pass. */
    void act(NodeWorldManager manager) {
        long now = manager.now();
        if (!begun) {
            begin(manager);
        }
        manager.step("between two actions");
        isStalled = !manager.nodes.stalledNodes().isEmpty();
        if (isStalled
                && now - nextRevival
                        >= 0) { // one without a way to its request stays stalled, however often it is revived
            nextRevival = now + Duration.ofSeconds(1).toNanos();
            manager.hands.reviveAll();
        }
        if (now - nextRound < 0) {
            return;
        }
        nextRound = now + (calm ? Duration.ofSeconds(2) : world.millis(8_000)).toNanos();
        for (int i = 0; i < NodeWorld.SIZE; i++) {
            tend(manager, i);
        }
    }

    /** When it wants to go on. */
    Step wish() {
        long now = world.simulation.time().nanos();
        Step step = resting ? Step.parked() : Step.afterNanos(nextRound - now);
        return isStalled ? step.earliest(Step.afterNanos(nextRevival - now)) : step;
    }

    private void tend(NodeWorldManager manager, int i) {
        Node node = manager.node(i);
        NodeWorldHands hands = manager.hands;
        if (!wants(i) || !node.view().connected()) {
            return;
        }
        boolean taken = node.isManaged() && !node.isManagedByUs();
        if (taken && !calm && !(style.fights && world.oneIn(3))) {
            if (!node.isSkipped() && world.oneIn(2)) {
                world.tally.fault("F28 skipped");
                hands.skip(i);
            }
            return;
        }
        if (node.isSkipped() && (calm || world.oneIn(2))) {
            hands.include(i);
        }
        if (hasFailed(node, NodeWrite.Kind.MANAGEMENT) || (!node.isManagedByUs() && !isOpen(manager, i))) {
            hands.manage(i);
        }
        if (node.op() != NodeOp.EXEC && (calm || world.oneIn(4))) {
            hands.operate(i, NodeOp.EXEC);
        } else if (node.view().error() == NodeError.TRUE && world.oneIn(2)) {
            hands.load(i);
        }
        wish(manager, i, node);
    }

    private void wish(NodeWorldManager manager, int i, Node node) {
        NodeWorldHands hands = manager.hands;
        if (hasFailed(node, NodeWrite.Kind.OP) || hasFailed(node, NodeWrite.Kind.LOAD)) {
            hands.acknowledge(i);
        }
        String last = node.lastRequest().orElse("");
        if (!last.equals(goal)) {
            hands.request(i, goal);
        } else if (node.isRequestPending()) {
            return;
        } else if (hasFailed(node, NodeWrite.Kind.REQUEST) || !node.request().equals(goal)) {
            if (!calm && world.oneIn(5)) {
                hands.adopt(i);
            } else if (world.oneIn(2)) {
                hands.revive(i);
            } else {
                hands.request(i, goal);
            }
        }
    }

    private static boolean isOpen(NodeWorldManager manager, int i) {
        return manager.oracle(i).isPending(NodeWrite.Kind.MANAGEMENT);
    }

    private static boolean hasFailed(Node node, NodeWrite.Kind kind) {
        return node.faults().stream()
                .anyMatch(fault -> fault instanceof NodeFault.WriteFailed failed
                        && failed.write().kind() == kind);
    }

    /** A node has come back. */
    void reconnected(NodeWorldManager manager, int i) {
        if (world.hostile && world.oneIn(6)) {
            world.tally.fault("F24 hook throws");
            throw new IllegalStateException("a hook");
        }
        if (style.reasserts) {
            manager.hands.reassert(i);
        }
    }

    // ---- what its operator tells it

    /** Goes elsewhere with all. */
    void goFor(NodeWorldManager manager, String state) {
        goal = state;
        if (mine == ALL) {
            manager.hands.requestAll(state);
        }
    }

    /** It wants them where they should be again, and asks for that as it goes round. */
    void wantsAligned() {
        goal = NodeWorldPlant.ALIGNED;
    }

    /** Lets one go. */
    void letGo(NodeWorldManager manager, int i) {
        released.add(i);
        manager.hands.release(i);
    }

    /** Lets all go. */
    void letAllGo(NodeWorldManager manager) {
        for (int i = 0; i < NodeWorld.SIZE; i++) {
            released.add(i);
        }
        manager.hands.releaseAll();
    }

    /** Wants one that it may not have wanted so far. */
    void take(NodeWorldManager manager, int i) {
        mine |= 1 << i;
        released.remove(i);
        manager.hands.manage(i);
        manager.hands.request(i, goal);
    }

    boolean has(int i) {
        return wants(i);
    }

    /** Nothing odd any more: it wants all its nodes to be in one state, and says so where they are not. */
    void calm(String state) {
        calm = true;
        goal = state;
        mine = ALL;
        released.clear();
    }

    /** It looks at nothing by itself any more. */
    void rest() {
        resting = true;
    }
}
