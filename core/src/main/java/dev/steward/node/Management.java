package dev.steward.node;

/** Who manages a node, as one manager sees it; its changes are events of {@link NodeManager#MANAGEMENT}. */
public enum Management {
    /** Nobody: its MODE is not MANAGED. */
    FREE,
    /** The manager that tells. */
    OURS,
    /** Another manager; the cause of the event has its name. */
    TAKEN;

    static Management of(NodeView view, String system) {
        return !view.isManaged() ? FREE : view.isManagedBy(system) ? OURS : TAKEN;
    }
}
