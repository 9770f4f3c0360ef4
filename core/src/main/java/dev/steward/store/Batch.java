package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes that apply whole or not at all. Immutable; made by a {@link Stage}.
 *
 * @param id names this attempt, in logs and in fences; no two attempts have the same, also of different processes
 * @param changes at most one a key, {@value #MOST_CHANGES} of them
 */
public record Batch(String id, List<Op> changes) {
    /** The most changes of a batch, requirements and the fence of a role included. */
    public static final int MOST_CHANGES = 500;

    /** The most bytes of a batch: keys and values together, 512 KiB. */
    public static final int MOST_BYTES = 512 * 1024;

    /** @throws IllegalArgumentException if there are no changes, two of one key, too many, or too many bytes */
    public Batch {
        changes = List.copyOf(changes);
        checkArgument(!changes.isEmpty(), "batch %s: no changes", id);
        checkArgument(
                changes.size() <= MOST_CHANGES, "batch %s: %s changes, more than %s", id, changes.size(), MOST_CHANGES);
        Set<String> keys = new HashSet<>(changes.size() * 2);
        long bytes = 0;
        for (Op change : changes) {
            checkArgument(keys.add(change.key()), "batch %s: two changes of %s", id, change.key());
            bytes += change.bytes();
        }
        checkArgument(bytes <= MOST_BYTES, "batch %s: %s bytes, more than %s", id, bytes, MOST_BYTES);
    }

    /** One change of a batch, with what it expects. */
    public sealed interface Op permits Create, Put, Delete, Require {
        /** The key. */
        String key();

        /** The revision that the record must have; 0: there must be none. */
        long expected();

        /** What counts towards {@link #MOST_BYTES}. */
        default long bytes() {
            return key().length();
        }
    }

    /** Makes a record where there is none. */
    public record Create(String key, RecordValue value) implements Op {
        /** @throws IllegalArgumentException if the key is none */
        public Create {
            RecordKeys.check(key);
        }

        @Override
        public long expected() {
            return 0;
        }

        @Override
        public long bytes() {
            return key.length() + (long) value.size();
        }
    }

    /** Writes a record anew, if it is still of the revision expected. */
    public record Put(String key, long expected, RecordValue value) implements Op {
        /** @throws IllegalArgumentException if the key is none */
        public Put {
            checkExpectation(key, expected);
        }

        @Override
        public long bytes() {
            return key.length() + (long) value.size();
        }
    }

    /** Deletes a record, if it is still of the revision expected. */
    public record Delete(String key, long expected) implements Op {
        /** @throws IllegalArgumentException if the key is none */
        public Delete {
            checkExpectation(key, expected);
        }
    }

    /** Changes nothing, but the whole batch fails unless the record is still of the revision expected. */
    public record Require(String key, long expected) implements Op {
        /** @throws IllegalArgumentException if the key is none */
        public Require {
            checkExpectation(key, expected);
        }
    }

    private static void checkExpectation(String key, long expected) {
        RecordKeys.check(key);
        checkArgument(expected >= 1, "%s: expects revision %s, which no record has", key, expected);
    }
}
