package dev.steward.node;

/** Why a node is in a state: the codes of the causes in its events. */
public enum NodeCause {
    /** It was started, or started again after a stop. */
    STARTED,
    /** It went along an edge, with the state before complete. */
    EDGE,
    /** The state before has named it. */
    JUMP,
    /** The same, and it stays there until it is asked again. */
    STALL,
    /** The request has changed, and the state before was left early. */
    REDIRECT,
    /** It was asked for in MANUAL mode, whatever the graph says. */
    MANUAL,
    /** It is entered once more, after an error in its code, or because it was asked for again. */
    AGAIN,
    /** A manager has seen it there; how it came is not known. */
    SEEN
}
