package dev.steward.store;

import java.util.Set;

/**
 * What became of a batch: committed, conflict, or {@linkplain StoreTrouble trouble}. Only {@link StoreTrouble.Unknown} leaves open whether
 * it was applied; after every other answer but {@link Committed} it certainly was not, and never will be.
 */
public sealed interface CommitAnswer permits CommitAnswer.Committed, CommitAnswer.Conflict, StoreTrouble {
    /**
     * Applied whole.
     *
     * @param revision the revision of the records that it wrote
     */
    record Committed(long revision) implements CommitAnswer {}

    /**
     * Not applied: something was not as the batch expects it. Look, then decide again.
     *
     * @param keys the keys that were not; may be incomplete, and is for people
     */
    record Conflict(Set<String> keys) implements CommitAnswer {
        /** Copies the keys. */
        public Conflict {
            keys = Set.copyOf(keys);
        }
    }
}
