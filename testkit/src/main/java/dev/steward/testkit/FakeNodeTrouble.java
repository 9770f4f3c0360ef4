package dev.steward.testkit;

/**
 * What may go wrong with a write to a {@link FakeNode}: told for the next writes, for all, or by the plan of faults at a {@link #point}.
 */
public enum FakeNodeTrouble {
    /** The node does not take it. */
    REFUSED("node.write.refused"),
    /** It never leaves. */
    NOT_SENT("node.write.unsent"),
    /** Done, and answered with unknown. */
    UNKNOWN("node.write.unknown"),
    /** Answered with unknown, and done some time later; writes behind it wait. Needs a simulation. */
    UNKNOWN_THEN_DONE("node.write.later"),
    /** Answered with unknown, and never done. */
    UNKNOWN_NOT_DONE("node.write.dropped"),
    /** Done, and answered some time later. Needs a simulation. */
    LATE("node.write.late"),
    /** Done some time later, and answered then; writes behind it wait. Needs a simulation. */
    SLOW("node.write.slow"),
    /** Done, and answered again some time later; without a simulation, at once. */
    TWICE("node.write.twice"),
    /** Done, and never answered: the channel is broken, or its limit is longer than the test. */
    NO_ANSWER("node.write.lost"),
    /** Neither done nor answered. */
    SWALLOWED("node.write.swallowed"),
    /** The call throws: not done, not answered. */
    THROWS("node.write.throws");

    private final String point;

    FakeNodeTrouble(String point) {
        this.point = point;
    }

    /** Its name in a {@link FaultPlan}. */
    public String point() {
        return point;
    }

    boolean needsSimulation() {
        return this == UNKNOWN_THEN_DONE || this == LATE || this == SLOW;
    }
}
