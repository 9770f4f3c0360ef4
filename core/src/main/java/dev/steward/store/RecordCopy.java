package dev.steward.store;

import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records that a cache knows. Per key it never goes back, whatever the order in which it is told; so it remembers for an hour what was
 * deleted. Not safe for use by many threads.
 */
final class RecordCopy {
    /** Its own for each call of {@link #follow}. */
    private static final class Follower {
        private final String prefix;
        private final ChangeListener listener;

        private Follower(String prefix, ChangeListener listener) {
            this.prefix = prefix;
            this.listener = listener;
        }
    }

    private final Map<String, Change> byKey = new HashMap<>();
    private final Graves graves;
    private final Consumer<Deleted> forget = this::forget; // made once, not in each poll
    private final List<Follower> followers = new ArrayList<>();
    private @Nullable Set<String> swept; // what the sweep under way has shown
    private int records;

    RecordCopy(TimeSource time) {
        graves = new Graves(time);
    }

    Optional<Versioned> get(String key) {
        return record(byKey.get(key));
    }

    int size() {
        return records;
    }

    /** How many deletions are remembered. */
    int remembered() {
        return byKey.size() - records;
    }

    RecordCache.Following follow(String prefix, ChangeListener listener) {
        Follower follower = new Follower(prefix, listener);
        followers.add(follower);
        List<Change> known = new ArrayList<>(byKey.values());
        for (Change change : known) {
            if (change instanceof Versioned record && record.key().startsWith(prefix)) {
                listener.changed(Optional.empty(), Optional.of(record));
            }
        }
        return () -> followers.removeIf(each -> each == follower);
    }

    void apply(Change change) {
        if (swept != null && change instanceof Versioned) {
            swept.add(change.key());
        }
        Change known = byKey.get(change.key());
        if (known != null && known.revision() >= change.revision()) {
            return;
        }
        byKey.put(change.key(), change);
        if (change instanceof Deleted deleted) {
            graves.remember(deleted);
        }
        Optional<Versioned> before = record(known);
        Optional<Versioned> after = record(change);
        records += (after.isPresent() ? 1 : 0) - (before.isPresent() ? 1 : 0);
        if (before.isPresent() || after.isPresent()) {
            tell(change.key(), before, after);
        }
    }

    /** Tells everybody, also those behind one who throws. */
    private void tell(String key, Optional<Versioned> before, Optional<Versioned> after) {
        RuntimeException thrown = null;
        for (Follower follower : followers) {
            try {
                if (key.startsWith(follower.prefix)) {
                    follower.listener.changed(before, after);
                }
            } catch (RuntimeException failed) {
                thrown = failed;
            }
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private static Optional<Versioned> record(@Nullable Change change) {
        return change instanceof Versioned record ? Optional.of(record) : Optional.empty();
    }

    /** From here on everything is shown once more; what is not is gone, unless nothing is known yet. */
    void beginSweep() {
        swept = byKey.isEmpty() ? null : new HashSet<>();
    }

    /** Everything up to {@code revision} has been shown: what was not is gone. */
    void endSweep(long revision) {
        Set<String> shown = swept;
        swept = null;
        if (shown == null) {
            return;
        }
        List<Deleted> gone = new ArrayList<>();
        for (Change change : byKey.values()) {
            if (change instanceof Versioned && change.revision() < revision && !shown.contains(change.key())) {
                gone.add(new Deleted(change.key(), revision));
            }
        }
        gone.forEach(this::apply);
    }

    /** Forgets deletions that nobody can mistake any more. */
    void forgetOldDeletions() {
        graves.forgetOld(forget);
    }

    private void forget(Deleted deleted) {
        byKey.remove(deleted.key(), deleted);
    }
}
