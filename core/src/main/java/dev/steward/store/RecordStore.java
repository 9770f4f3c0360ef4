package dev.steward.store;

import dev.steward.loop.WakeUp;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Versioned records shared by processes: what must outlive one of them. Made for drivers to implement.
 *
 * <p><b>Revision.</b> One number for the whole store counts its commits. A record carries the revision of the commit that wrote it, which
 * is the token of compare-and-set, the order of changes, and the position of whoever follows. It never goes back, also not for a key
 * that is deleted and made again.
 *
 * <p><b>Answers.</b> Every call returns at once and answers at most once: within the call, later on any thread, or never, so whoever asks
 * sets a limit ({@link dev.steward.loop.Calls}). No call throws for trouble with the store; trouble is an answer ({@link StoreTrouble}).
 * A closed store answers {@link StoreTrouble.Refused}.
 *
 * <p><b>Visibility.</b> Commits become visible in the order of their revisions and whole. A process that was told that its commit is done sees
 * it in every read that it begins from then on; what others have committed may show later. A deletion is remembered for an hour, so
 * that a follower who was away for less is told of it.
 *
 * <p><b>Threads.</b> Safe for use by many threads; nothing here waits.
 */
public interface RecordStore extends AutoCloseable {
    /** Applies all changes of the batch, or none of them. */
    void commit(Batch batch, Consumer<? super CommitAnswer> then);

    /**
     * The next page of what has changed: in the order of revisions, the newest state of each key, deletions included. Listing, catching
     * up and following are this one call.
     *
     * <p>A page holds whole commits: as many as fit {@link ChangeQuery#limit()} (fewer where they are large), and at least one. It
     * is never of before {@link Cursor#since}. A cursor that is too old to be told of all
     * deletions begins again, with a page that says {@link Changes#reset()}.
     */
    void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then);

    /**
     * The newest state of a few keys; what is absent is absent from the answer. For leases and tools, not for passes.
     *
     * @throws IllegalArgumentException if one of them is no key
     */
    void read(Set<String> keys, Consumer<? super ReadAnswer> then);

    /**
     * Begins to say when something may have changed, on any thread. Hints may be lost, late and idle: they only save waiting.
     *
     * @return ends it
     */
    Hinting onHint(WakeUp hint);

    /**
     * Releases what the store holds. What was asked for before is still done, as far as it can be within a few seconds (so that a role is given
     * up before its process ends); the rest is answered as unknown or refused, or not at all. Idempotent.
     */
    @Override
    void close();

    /** One follower's tie to the hints of a store. Safe for use by many threads. */
    @FunctionalInterface
    interface Hinting extends AutoCloseable {
        /** Ends it; idempotent. */
        @Override
        void close();
    }
}
