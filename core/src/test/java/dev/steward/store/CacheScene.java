package dev.steward.store;

import dev.steward.loop.Step;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cache of the keys below {@code a/} of a held store, and what its listener has seen. Not safe for use by many threads. */
final class CacheScene {
    static final Duration NANO = Duration.ofNanos(1);
    static final Duration PERIOD = Duration.ofSeconds(1);
    static final Duration LIMIT = Duration.ofSeconds(3);

    final VirtualTime time = new VirtualTime();
    final HeldStore store = new HeldStore(time);
    final List<String> seen = new ArrayList<>();
    final RecordCache cache;

    CacheScene() {
        this(RecordCache.Options.defaults());
    }

    CacheScene(RecordCache.Options options) {
        cache = new RecordCache(store, Set.of("a/"), time, options);
        cache.follow("a/", (before, after) -> seen.add(text(before) + ">" + text(after)));
    }

    private static String text(Optional<Versioned> record) {
        return record.map(it -> it.key() + "=" + it.value().toUtf8() + "@" + it.revision())
                .orElse("");
    }

    long write(String key, String text) {
        return store.write(key, RecordValue.utf8(text));
    }

    void delete(String key) {
        store.write(key, null);
    }

    /** The cache, loaded, with what it has seen and asked wiped away. */
    CacheScene loaded() {
        cache.poll();
        seen.clear();
        store.asked.clear();
        return this;
    }

    Step after(Duration delay) {
        time.advance(delay);
        cache.poll();
        return cache.next();
    }

    /** Puts a record by way of the cache. */
    void commit(String key, String text, List<CommitAnswer> answers) {
        Stage stage = new Stage();
        cache.get(key)
                .ifPresentOrElse(
                        it -> stage.put(it, RecordValue.utf8(text)), () -> stage.create(key, RecordValue.utf8(text)));
        cache.commit(stage.toBatch("own"), answers::add);
    }

    String text(String key) {
        return cache.get(key).map(it -> it.value().toUtf8()).orElse("");
    }
}
