package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One record, as the commit of a revision wrote it. Immutable.
 *
 * @param key a {@linkplain RecordKeys valid} key
 * @param revision the number of the commit that wrote it, from 1
 * @param value what was written
 */
public record Versioned(String key, long revision, RecordValue value) implements Change {
    /** @throws IllegalArgumentException if the revision is below 1 */
    public Versioned {
        checkArgument(revision >= 1, "%s: revision is below 1: %s", key, revision);
    }
}
