package dev.steward.curator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the store: what it shows ({@link Table}), and what was heard of since but cannot be shown yet.
 *
 * <p>A watch says that a node was changed by a transaction, not what it holds; the reading that follows may find what a later one left. So
 * of each key the transactions are kept in order, each with what it left or with nothing while, or for ever if, that is unknown.
 *
 * <p><b>Why no page shows half a transaction.</b> The table moves on to a transaction only when of every key the newest one up to there is
 * known, and only an answer makes it known: to a reading that the news caused, or to the transaction if it was ours. All keys of a transaction
 * are heard of before such an answer, for the server handles requests of one session in order, and tells of a transaction whole before
 * it goes on. A key that is always overwritten before it is read delays the others until a reading finds it as the newest transaction heard of
 * has left it, which the first pause of its writer brings.
 *
 * <p>Not safe for use by many threads.
 */
final class Mirror {
    private final Table table = new Table();
    private final Map<String, News> news = new HashMap<>();
    private final NavigableMap<Long, List<String>> heard = new TreeMap<>();
    private final Map<String, Znode> listed = new HashMap<>();
    private boolean listing;
    private boolean pending; // a listing that is complete, but not shown yet
    private long base; // the listing is not of before this
    private long newest;

    /** What was heard of one key and is not shown. */
    private static final class News {
        private final NavigableMap<Long, Znode> known = new TreeMap<>();
        private final NavigableSet<Long> transactions = new TreeSet<>();
        private boolean began; // whether it is known what was before the first of them

        private boolean isClear() {
            return known.containsKey(transactions.last());
        }
    }

    Table table() {
        return table;
    }

    /** The newest transaction heard of. */
    long newest() {
        return newest;
    }

    /** Whether all that was heard of is shown. */
    boolean isShown() {
        return table.asOf() >= newest;
    }

    /**
     * Transactions may go by unheard from now on, so nothing more is shown until everything has been read anew: the watch comes back by
     * itself before that, and what it tells of then follows a gap.
     */
    void interrupt() {
        beginListing();
    }

    /** Begins to read everything; what was heard of before counts no more. */
    void beginListing() {
        news.clear();
        heard.clear();
        listed.clear();
        listing = true;
        pending = false;
        base = 0;
        newest = 0;
    }

    /** The listing is not older than this transaction. */
    void notBefore(long revision) {
        base = Math.max(base, revision);
        newest = Math.max(newest, revision);
    }

    /** The listing found a node. */
    void listed(String key, Znode znode) {
        notBefore(znode.revision());
        News ofKey = news.get(key);
        if (ofKey == null) {
            listed.put(key, znode);
        } else {
            know(key, znode);
        }
    }

    /** The listing has found everything. */
    void endListing() {
        listing = false;
        pending = true;
    }

    /** A transaction of the store was heard of. */
    void heard(long revision) {
        if (listing || pending || revision > table.asOf()) {
            keysOf(revision);
        }
    }

    private List<String> keysOf(long revision) {
        newest = Math.max(newest, revision);
        return heard.computeIfAbsent(revision, none -> new ArrayList<>(2));
    }

    /** A transaction has written {@code key}. */
    void heard(String key, long revision, boolean created) {
        newsOf(key, revision, created);
    }

    private News newsOf(String key, long revision, boolean created) {
        News ofKey = news.get(key);
        if (ofKey == null) {
            ofKey = new News();
            ofKey.began = created || !(listing || pending) || listed.containsKey(key);
            news.put(key, ofKey);
        }
        if (ofKey.transactions.add(revision)) {
            keysOf(revision).add(key);
        }
        return ofKey;
    }

    /** What a transaction left under {@code key}. */
    void know(String key, Znode znode) {
        if (!listing && !pending && znode.revision() <= table.asOf()) {
            return; // shown already: a commit of our own was faster than the reading
        }
        newsOf(key, znode.revision(), false).known.put(znode.revision(), znode);
    }

    /** The newest transaction left nothing under {@code key}. */
    void knowAbsent(String key) {
        News ofKey = news.get(key);
        if (ofKey != null) {
            ofKey.known.put(ofKey.transactions.last(), Znode.absent(ofKey.transactions.last()));
        }
    }

    /** Nobody here can know what the newest transaction left under {@code key}. */
    void cannotKnow(String key) {
        News ofKey = news.get(key);
        if (ofKey != null) {
            long revision = ofKey.transactions.last();
            ofKey.known.put(revision, Znode.unreadable(revision, -1));
        }
    }

    /** Whether a transaction was heard of that may have left {@code key} as nobody here knows. */
    boolean isUnclear(String key) {
        News ofKey = news.get(key);
        return ofKey != null && !ofKey.isClear();
    }

    /** The newest that is known of a key, shown or not; null if it has no node. */
    @Nullable
    Znode latest(String key) {
        News ofKey = news.get(key);
        Znode latest;
        if (ofKey != null && !ofKey.known.isEmpty()) {
            latest = ofKey.known.lastEntry().getValue();
        } else {
            latest = pending ? listed.get(key) : table.get(key);
        }
        return latest != null && latest.exists() ? latest : null;
    }

    /** Shows what can be shown; answers whether there was anything. */
    boolean show() {
        if (listing || (heard.isEmpty() && !pending)) {
            return false;
        }
        long upTo = furthest();
        if (upTo < 0) {
            return false;
        }
        if (pending) {
            table.replace(listed, writtenUpTo(upTo), base);
            listed.clear();
            pending = false;
        }
        for (Map.Entry<Long, List<String>> transaction :
                heard.headMap(upTo, true).entrySet()) {
            for (String key : transaction.getValue()) {
                showKey(key, upTo);
            }
        }
        heard.headMap(upTo, true).clear();
        table.asOf(upTo);
        return true;
    }

    /** The furthest transaction that can be shown; below zero if none can. */
    private long furthest() {
        Set<String> unclear = new HashSet<>();
        news.forEach((key, ofKey) -> {
            if (!ofKey.began) {
                unclear.add(key);
            }
        });
        long furthest = -1;
        long reached = pending ? base : 0; // up to here everything is taken together
        boolean passed = !pending;
        for (Map.Entry<Long, List<String>> transaction : heard.entrySet()) {
            if (!passed && transaction.getKey() > reached) {
                passed = true;
                furthest = unclear.isEmpty() ? reached : furthest;
            }
            for (String key : transaction.getValue()) {
                News ofKey = news.get(key);
                if (ofKey == null || ofKey.known.containsKey(transaction.getKey())) {
                    unclear.remove(key);
                } else {
                    unclear.add(key);
                }
            }
            if (passed && unclear.isEmpty()) {
                furthest = transaction.getKey();
            }
        }
        return !passed && unclear.isEmpty() ? reached : furthest;
    }

    private Set<String> writtenUpTo(long revision) {
        Set<String> written = new HashSet<>();
        heard.headMap(revision, true).values().forEach(written::addAll);
        return written;
    }

    private void showKey(String key, long upTo) {
        News ofKey = news.get(key);
        if (ofKey == null) {
            return; // shown with an earlier one
        }
        Map.Entry<Long, Znode> last = ofKey.known.floorEntry(upTo);
        if (last != null) {
            table.put(key, last.getValue());
        }
        ofKey.known.headMap(upTo, true).clear();
        ofKey.transactions.headSet(upTo, true).clear();
        ofKey.began = true;
        if (ofKey.transactions.isEmpty()) {
            news.remove(key);
        }
    }
}
