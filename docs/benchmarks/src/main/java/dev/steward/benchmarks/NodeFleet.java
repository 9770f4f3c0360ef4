package dev.steward.benchmarks;

import dev.steward.node.NodeManager;
import dev.steward.node.NodeView;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link NodeManager} with many nodes, all of them managed by it and where it has asked them to go. Not safe for use by many threads.
 */
final class NodeFleet {
    private final ShownNode[] channels;
    private final NodeManager manager;

    NodeFleet(int size) {
        List<ShownNode> all = new ArrayList<>();
        NodeEvents.names(size).forEach(name -> all.add(new ShownNode(name)));
        channels = all.toArray(ShownNode[]::new);
        manager = new NodeManager(NodeEvents.MANAGER, all, TimeSource.system());
        manager.manageOnce();
        manager.setManaged();
        manager.setRequest(NodeEvents.GOAL);
        manager.manageOnce();
        for (ShownNode channel : channels) {
            channel.show(NodeEvents.in(NodeEvents.GOAL));
        }
        manager.manageOnce();
        if (!manager.hasArrived() || !manager.hasCompleted() || manager.isInFault()) {
            throw new IllegalStateException("not all nodes are where they should be");
        }
    }

    NodeManager manager() {
        return manager;
    }

    /** From now on a node looks like this, and the manager is told. */
    void show(int node, NodeView view) {
        channels[node].show(view);
    }

    /** From now on a node looks like this, and the manager is not told. */
    void change(int node, NodeView view) {
        channels[node].change(view);
    }

    /** Looks at all, whether or not it was told; answers whether all have arrived. */
    boolean resync() {
        manager.resync();
        return manager.hasArrived();
    }

    /** Looks at what has changed; answers whether all have arrived. */
    boolean look() {
        manager.manageOnce();
        return manager.hasArrived();
    }
}
