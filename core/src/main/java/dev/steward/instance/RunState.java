package dev.steward.instance;

import dev.steward.state.StateGraph;

/** Where an instance is in its life, as the feed tells it; {@link NextAction} is the finer view of the one who manages it. */
public enum RunState {
    /** It does not run; it may be about to be started. */
    DOWN,
    /** It is being started. */
    STARTING,
    /** It runs. */
    UP,
    /** It has been told to stop. */
    STOPPING,
    /** It was given up, and stays down until somebody asks for it. */
    FAILED,
    /** Nothing here can start or stop it. */
    INOPERABLE;

    /** Every move that is ever published. */
    public static final StateGraph<RunState> GRAPH = StateGraph.startingAt(DOWN)
            .allow(DOWN, STARTING, UP, STOPPING, FAILED, INOPERABLE)
            .allow(STARTING, UP, DOWN, STOPPING, INOPERABLE)
            .allow(UP, STOPPING, DOWN, INOPERABLE)
            .allow(STOPPING, DOWN, UP, STARTING, FAILED, INOPERABLE)
            .allow(FAILED, DOWN, STARTING, STOPPING, INOPERABLE)
            .allow(INOPERABLE, DOWN, UP)
            .build();
}
