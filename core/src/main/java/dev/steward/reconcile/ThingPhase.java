package dev.steward.reconcile;

/** What a {@link ReconcileLoop} does with a thing at the moment. */
public enum ThingPhase {
    /** Nothing yet, or another process leads. */
    IDLE,
    /** Has asked what it is like. */
    LOOKING,
    /** Is content with it, and looks again later. */
    RESTING,
    /** Has records of it to commit. */
    WRITING,
    /** Has begun an action, whose outcome is not known. */
    ACTING,
    /** Wants to act, and waits: after a failure, for the damage budget, or for its turn among many. */
    WAITING,
    /** Wants to act, and was refused for good: it tries again when something has changed, or somebody asks for it. */
    GIVEN_UP,
    /** Wants to act, and is held, or only observes. */
    HELD,
    /** Cannot be decided about: a record that a newer version has written, or a decision that threw. */
    STUCK
}
