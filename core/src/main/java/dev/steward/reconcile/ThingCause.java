package dev.steward.reconcile;

/** Why a thing of a {@link ReconcileLoop} is as it is: the codes of reasons in its views and events. */
public enum ThingCause {
    /** It was seen so. */
    SEEN,
    /** The reconciler says why. */
    DECIDED,
    /** An action was refused for good. */
    REFUSED,
    /** Something went wrong, and is tried again. */
    TROUBLE,
    /** Somebody holds it, or nothing is done at all. */
    HELD,
    /** The damage budget is spent, or too much is under way. */
    LIMITED,
    /** It threw. */
    DEFECT
}
