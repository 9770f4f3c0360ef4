package dev.steward.testkit;

import dev.steward.store.Batch;
import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.Deleted;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordKeys;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that was ever committed to a fake store, so that it can be shown as of any revision. Revisions count up by one. Not safe for use by
 * many threads.
 */
final class FakeStoreTruth {
    private static final long REMEMBERED = Duration.ofHours(1).toNanos();

    private final Simulation simulation;
    private final List<List<Change>> log = new ArrayList<>(); // of revision n at n - 1
    private final List<Long> times = new ArrayList<>(); // of the same
    private final Map<String, List<Change>> byKey = new HashMap<>(); // the oldest first
    private int aged; // so many commits are older than deletions are remembered
    private long purged; // deletions up to here are forgotten

    FakeStoreTruth(Simulation simulation) {
        this.simulation = simulation;
    }

    long revision() {
        return log.size();
    }

    /** The revision at some time, in nanoseconds of the simulation. */
    long revisionAt(long nanos) {
        int revision = log.size();
        while (revision > 0 && times.get(revision - 1) > nanos) {
            revision--;
        }
        return revision;
    }

    CommitAnswer commit(Batch batch) {
        Set<String> unexpected = new HashSet<>();
        for (Batch.Op op : batch.changes()) {
            Change now = newest(op.key(), revision());
            if ((now instanceof Versioned record ? record.revision() : 0) != op.expected()) {
                unexpected.add(op.key());
            }
        }
        if (!unexpected.isEmpty()) {
            return new CommitAnswer.Conflict(unexpected);
        }
        long revision = revision() + 1;
        List<Change> written = new ArrayList<>();
        for (Batch.Op op : batch.changes()) {
            Change change = written(op, revision);
            if (change != null) {
                written.add(change);
                byKey.computeIfAbsent(op.key(), any -> new ArrayList<>()).add(change);
            }
        }
        log.add(written);
        times.add(simulation.elapsedNanos());
        return new CommitAnswer.Committed(revision);
    }

    private static @Nullable Change written(Batch.Op op, long revision) {
        if (op instanceof Batch.Create create) {
            return new Versioned(create.key(), revision, create.value());
        }
        if (op instanceof Batch.Put put) {
            return new Versioned(put.key(), revision, put.value());
        }
        return op instanceof Batch.Delete ? new Deleted(op.key(), revision) : null;
    }

    private @Nullable Change newest(String key, long asOf) {
        List<Change> history = byKey.getOrDefault(key, List.of());
        int at = history.size() - 1;
        while (at >= 0 && history.get(at).revision() > asOf) {
            at--;
        }
        return at < 0 ? null : history.get(at);
    }

    /** Forgets all deletions so far. */
    void forgetDeletions() {
        purged = revision();
    }

    private void age() {
        long now = simulation.elapsedNanos();
        while (aged < log.size() && now - times.get(aged) >= REMEMBERED) {
            aged++;
            if (log.get(aged - 1).stream().anyMatch(Deleted.class::isInstance)) {
                purged = Math.max(purged, aged);
            }
        }
    }

    /**
     * The page as of a revision. A cursor from behind it is answered with nothing new, or as a store does that cannot know it.
     *
     * @param resetsWhenBehind which of the two
     */
    Changes changes(ChangeQuery query, long asOf, boolean resetsWhenBehind) {
        age();
        Cursor cursor = query.cursor();
        boolean unknown = cursor.after() > (resetsWhenBehind ? asOf : revision());
        boolean reset = cursor.equals(Cursor.START) || cursor.since() < Math.min(purged, asOf) || unknown;
        if (!reset && cursor.after() > asOf) {
            return new Changes(List.of(), cursor, asOf, false, false);
        }
        long since = reset ? asOf : cursor.since();
        long after = reset ? 0 : cursor.after();
        List<Change> page = new ArrayList<>();
        for (long revision = after + 1; revision <= asOf; revision++) {
            List<Change> wanted = wanted(query, revision, since, asOf);
            if (!wanted.isEmpty() && page.size() >= query.limit()) {
                return new Changes(page, new Cursor(Math.max(since, after), after), asOf, true, reset);
            }
            page.addAll(wanted);
            after = revision;
        }
        return new Changes(page, Cursor.at(asOf), asOf, false, reset);
    }

    private List<Change> wanted(ChangeQuery query, long revision, long since, long asOf) {
        List<Change> wanted = new ArrayList<>();
        for (Change change : log.get((int) revision - 1)) {
            if (query.wants(change.key())
                    && (change instanceof Versioned || revision > since)
                    && change == newest(change.key(), asOf)) {
                wanted.add(change);
            }
        }
        return wanted;
    }

    ReadAnswer.Found read(Set<String> keys, long asOf) {
        List<Versioned> found = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (newest(RecordKeys.check(key), asOf) instanceof Versioned record) {
                found.add(record);
            }
        }
        return new ReadAnswer.Found(found, asOf);
    }

    /** What there is now. */
    Map<String, Versioned> records() {
        Map<String, Versioned> records = new TreeMap<>();
        for (String key : byKey.keySet()) {
            if (newest(key, revision()) instanceof Versioned record) {
                records.put(key, record);
            }
        }
        return records;
    }
}
