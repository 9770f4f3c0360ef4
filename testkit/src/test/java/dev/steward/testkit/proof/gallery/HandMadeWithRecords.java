package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofSeconds;

import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A hand-made controller that keeps records: decides only while they can be written. Not safe for use by many threads. */
abstract class HandMadeWithRecords extends HandMade {
    final String holder;
    final RecordCache cache;
    final RecordWriter writer;

    HandMadeWithRecords(RecordStore store, String holder, TimeSource time, RecordType<?>... types) {
        super(time);
        this.holder = holder;
        Set<String> prefixes = new TreeSet<>();
        for (RecordType<?> type : types) {
            prefixes.add(type.prefix());
        }
        this.cache = new RecordCache(
                store, prefixes, time, RecordCache.Options.defaults().withPeriod(ofSeconds(5)));
        this.writer = new RecordWriter(cache, holder);
    }

    /** A type of records that hold one text. */
    static RecordType<String> texts(String prefix) {
        return RecordType.of(prefix, 1, (value, output) -> output.text(value), input -> input.text());
    }

    /** The records of a type as they are known, by name, also those to come. */
    SortedMap<String, Versioned> follow(RecordType<?> type) {
        SortedMap<String, Versioned> known = new TreeMap<>();
        cache.follow(type.prefix(), (before, after) -> {
            before.ifPresent(it -> known.remove(type.name(it.key())));
            after.ifPresent(it -> known.put(type.name(it.key()), it));
        });
        return known;
    }

    /** Decides; what was committed before is in the cache by now, and a batch may be committed. */
    abstract Step keep(long now);

    @Override
    Step decide(long now) {
        cache.poll();
        Step wanted = writer.isReady() ? keep(now) : Step.parked();
        return wanted.earliest(writer.next()).earliest(cache.next());
    }

    /** Writes a record anew, or makes it. */
    static <T> Stage write(Stage stage, RecordType<T> type, String name, Optional<Versioned> before, T value) {
        return before.map(it -> stage.put(type, it, value)).orElseGet(() -> stage.create(type, name, value));
    }

    void commit(Stage stage) {
        writer.commit(stage, any -> {});
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        super.wakeWith(wakeUp);
        cache.wakes(this, wakeUp);
    }

    @Override
    public void close() {
        super.close();
        cache.wakesNoMore(this);
        cache.close();
    }
}
