package dev.steward.await;

import dev.steward.event.Kind;
import dev.steward.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What several names of one wait have in common. Guarded by the lock of the {@link WaitIndex} that they are in. */
final class Plan {
    final Ledger ledger;
    final Kind<?> kind;
    final String[] words;
    final Duration limit;
    final @Nullable Function<String, Optional<String>> current;
    final Cursor[] cursors;

    /** Set as the wait opens. */
    Deadline deadline = Deadline.never();

    /** How many of the cursors have not ended. */
    int pending;

    Plan(Ledger ledger, NameGroup group) {
        this.ledger = ledger;
        this.kind = group.kind();
        this.words = group.states().toArray(String[]::new);
        this.limit = group.limit();
        this.current = group.current();
        this.cursors =
                group.names().stream().map(name -> new Cursor(name, this)).toArray(Cursor[]::new);
        this.pending = cursors.length;
    }

    /** The end of {@code limit}; zero or less is none. */
    static Deadline deadline(long now, Duration limit) {
        return limit.isZero() || limit.isNegative() ? Deadline.never() : Deadline.after(now, limit);
    }

    /** Asks for every name, after they have been entered: a change meanwhile is seen here or there. Without the lock. */
    void lookForThoseAlreadyThere(Lock lock) {
        if (current == null) {
            return;
        }
        for (Cursor cursor : cursors) {
            Optional<String> state = current.apply(cursor.name);
            lock.lock();
            try {
                state.ifPresent(word -> ledger.found(cursor, word));
            } finally {
                lock.unlock();
            }
        }
    }
}
