package dev.steward.reconcile;

/** How outcomes are written for people. */
final class Outcomes {
    private Outcomes() {}

    static String text(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Refused<?> refused) {
            return (refused.retryable() ? "busy: " : "refused: ") + refused.reason();
        }
        if (outcome instanceof Outcome.Unknown<?> unknown) {
            return "unknown: " + unknown.reason();
        }
        return "done, without saying what it is like";
    }
}
