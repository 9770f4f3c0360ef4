package dev.steward.store;

import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records of an in-memory store, by key and by revision. Safe for use by many threads. */
final class RecordTable {
    private final Map<String, Change> byKey = new HashMap<>();
    private final NavigableMap<Long, List<Change>> byRevision = new TreeMap<>(); // what is newest of its key
    private final Graves graves;
    private long revision;
    private long purged; // deletions up to here are forgotten

    RecordTable(TimeSource time) {
        graves = new Graves(time);
    }

    synchronized CommitAnswer commit(Batch batch) {
        Set<String> unexpected = new HashSet<>();
        for (Batch.Op op : batch.changes()) {
            if (revisionOf(op.key()) != op.expected()) {
                unexpected.add(op.key());
            }
        }
        if (!unexpected.isEmpty()) {
            return new CommitAnswer.Conflict(unexpected);
        }
        graves.forgetOld(this::forgetDeletion);
        revision++;
        List<Change> written = new ArrayList<>(batch.changes().size());
        for (Batch.Op op : batch.changes()) {
            if (op instanceof Batch.Create create) {
                write(new Versioned(create.key(), revision, create.value()), written);
            } else if (op instanceof Batch.Put put) {
                write(new Versioned(put.key(), revision, put.value()), written);
            } else if (op instanceof Batch.Delete delete) {
                Deleted deleted = new Deleted(delete.key(), revision);
                write(deleted, written);
                graves.remember(deleted);
            }
        }
        if (!written.isEmpty()) {
            byRevision.put(revision, written);
        }
        return new CommitAnswer.Committed(revision);
    }

    private long revisionOf(String key) {
        return byKey.get(key) instanceof Versioned record ? record.revision() : 0;
    }

    private void write(Change change, List<Change> written) {
        forget(byKey.put(change.key(), change));
        written.add(change);
    }

    private void forget(@Nullable Change old) {
        if (old == null) {
            return;
        }
        List<Change> ofItsCommit = byRevision.get(old.revision());
        if (ofItsCommit != null && ofItsCommit.remove(old) && ofItsCommit.isEmpty()) {
            byRevision.remove(old.revision());
        }
    }

    private void forgetDeletion(Deleted deleted) {
        purged = deleted.revision();
        if (byKey.remove(deleted.key(), deleted)) {
            forget(deleted);
        }
    }

    synchronized Changes changes(ChangeQuery query) {
        Cursor cursor = query.cursor();
        boolean reset = cursor.equals(Cursor.START) || cursor.since() < purged || cursor.after() > revision;
        long since = reset ? revision : cursor.since();
        long after = reset ? 0 : cursor.after();
        List<Change> page = new ArrayList<>();
        for (Map.Entry<Long, List<Change>> commit :
                byRevision.tailMap(after, false).entrySet()) {
            if (page.size() >= query.limit()) {
                return new Changes(page, new Cursor(Math.max(since, after), after), revision, true, reset);
            }
            for (Change change : commit.getValue()) {
                if (query.wants(change.key()) && (change instanceof Versioned || change.revision() > since)) {
                    page.add(change);
                }
            }
            after = commit.getKey();
        }
        return new Changes(page, Cursor.at(revision), revision, false, reset);
    }

    synchronized ReadAnswer.Found read(Set<String> keys) {
        List<Versioned> found = new ArrayList<>();
        for (String key : new TreeSet<>(keys)) {
            if (byKey.get(RecordKeys.check(key)) instanceof Versioned record) {
                found.add(record);
            }
        }
        return new ReadAnswer.Found(found, revision);
    }
}
