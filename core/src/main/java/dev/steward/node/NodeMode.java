package dev.steward.node;

/** How a node goes through its graph: its MODE record. In the order of its numbers, from 0. */
public enum NodeMode {
    /** Towards its request, also after a jump. */
    AUTO,
    /** Towards its request, but after a jump it stays where it is, until its manager asks again. */
    MANAGED,
    /** Straight into the requested state, whatever the graph says, and out of none by itself. */
    MANUAL;

    /** Whether the graph is followed. */
    public boolean followsGraph() {
        return this != MANUAL;
    }
}
