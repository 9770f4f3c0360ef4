package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the changes of one batch. Not safe for use by many threads.
 *
 * <p>Each change is checked as it is staged, so that what is wrong is refused by whoever stages it, and leaves the stage as it was. A stage
 * that feature code is given has had the room of its fence taken off.
 *
 * <p>What belongs together can be dropped together: take a {@link #mark} before a group, and go {@link #backTo} it if the group fails.
 */
public final class Stage {
    private final int mostChanges;
    private final int mostBytes;
    private final List<Batch.Op> changes = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private long bytes;

    /** An empty stage with the room of a whole batch. */
    public Stage() {
        this(0, 0);
    }

    /**
     * An empty stage that leaves room for {@code changes} changes of {@code bytes} bytes, such as a fence.
     *
     * @throws IllegalArgumentException if one of them is negative, or more than a batch may have
     */
    public Stage(int changes, int bytes) {
        checkArgument(changes >= 0 && changes <= Batch.MOST_CHANGES, "room for %s changes", changes);
        checkArgument(bytes >= 0 && bytes <= Batch.MOST_BYTES, "room for %s bytes", bytes);
        mostChanges = Batch.MOST_CHANGES - changes;
        mostBytes = Batch.MOST_BYTES - bytes;
    }

    /** Makes a record; the batch conflicts if there is one. */
    public Stage create(String key, RecordValue value) {
        return add(new Batch.Create(key, value));
    }

    /** Makes a record of a type; the batch conflicts if there is one. */
    public <T> Stage create(RecordType<T> type, String name, T value) {
        return create(type.key(name), type.encode(value));
    }

    /** Writes a record anew; the batch conflicts if it is not {@code before} any more. */
    public Stage put(Versioned before, RecordValue value) {
        return add(new Batch.Put(before.key(), before.revision(), value));
    }

    /**
     * Writes a record of a type anew; the batch conflicts if it is not {@code before} any more.
     *
     * @throws IllegalArgumentException if {@code before} does not stand where records of the type do
     */
    public <T> Stage put(RecordType<T> type, Versioned before, T value) {
        checkArgument(before.key().startsWith(type.prefix()), "%s is none of %s", before.key(), type);
        return put(before, type.encode(value));
    }

    /** Deletes a record; the batch conflicts if it is not {@code before} any more. */
    public Stage delete(Versioned before) {
        return add(new Batch.Delete(before.key(), before.revision()));
    }

    /** Changes nothing, but the batch conflicts if the record is not {@code before} any more. */
    public Stage require(Versioned before) {
        return add(new Batch.Require(before.key(), before.revision()));
    }

    private Stage add(Batch.Op change) {
        checkArgument(!keys.contains(change.key()), "two changes of %s in one batch", change.key());
        checkState(changes.size() < mostChanges, "%s: the stage is full with %s changes", change.key(), mostChanges);
        checkState(
                bytes + change.bytes() <= mostBytes,
                "%s: %s bytes beside %s that are staged are more than %s",
                change.key(),
                change.bytes(),
                bytes,
                mostBytes);
        changes.add(change);
        keys.add(change.key());
        bytes += change.bytes();
        return this;
    }

    /** Whether {@code more} changes of {@code size} bytes in all, keys included, would fit. */
    public boolean fits(int more, long size) {
        return changes.size() + more <= mostChanges && bytes + size <= mostBytes;
    }

    /** Whether nothing is staged. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** How many changes are staged; where {@link #backTo} goes. */
    public int mark() {
        return changes.size();
    }

    /**
     * Drops what was staged since the mark.
     *
     * @throws IllegalArgumentException if less than that is staged
     */
    public void backTo(int mark) {
        checkArgument(mark >= 0 && mark <= changes.size(), "no such mark: %s of %s", mark, changes.size());
        while (changes.size() > mark) {
            Batch.Op dropped = changes.remove(changes.size() - 1);
            keys.remove(dropped.key());
            bytes -= dropped.bytes();
        }
    }

    /**
     * What is staged, as a batch.
     *
     * @param id names this attempt; no two attempts have the same, also of different processes
     * @param last comes behind what is staged; what room was left for
     * @throws IllegalArgumentException if the batch has no changes, or more than one may have
     */
    public Batch toBatch(String id, Batch.Op... last) {
        List<Batch.Op> all = new ArrayList<>(changes.size() + last.length);
        all.addAll(changes);
        all.addAll(List.of(last));
        return new Batch(id, all);
    }
}
