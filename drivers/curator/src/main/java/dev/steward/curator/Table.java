package dev.steward.curator;

import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.Deleted;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store shows: every node as of one revision, and the pages of it. Not safe for use by many threads. */
final class Table {
    private static final Logger log = LoggerFactory.getLogger(Table.class);
    private static final long MOST_BYTES = 4L << 20; // of a page, and then the rest of a commit

    private final NavigableMap<String, Znode> byKey = new TreeMap<>();
    private final NavigableMap<Long, Map<String, Change>> byRevision = new TreeMap<>(); // what is newest of its key
    private final NavigableMap<Long, Set<String>> graves =
            new TreeMap<>(); // the deleted keys, by the commit that did it
    private long asOf;
    private long purged; // deletions up to here may be forgotten

    long asOf() {
        return asOf;
    }

    void asOf(long revision) {
        asOf = revision;
    }

    long purged() {
        return purged;
    }

    void purged(long revision) {
        purged = Math.max(purged, revision);
    }

    @Nullable
    Znode get(String key) {
        return byKey.get(key);
    }

    int size() {
        return byKey.size();
    }

    /** Shows {@code znode} under the key from now on. */
    void put(String key, Znode znode) {
        put(key, znode, znode.revision());
    }

    private void put(String key, Znode znode, long revision) {
        Znode old = znode.exists() ? byKey.put(key, znode) : byKey.remove(key);
        boolean wasRecord = old != null && old.isRecord();
        if (old != null && old.kind() == Znode.Kind.DELETED && !znode.isRecord()) {
            purged(old.revision());
        }
        if (old != null) {
            forget(key, old.revision());
        }
        if (znode.isRecord()) {
            remember(new Versioned(key, znode.revision(), znode.value()));
        } else if (znode.kind() == Znode.Kind.DELETED) {
            remember(new Deleted(key, znode.revision()));
        } else if (wasRecord) {
            purged(revision); // removed or spoilt by a stranger, without a mark: whoever follows begins again
            if (znode.exists()) {
                log.atWarn().addKeyValue("node", key).log("counts as deleted: what it holds now is no record");
            }
        }
    }

    private void remember(Change change) {
        byRevision.computeIfAbsent(change.revision(), none -> new HashMap<>(4)).put(change.key(), change);
        if (change instanceof Deleted) {
            graves.computeIfAbsent(change.revision(), none -> new HashSet<>(4)).add(change.key());
        }
    }

    private void forget(String key, long revision) {
        Map<String, Change> ofItsCommit = byRevision.get(revision);
        if (ofItsCommit != null && ofItsCommit.remove(key) != null && ofItsCommit.isEmpty()) {
            byRevision.remove(revision);
        }
        Set<String> buried = graves.get(revision);
        if (buried != null && buried.remove(key) && buried.isEmpty()) {
            graves.remove(revision);
        }
    }

    /** Shows what a full reading found, except for the keys in {@code other}, as of {@code revision}. */
    void replace(Map<String, Znode> all, Set<String> other, long revision) {
        for (String key : new ArrayList<>(byKey.keySet())) {
            if (!all.containsKey(key) && !other.contains(key)) {
                put(key, Znode.absent(revision));
            }
        }
        all.forEach((key, znode) -> {
            Znode old = byKey.get(key);
            if (old == null || old.revision() != znode.revision() || old.kind() != znode.kind()) {
                put(key, znode, revision);
            }
        });
        asOf = revision;
    }

    Changes changes(ChangeQuery query) {
        Cursor cursor = query.cursor();
        boolean reset = cursor.equals(Cursor.START) || cursor.since() < purged || cursor.after() > asOf;
        long since = reset ? asOf : cursor.since();
        long after = reset ? 0 : cursor.after();
        List<Change> page = new ArrayList<>();
        long bytes = 0;
        for (Map.Entry<Long, Map<String, Change>> commit :
                byRevision.tailMap(after, false).entrySet()) {
            if (page.size() >= query.limit() || bytes > MOST_BYTES) {
                return new Changes(page, new Cursor(Math.max(since, after), after), asOf, true, reset);
            }
            for (Change change : commit.getValue().values()) {
                if (query.wants(change.key()) && (change instanceof Versioned || change.revision() > since)) {
                    page.add(change);
                    bytes += change.key().length()
                            + (change instanceof Versioned record
                                    ? record.value().size()
                                    : 0);
                }
            }
            after = commit.getKey();
        }
        return new Changes(page, Cursor.at(asOf), asOf, false, reset);
    }

    /**
     * The deletions whose marks were written at or before {@code mtime} and by commits up to {@code revision}, the oldest first, of so
     * many commits that {@code most} are passed.
     */
    Map<String, Znode> graves(long mtime, long revision, int most) {
        Map<String, Znode> old = new LinkedHashMap<>();
        for (Set<String> ofOneCommit : graves.headMap(revision, true).values()) {
            for (String key : ofOneCommit) {
                Znode znode = byKey.get(key);
                if (znode == null || znode.mtime() > mtime) {
                    return old;
                }
                old.put(key, znode);
            }
            if (old.size() >= most) {
                return old;
            }
        }
        return old;
    }

    /** Whether there is a node below {@code key} that is not in {@code leaving}. */
    boolean hasOthersBelow(String key, Set<String> leaving) {
        String folder = key + '/';
        for (String below : byKey.tailMap(folder, true).keySet()) {
            if (!below.startsWith(folder)) {
                return false;
            }
            if (!leaving.contains(below)) {
                return true;
            }
        }
        return false;
    }

    /** The folders that nothing would be in any more if {@code leaving} went; those further down first. */
    List<String> emptied(Set<String> leaving) {
        Set<String> gone = new HashSet<>(leaving);
        List<String> folders = new ArrayList<>();
        for (String key : leaving) {
            List<String> above = Layout.above(key);
            for (int i = above.size() - 1; i >= 0; i--) {
                String folder = above.get(i);
                Znode znode = byKey.get(folder);
                boolean mere = znode != null && znode.kind() == Znode.Kind.PARENT;
                if (!mere || gone.contains(folder) || hasOthersBelow(folder, gone)) {
                    break;
                }
                gone.add(folder);
                folders.add(folder);
            }
        }
        return folders;
    }
}
