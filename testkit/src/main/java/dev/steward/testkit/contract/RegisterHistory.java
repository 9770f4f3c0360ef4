package dev.steward.testkit.contract;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What several clients of a record store did at once and what they were told, key by key; and whether that can be: whether all of it can be put in one
 * order in which each operation happens at one moment between its begin and its end, and finds what the one before has left.
 *
 * <p>Each operation is begun before the store is called and ended with its answer. One that is told neither done nor not done may have happened at
 * any time since it began, or never; so whoever gets an unknown answer, or none, does not end it. Every value is written once.
 *
 * <p><b>What is promised.</b> Writes must fit into one order for every store. Reads must as well, unless {@linkplain #laggingReads they may lag}: then each
 * client still sees all that it was told of its own writes.
 *
 * <p><b>Threads.</b> Safe for use by many threads.
 */
public final class RegisterHistory {
    private static final String ABSENT = "";

    private final boolean lags;
    private final Map<String, List<Operation>> byKey = new TreeMap<>(); // its own lock guards everything in here
    private long moment;
    private long operations;

    private RegisterHistory(boolean lags) {
        this.lags = lags;
    }

    /** An empty history of a store whose reads show all that was committed before they began. */
    public static RegisterHistory exact() {
        return new RegisterHistory(false);
    }

    /** An empty history of a store that shows to a client late what others have committed. */
    public static RegisterHistory laggingReads() {
        return new RegisterHistory(true);
    }

    /** One operation of one client: begun, and ended by at most one of its methods. Safe for use by many threads. */
    public final class Operation {
        final String client;
        final String text;
        final long start;
        final boolean reads;
        final long expected; // 0: absence
        final String value; // written, or read
        final @Nullable Operation own; // must come after this one
        long end = Long.MAX_VALUE;
        long revision; // of what was written, or found; 0: of nothing
        String found = ABSENT;
        boolean dropped;

        private Operation(
                String client,
                String text,
                long start,
                boolean reads,
                long expected,
                String value,
                @Nullable Operation own) {
            this.client = client;
            this.text = text;
            this.start = start;
            this.reads = reads;
            this.expected = expected;
            this.value = value;
            this.own = own;
        }

        /** The write was committed with this revision. */
        public void done(long committed) {
            checkArgument(!reads && committed >= 1, "%s done with revision %s", text, committed);
            synchronized (byKey) {
                revision = committed;
                end = ++moment;
            }
        }

        /** It was certainly not done, or told nothing: it counts no more. */
        public void nothing() {
            synchronized (byKey) {
                dropped = true;
                end = ++moment;
            }
        }

        /** The read has found a record. */
        public void found(long atRevision, String there) {
            checkArgument(reads && atRevision >= 1, "%s found revision %s", text, atRevision);
            synchronized (byKey) {
                revision = atRevision;
                found = there;
                end = ++moment;
            }
        }

        /** The read has found that there is no record. */
        public void foundNothing() {
            checkArgument(reads, "%s is no read", text);
            synchronized (byKey) {
                end = ++moment;
            }
        }

        boolean isKnown() {
            return end != Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            String outcome = !isKnown() ? "?" : reads ? "found '" + found + "' @" + revision : "done @" + revision;
            return start + "-" + (isKnown() ? end : "") + " " + client + " " + text + ": " + outcome;
        }
    }

    /** A client begins to look. */
    public Operation read(String client, String key) {
        return begin(client, "reads", key, true, 0, ABSENT);
    }

    /** A client begins to make a record where there is none. */
    public Operation create(String client, String key, String value) {
        return begin(client, "creates '" + value + "'", key, false, 0, value);
    }

    /** A client begins to write a record that it knows to be of the revision {@code expected}. */
    public Operation put(String client, String key, long expected, String value) {
        return begin(client, "puts '" + value + "' on @" + expected, key, false, expected, value);
    }

    /** A client begins to delete a record that it knows to be of the revision {@code expected}. */
    public Operation delete(String client, String key, long expected) {
        return begin(client, "deletes @" + expected, key, false, expected, ABSENT);
    }

    private Operation begin(String client, String text, String key, boolean reads, long expected, String value) {
        checkNotNull(client, "client");
        synchronized (byKey) {
            List<Operation> ofKey = byKey.computeIfAbsent(key, any -> new ArrayList<>());
            Operation own = reads && lags ? lastWrite(ofKey, client) : null;
            long start = ++moment;
            if (reads && lags) {
                start = own == null ? 0 : own.start;
            }
            Operation begun = new Operation(client, text, start, reads, expected, value, own);
            ofKey.add(begun);
            operations++;
            return begun;
        }
    }

    /** The last write that the client was told to be done. */
    private static @Nullable Operation lastWrite(List<Operation> ofKey, String client) {
        Operation last = null;
        for (Operation each : ofKey) {
            boolean told = each.client.equals(client) && !each.reads && !each.dropped && each.isKnown();
            if (told && (last == null || each.end > last.end)) {
                last = each;
            }
        }
        return last;
    }

    /** How many operations were begun. */
    public long operations() {
        synchronized (byKey) {
            return operations;
        }
    }

    /** How many keys were used, each of which has a history of its own. */
    public int histories() {
        synchronized (byKey) {
            return byKey.size();
        }
    }

    /** How many operations have not ended. */
    public long open() {
        synchronized (byKey) {
            return byKey.values().stream()
                    .flatMap(List::stream)
                    .filter(each -> !each.isKnown())
                    .count();
        }
    }

    /**
     * Looks for an order of each key.
     *
     * @throws AssertionError if there is none for one of them, with what was done there
     */
    public void check() {
        synchronized (byKey) {
            byKey.forEach((key, all) -> {
                List<Operation> counting = all.stream()
                        .filter(each -> !each.dropped && !(each.reads && !each.isKnown()))
                        .toList();
                String wrong = new RegisterOrder(counting, valuesByRevision(key, counting)).find();
                if (!wrong.isEmpty()) {
                    throw new AssertionError("no order explains what was done to " + key + ": " + wrong);
                }
            });
        }
    }

    /** What the record of each revision was, as far as anybody was told; a revision has one record, and a record one revision. */
    private static Map<Long, String> valuesByRevision(String key, List<Operation> all) {
        Map<Long, String> values = new HashMap<>();
        Map<String, Long> revisions = new HashMap<>();
        for (Operation each : all) {
            String value = each.reads ? each.found : each.value;
            if (each.revision == 0 || value.equals(ABSENT)) {
                continue;
            }
            String other = values.putIfAbsent(each.revision, value);
            Long otherRevision = revisions.putIfAbsent(value, each.revision);
            if ((other != null && !other.equals(value)) || (otherRevision != null && otherRevision != each.revision)) {
                throw new AssertionError("two records of " + key + " have one revision, or one has two: " + each
                        + ", beside '" + other + "' and @" + otherRevision);
            }
        }
        return values;
    }
}
