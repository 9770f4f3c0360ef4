package dev.steward.benchmarks;

import dev.steward.node.NodeMode;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What nodes show, made before the measurement: 2^20 times a random one of them is somewhere else, as a view of its own. One in twenty
 * events is a stall and one in twenty the loss of the node, which its next event ends. The others are steps of nodes that go to {@link #GOAL}
 * or away from it.
 *
 * <p>All views of the pool have the same version, as they are shown over and over: a manager takes what is not older than what it has.
 * Not safe for use by many threads.
 */
final class NodeEvents {
    /** Who manages. */
    static final String MANAGER = "BENCH";

    /** Where all nodes were asked to go. */
    static final String GOAL = "ALIGNED";

    private static final int EVENTS = 1 << 20;
    private static final long VERSION = 1L << 40;
    private static final List<String> STATES = List.of("DOWN", "SAFE", "DAMPED", "ALIGNING", GOAL, "MISALIGNED");

    private final int[] nodes = new int[EVENTS];
    private final NodeView[] views = new NodeView[EVENTS];
    private int next;

    NodeEvents(int size) {
        var random = new SplittableRandom(42);
        for (int i = 0; i < EVENTS; i++) {
            nodes[i] = random.nextInt(size);
            int sort = random.nextInt(20);
            views[i] = sort == 0 ? stalled() : sort == 1 ? lost() : in(STATES.get(random.nextInt(STATES.size())));
        }
    }

    static List<String> names(int size) {
        return IntStream.range(0, size).mapToObj(i -> "NODE_" + i).toList();
    }

    /** Managed, and on the way to {@link #GOAL} or there. */
    static NodeView in(String state) {
        boolean there = state.equals(GOAL);
        return NodeView.in(state)
                .mode(NodeMode.MANAGED)
                .manager(MANAGER)
                .request(GOAL)
                .target(GOAL)
                .nominal(GOAL)
                .status(there ? NodeStatus.DONE : NodeStatus.RUN)
                .active(true)
                .okByRule()
                .version(VERSION)
                .build();
    }

    /** Managed, and back from a jump. */
    static NodeView stalled() {
        return in("SAFE").toBuilder().target("SAFE").build();
    }

    /** Not there. */
    static NodeView lost() {
        return in("SAFE").toBuilder().connected(false).build();
    }

    /** Goes on to the next event. */
    void advance() {
        next = next + 1 == EVENTS ? 0 : next + 1;
    }

    /** Whom the event is about. */
    int node() {
        return nodes[next];
    }

    /** What it looks like since. */
    NodeView view() {
        return views[next];
    }
}
