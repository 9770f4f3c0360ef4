package dev.steward.benchmarks;

import dev.steward.node.Node;
import dev.steward.node.NodeError;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeView;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same nodes in a map, and loops over its values as the reference has them: each question looks at every node. Not safe for use by many
 * threads.
 */
final class NodeTable {
    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Entry[] entries;

    /** One node, and what is remembered of it. */
    static final class Entry {
        private final String lastRequest = NodeEvents.GOAL;
        private final boolean managedByUs = true;
        private volatile NodeView view = NodeEvents.in(NodeEvents.GOAL);

        boolean hasArrived() {
            return view.isIn(lastRequest);
        }
    }

    /** How many are so. Not safe for use by many threads. */
    static final class Counts {
        int arrived;
        int done;
        int completed;
        int stalled;
        int managed;
        int ours;
        int alive;
        int ok;
        int faulty;
    }

    NodeTable(int size) {
        NodeEvents.names(size).forEach(name -> byName.put(name, new Entry()));
        entries = byName.values().toArray(Entry[]::new);
    }

    /** From now on a node looks like this. */
    void show(int node, NodeView view) {
        entries[node].view = view;
    }

    /** Looks at every node: have all arrived? It does not stop at the first that has not, so that it costs the same wherever that is. */
    boolean scan() {
        int arrived = 0;
        for (Entry entry : byName.values()) {
            arrived += entry.hasArrived() ? 1 : 0;
        }
        return arrived == entries.length;
    }

    /** The same as it is written most briefly; it stops at the first that has not arrived. */
    boolean allMatch() {
        return byName.values().stream().allMatch(Entry::hasArrived);
    }

    /** Throws unless a manager of the same nodes gives the same answers. */
    void requireSame(NodeManager manager) {
        Counts counts = judge();
        int size = entries.length;
        boolean same = manager.hasArrived() == scan()
                && manager.hasArrived() == allMatch()
                && manager.isDone() == (counts.done == size)
                && manager.hasCompleted() == (counts.completed == size)
                && manager.isManaged() == (counts.managed == size)
                && manager.isManagedByUs() == (counts.ours == size)
                && manager.isAlive() == (counts.alive == size)
                && manager.isInFault() == (counts.faulty > 0)
                && manager.notOk().size() == size - counts.ok
                && manager.stalledNodes().size() == counts.stalled;
        for (Node node : manager) {
            Entry entry = byName.get(node.name());
            same &= entry != null
                    && node.hasArrived() == entry.hasArrived()
                    && node.isStalled() == entry.view.isStalled()
                    && node.view().equals(entry.view);
        }
        if (!same) {
            throw new IllegalStateException("the manager and a scan do not give the same answers");
        }
    }

    /** One linear pass that answers every question that a manager answers about all. */
    Counts judge() {
        var counts = new Counts();
        for (Entry entry : byName.values()) {
            judge(entry, counts);
        }
        return counts;
    }

    private static void judge(Entry entry, Counts counts) {
        NodeView view = entry.view;
        boolean arrived = view.isIn(entry.lastRequest);
        boolean done = view.isDone();
        boolean ours = view.isManagedBy(NodeEvents.MANAGER);
        boolean alive = view.isAlive();
        boolean faulty = !alive
                || view.error() != NodeError.FALSE
                || !view.request().equals(entry.lastRequest)
                || (entry.managedByUs && !ours);
        counts.arrived += arrived ? 1 : 0;
        counts.done += done ? 1 : 0;
        counts.completed += arrived && done ? 1 : 0;
        counts.stalled += view.isStalled() ? 1 : 0;
        counts.managed += view.connected() && view.mode() == NodeMode.MANAGED ? 1 : 0;
        counts.ours += ours ? 1 : 0;
        counts.alive += alive ? 1 : 0;
        counts.ok += view.connected() && view.ok() ? 1 : 0;
        counts.faulty += faulty ? 1 : 0;
    }
}
