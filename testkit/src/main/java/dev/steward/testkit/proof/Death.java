package dev.steward.testkit.proof;

/** The process that makes this call is dead: nothing of it goes on. Nobody but the engine may catch it. */
final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death(String process) {
        super(process + " has died", null, false, false);
    }
}
