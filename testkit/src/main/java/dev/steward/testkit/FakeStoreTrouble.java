package dev.steward.testkit;

/**
 * What may go wrong with one call of a {@link FakeRecordStore}: told for its next commits, for all of them, or by the plan of faults, at a
 * point each for {@linkplain #commitPoint commits} and, as far as it can befall them, for {@linkplain #lookPoint looks} ({@code changes} and
 * {@code read}).
 */
public enum FakeStoreTrouble {
    /** A commit is told that all its keys conflict, though none need to. Not done. */
    CONFLICT("conflict", false),
    /** Not done, and refused. */
    REFUSED("refused", true),
    /** Not done, and unavailable. */
    UNAVAILABLE("unavailable", true),
    /** Done, and answered with unknown. */
    UNKNOWN("unknown", true),
    /** Not done, and answered with unknown. */
    UNKNOWN_NOT_DONE("undone", false),
    /** Done, and never answered. */
    NO_ANSWER("lost", true),
    /** Neither done nor answered. */
    SWALLOWED("swallowed", false),
    /** Done some time later, and never answered. */
    LATER("later", false),
    /** The disk takes its time: done and answered late, and so are all commits behind it. A look is merely late. */
    SLOW("slow", true),
    /** Done and answered, and answered again some time later. */
    TWICE("twice", true);

    private final String commitPoint;
    private final String lookPoint;
    private final boolean befallsLooks;

    FakeStoreTrouble(String name, boolean befallsLooks) {
        this.commitPoint = "store.commit." + name;
        this.lookPoint = "store.look." + name;
        this.befallsLooks = befallsLooks;
    }

    /** Its name in a {@link FaultPlan}, for commits: {@code store.commit.conflict}. */
    public String commitPoint() {
        return commitPoint;
    }

    /**
     * Its name in a {@link FaultPlan}, for looks: {@code store.look.lost}.
     *
     * @throws IllegalStateException if it cannot befall looks
     */
    public String lookPoint() {
        if (!befallsLooks) {
            throw new IllegalStateException(this + " befalls commits only");
        }
        return lookPoint;
    }

    /** Whether it can befall {@code changes} and {@code read} as well as commits. */
    public boolean befallsLooks() {
        return befallsLooks;
    }
}
