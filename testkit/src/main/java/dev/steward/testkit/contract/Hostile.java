package dev.steward.testkit.contract;

/** What hostile callbacks throw; without a stack trace, which would fill the log of every run. */
final class Hostile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Hostile() {
        super("hostile", null, false, false);
    }
}
