package dev.steward.testkit.proof;

/** The classes of faults that a proof plays, each asked for by a method of {@link Proof}. */
enum FaultClass {
    CRASH("crash points", "no calls and no passes: crashes not played"),
    ANSWERS("answers", "no calls with answers: lost, late and double answers not played"),
    CONFLICTS("conflicts", "no commits: conflicts not played"),
    LEADERS("leader changes", "no elections and no stores: two leaders not played"),
    STALE("stale reads", "no looks and no calls: stale reads not played"),
    PAUSES("pauses", "no calls and no passes: pauses not played");

    private final String plural;
    private final String missing;

    FaultClass(String plural, String missing) {
        this.plural = plural;
        this.missing = missing;
    }

    String plural() {
        return plural;
    }

    /** What the report says if there was nowhere to play it. */
    String missing() {
        return missing;
    }
}
