package dev.steward.instance;

import dev.steward.kernel.Moment;
import dev.steward.loop.Step;
import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordFormatException;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of a host what they should be: what has changed is marked, compared with the record as it is, and written where it is
 * another. So nothing is sent twice, and an answer that was lost costs one look. Not safe for use by many threads, but for {@link #unwritten}.
 */
final class KeptRecords {
    private static final String NOT_KEPT = "memory";
    private static final String WRITING = "writing";

    private static final long OFFER_AGAIN = Duration.ofMinutes(5).toNanos();

    private final Host host;
    private final RecordCache cache;
    private final RecordType<KeptInstance> type;
    private final RecordWriter writer;
    private final RecordCache.Following following;
    private final Map<String, Entry> byKey = new HashMap<>();
    private final Set<Entry> marked = new LinkedHashSet<>();
    private final Set<String> news = new LinkedHashSet<>(); // keys of records that have changed
    private final Set<String> strangers = new LinkedHashSet<>(); // keys of records of nobody that is known
    private int most = Batch.MOST_CHANGES; // records a batch
    private final Set<Entry> notTaken = new HashSet<>(); // refused, or left alone
    private int inFlight;
    private volatile int unwritten;
    private boolean anyRefused;
    private long offerAt; // when what was refused is offered once more
    private boolean closed;

    /** What a record should be. */
    private static final class Entry {
        private final String key;
        private final String name;
        private @Nullable RecordValue value; // null: there should be none
        private boolean own; // this manager has decided otherwise than the one before
        private boolean refused;
        private boolean leftAlone; // its record cannot be read

        private Entry(String key, String name) {
            this.key = key;
            this.name = name;
        }

        private void become(@Nullable RecordValue other) {
            refused &= Objects.equals(value, other);
            value = other;
        }

        private long size() {
            RecordValue now = value;
            return key.length() + (now == null ? 0L : now.size());
        }
    }

    KeptRecords(Host host, RecordCache cache, RecordType<KeptInstance> type) {
        this.host = host;
        this.cache = cache;
        this.type = type;
        Moment made = host.pass().moment();
        writer = new RecordWriter(cache, type.prefix() + word(made.wall().toEpochMilli()) + "-" + word(made.nanos()));
        following = cache.follow(
                type.prefix(),
                (before, after) -> news.add(after.or(() -> before).orElseThrow().key()));
    }

    private static String word(long number) {
        return Long.toUnsignedString(number, Character.MAX_RADIX);
    }

    RecordType<KeptInstance> type() {
        return type;
    }

    /** An instance is there; answers whether it is the first of its name, as far as records go. */
    boolean add(String name) {
        String key = key(name);
        return key != null && byKey.putIfAbsent(key, new Entry(key, name)) == null;
    }

    private @Nullable String key(String name) {
        try {
            return type.key(name);
        } catch (IllegalArgumentException none) {
            host.publisher().raise(name, NOT_KEPT, "nothing of it is kept: " + none.getMessage());
            return null;
        }
    }

    /** The record of an instance. */
    Optional<Versioned> find(String name) {
        String key = key(name);
        return key == null ? Optional.empty() : cache.get(key);
    }

    /** An instance is as it was kept, as far as is known. */
    void recalled(InstanceRunner runner) {
        become(runner.name(), valueOf(runner));
    }

    /** Something of an instance may be another than what was kept. */
    void changed(InstanceRunner runner) {
        RecordValue value = valueOf(runner);
        Entry entry = become(runner.name(), value);
        if (entry != null
                && !Objects.equals(
                        value, cache.get(entry.key).map(Versioned::value).orElse(null))) {
            entry.own = true;
        }
    }

    private @Nullable RecordValue valueOf(InstanceRunner runner) {
        return KeptInstance.of(runner, host.pass().moment()).map(type::encode).orElse(null);
    }

    /** There is no instance of this name any more. */
    void removed(String name) {
        become(name, null);
    }

    private @Nullable Entry become(String name, @Nullable RecordValue value) {
        String key = key(name);
        if (key == null) {
            return null;
        }
        Entry entry = byKey.computeIfAbsent(key, any -> new Entry(key, name));
        entry.become(value);
        mark(entry);
        return entry;
    }

    private void mark(Entry entry) {
        marked.add(entry);
        notTaken.remove(entry);
    }

    /** A record cannot be read, and so is not written. */
    void leaveAlone(String name, RecordFormatException unreadable) {
        Entry entry = byKey.get(key(name));
        if (entry != null) {
            leaveAlone(entry, unreadable);
        }
    }

    private void leaveAlone(Entry entry, RecordFormatException unreadable) {
        entry.leftAlone = true;
        notTaken.add(entry);
        host.publisher()
                .raise(
                        entry.name,
                        NOT_KEPT,
                        "nothing of it is kept, as its record is "
                                + (unreadable.isNewer() ? "of a newer version" : "unreadable") + " and left alone: "
                                + unreadable.getMessage());
    }

    /**
     * Looks at the records that have changed, whoever did that; answers of which instances the last manager has kept something that the store
     * had not shown before, and that this one has not decided about.
     */
    List<String> takeNews() {
        if (news.isEmpty()) {
            return List.of();
        }
        List<String> late = new ArrayList<>();
        for (String key : news) {
            Entry entry = byKey.get(key);
            if (entry == null) {
                strangers.add(key);
            } else if (entry.leftAlone) {
                entry.leftAlone = false;
                host.publisher().clear(entry.name, NOT_KEPT);
                mark(entry);
            } else if (!entry.own && isNews(entry)) {
                late.add(entry.name);
            }
        }
        news.clear();
        return late;
    }

    private boolean isNews(Entry entry) {
        Optional<Versioned> record = cache.get(entry.key);
        return record.isPresent() && !Objects.equals(record.get().value(), entry.value);
    }

    /** Records of nobody who is configured are to go. */
    void dropStrangers() {
        for (String key : strangers) {
            if (!byKey.containsKey(key)) {
                Entry entry = new Entry(key, key);
                byKey.put(key, entry);
                marked.add(entry);
            }
        }
        strangers.clear();
    }

    /** Writes what is not as it should be, as much of it as fits a batch, if the store can take it now. */
    void write() {
        offerAgain();
        if (!marked.isEmpty() && !closed && writer.isReady()) {
            Stage stage = new Stage();
            List<Entry> staged = stage(stage);
            if (staged.isEmpty()) {
                host.publisher().clear(StoreMemory.SOURCE, WRITING); // all is there, whatever was answered
            } else {
                inFlight = staged.size();
                writer.commit(stage, answer -> answered(staged, answer));
            }
        }
        unwritten = marked.size() + inFlight + notTaken.size();
    }

    private List<Entry> stage(Stage stage) {
        List<Entry> staged = new ArrayList<>();
        Iterator<Entry> rest = marked.iterator();
        while (rest.hasNext() && staged.size() < most) {
            Entry entry = rest.next();
            Versioned before = cache.get(entry.key).orElse(null);
            if (!isAsItShouldBe(entry, before)) {
                if (!stage.fits(1, entry.size())) {
                    if (!staged.isEmpty()) {
                        break;
                    }
                    refuse(entry, "its record has " + entry.size() + " bytes, more than fit a batch");
                } else {
                    stage(stage, entry, before);
                    staged.add(entry);
                }
            }
            rest.remove();
            forgetIfGone(entry, before);
        }
        return staged;
    }

    private boolean isAsItShouldBe(Entry entry, @Nullable Versioned before) {
        if (entry.refused) {
            notTaken.add(entry);
            return true;
        }
        if (Objects.equals(before == null ? null : before.value(), entry.value)) {
            return true;
        }
        if (before == null) {
            return false;
        }
        try {
            type.decode(before); // whoever cannot read a record does not write it either
            return false;
        } catch (RecordFormatException unreadable) {
            leaveAlone(entry, unreadable);
            return true;
        }
    }

    private static void stage(Stage stage, Entry entry, @Nullable Versioned before) {
        RecordValue value = entry.value;
        if (value == null && before != null) {
            stage.delete(before);
        } else if (value != null && before == null) {
            stage.create(entry.key, value);
        } else if (value != null && before != null) {
            stage.put(before, value);
        }
    }

    private void forgetIfGone(Entry entry, @Nullable Versioned before) {
        boolean isDone = before == null || entry.leftAlone;
        if (isDone && entry.value == null && !host.roster().contains(entry.name)) {
            byKey.remove(entry.key);
        }
    }

    private void answered(List<Entry> staged, CommitAnswer answer) {
        inFlight = 0;
        if (closed) {
            return;
        }
        if (answer instanceof CommitAnswer.Committed) {
            most = Math.min(most * 2, Batch.MOST_CHANGES);
            host.publisher().clear(StoreMemory.SOURCE, WRITING);
            staged.forEach(entry -> host.publisher().clear(entry.name, NOT_KEPT));
        } else if (answer instanceof StoreTrouble.Refused refused && staged.size() == 1) {
            refuse(staged.get(0), refused.reason());
        } else if (answer instanceof StoreTrouble.Refused) {
            most = staged.size() / 2; // to find out which of them it is
        } else if (answer instanceof StoreTrouble trouble) {
            host.publisher()
                    .raise(StoreMemory.SOURCE, WRITING, "the store cannot be written for now: " + trouble.reason());
        }
        marked.addAll(staged); // to be compared with what is there by now
    }

    /** What a store refuses is not offered again before it changes, or until it may have been told to take it. */
    private void refuse(Entry entry, String reason) {
        if (!anyRefused) {
            anyRefused = true;
            offerAt = host.pass().moment().nanos() + OFFER_AGAIN;
        }
        entry.refused = true;
        host.publisher().raise(entry.name, NOT_KEPT, "not kept as it is now: " + reason);
    }

    private void offerAgain() {
        if (anyRefused && host.pass().moment().nanos() - offerAt >= 0) {
            anyRefused = false;
            for (Entry entry : List.copyOf(notTaken)) {
                if (entry.refused) {
                    entry.refused = false;
                    marked.add(entry);
                    notTaken.remove(entry);
                }
            }
        }
    }

    Step next(long now) {
        Step step = writer.next();
        return anyRefused ? step.earliest(Step.afterNanos(Math.max(offerAt - now, 0))) : step;
    }

    /** Of how many instances the store does not know the latest yet; from any thread. */
    int unwritten() {
        return unwritten;
    }

    void close() {
        closed = true;
        following.close();
    }
}
