package dev.steward.node;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Named nodes of one manager, in the order of the names; skipped ones count. Not safe for use by many threads. */
final class Subset extends NodeGroup {
    private final List<Node> nodes;

    Subset(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    @Override
    boolean all(int bit) {
        return nodes.stream().allMatch(node -> node.has(bit));
    }

    @Override
    public Iterator<Node> iterator() {
        return nodes.iterator();
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public List<Node> stalledNodes() {
        return nodes.stream().filter(Node::isStalled).toList();
    }

    @Override
    public SortedSet<String> notOk() {
        SortedSet<String> names = new TreeSet<>();
        nodes.stream().filter(node -> !node.isOk()).map(Node::name).forEach(names::add);
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public boolean isInFault() {
        return nodes.stream().anyMatch(Node::isInFault);
    }

    @Override
    public List<NodeFault> faults() {
        return nodes.stream().flatMap(node -> node.faults().stream()).toList();
    }

    @Override
    public String toString() {
        return nodes.stream().map(Node::name).toList().toString();
    }
}
