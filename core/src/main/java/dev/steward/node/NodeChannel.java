package dev.steward.node;

import java.util.Set;
import java.util.function.Consumer;

/**
 * One node, wherever it runs: what it shows, and what may be asked of it. Made for drivers to implement; the guard runtime is one too.
 *
 * <p><b>Looking.</b> {@link #view()} is the latest whole snapshot. A change is told as a hint, and says only that a look is worth while;
 * changes in between may be skipped, the last one never is. A node whose records arrive one by one has to be put together before it is
 * shown: STATE, TARGET and REQUEST of one view are of one instant.
 *
 * <p><b>Connection.</b> Loss and return are changes as any other. A view of a lost node says so and keeps what was seen last, for people;
 * its predicates are all false. A channel goes on trying to connect for as long as somebody listens. Whatever the node was before, its
 * first view after a return is a fresh one.
 *
 * <p><b>Asking.</b> A write answers once, within a limit of the channel's own. A write to a lost node is {@code NOT_SENT} at once. Writes
 * of one caller are carried out in their order.
 *
 * <p><b>Threads.</b> Safe for use by many threads. Nothing here blocks, and nothing throws for trouble with the node.
 */
public interface NodeChannel {
    /** The name of the node; the same for ever, not empty. */
    String node();

    /** The latest snapshot; versions never go back, and what differs in more than its messages has another version. */
    NodeView view();

    /**
     * Asks something of the node.
     *
     * @param done told how it ended, once; on any thread, also within this call. An accepted write is in {@link #view()} by then
     */
    void write(NodeWrite write, Consumer<WriteOutcome> done);

    /**
     * Begins to tell of changes, and to connect if nobody has listened so far.
     *
     * @param changed run after each change, on any thread, not within this call; it returns at once and does not throw. It may come too
     *     often, and once for many changes
     * @return ends it
     */
    Listening listen(Runnable changed);

    /**
     * The states that the node has, hence the words that may be requested; empty if that is not known.
     *
     * <p>What is not in it is refused before anything is asked of the node.
     */
    default Set<String> states() {
        return Set.of();
    }

    /** One listener's tie to a channel. Safe for use by many threads. */
    @FunctionalInterface
    interface Listening extends AutoCloseable {
        /** Ends it: the listener is not run any more, but for a run under way. Idempotent. */
        @Override
        void close();
    }
}
