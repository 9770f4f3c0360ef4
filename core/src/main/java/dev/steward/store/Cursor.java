package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How far a follower has read. Immutable.
 *
 * <p>The two differ while a first load goes through its pages: it has read a little, yet needs no deletion from before its first page, for
 * it had seen nothing then. A cursor of one number would look older than the memory of deletions on every page, and begin for ever.
 *
 * @param since deletions are needed from this revision on; 0 for a follower who knows nothing
 * @param after everything up to this revision has been read
 */
public record Cursor(long since, long after) {
    /** Where a follower begins who knows nothing. */
    public static final Cursor START = new Cursor(0, 0);

    /** @throws IllegalArgumentException if one of them is negative */
    public Cursor {
        checkArgument(since >= 0 && after >= 0, "no such cursor: since %s, after %s", since, after);
    }

    /** The cursor of one who has read everything up to {@code revision}. */
    public static Cursor at(long revision) {
        return new Cursor(revision, revision);
    }
}
