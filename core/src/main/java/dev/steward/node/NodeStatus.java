package dev.steward.node;

/** What happens inside a node just now: its STATUS record. In the order of its numbers, from 0; only RUN and DONE last. */
public enum NodeStatus {
    /** The state object is being made. */
    ENTER,
    /** {@code main} is to run, or runs. */
    MAIN,
    /** {@code run} is repeated: not complete, or complete and held by a stall. */
    RUN,
    /** The state is the requested one and has said that it is complete. */
    DONE,
    /** It is leaving, because the state has named another. */
    JUMP,
    /** It is leaving early, because the request has changed. */
    REDIRECT,
    /** It is leaving a complete state along an edge. */
    EDGE,
    /** It is not ready yet. */
    INIT
}
