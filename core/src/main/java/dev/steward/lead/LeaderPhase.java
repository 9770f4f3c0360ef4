package dev.steward.lead;

import dev.steward.event.Kind;
import dev.steward.state.StateGraph;

/** Where one process is on its way to lead a role, and in leading it. */
public enum LeaderPhase {
    /** It does not lead: another may. */
    FOLLOWING,
    /** It was advised to lead, and has asked for the next term. */
    CLAIMING,
    /** It has the term, or is not sure what became of a batch: it reads on before it decides. */
    CATCHING_UP,
    /** It leads. */
    LEADING,
    /** It leads, and a batch of its is in flight. */
    COMMITTING;

    /** Every move there is. */
    public static final StateGraph<LeaderPhase> GRAPH = StateGraph.startingAt(FOLLOWING)
            .allow(FOLLOWING, CLAIMING)
            .allow(CLAIMING, CATCHING_UP, FOLLOWING)
            .allow(CATCHING_UP, LEADING, FOLLOWING)
            .allow(LEADING, COMMITTING, FOLLOWING)
            .allow(COMMITTING, LEADING, CATCHING_UP, FOLLOWING)
            .build();

    /** What this process is for a role, on its feed; the name is the role. */
    public static final Kind<LeaderPhase> ROLE = Kind.of("role", LeaderPhase.class, GRAPH);
}
