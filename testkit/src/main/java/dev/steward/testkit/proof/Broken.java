package dev.steward.testkit.proof;

/** Ends a run whose {@link Violation} is known. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String text) {
        super(text, null, false, false);
    }
}
