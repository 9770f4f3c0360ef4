package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The records of the things of one loop: reads them from the copy of the store, and stages what plans write. Not safe for use by many threads. */
final class Records<T> {
    private final List<RecordType<?>> types;
    private final @Nullable RecordCache cache;
    private final List<RecordCache.Following> ties = new ArrayList<>();
    private @Nullable Stage stage;

    Records(List<RecordType<?>> types, @Nullable RecordCache cache) {
        this.types = List.copyOf(types);
        this.cache = cache;
    }

    /** Tells how many records of a thing there are more or fewer, of all that change, and of those that are there already. */
    void follow(BiConsumer<String, Integer> onChange) {
        if (cache == null) {
            return;
        }
        for (RecordType<?> type : types) {
            ties.add(cache.follow(type.prefix(), (before, after) -> {
                String key = before.or(() -> after).orElseThrow().key();
                String name = nameOf(type, key);
                if (name != null) {
                    onChange.accept(name, (after.isPresent() ? 1 : 0) - (before.isPresent() ? 1 : 0));
                }
            }));
        }
    }

    /** Whether the copy is older than it ever is while the store answers and this process runs: what it authorises may be taken back by now. */
    boolean areOld() {
        return cache != null && cache.staleness().compareTo(cache.patience()) > 0;
    }

    /** Tells of nothing any more; the copy may be that of other loops as well. */
    void close() {
        ties.forEach(RecordCache.Following::close);
        ties.clear();
    }

    /** The thing that a record is of; null if it is none of ours, though it stands among them. */
    private static @Nullable String nameOf(RecordType<?> type, String key) {
        try {
            return type.name(key);
        } catch (IllegalArgumentException stranger) {
            return null;
        }
    }

    /**
     * A thing with what was seen of it and its records.
     *
     * @throws dev.steward.store.RecordFormatException if a record cannot be read
     */
    Thing<T> thing(String name, T seen, Instant at, Optional<Outcome.Refused<T>> refusal) {
        if (cache == null || types.isEmpty()) {
            return new Thing<>(name, seen, at, refusal, Map.of());
        }
        Map<RecordType<?>, Object> records = new LinkedHashMap<>();
        for (RecordType<?> type : types) {
            cache.get(type.key(name)).ifPresent(record -> records.put(type, type.decode(record)));
        }
        return new Thing<>(name, seen, at, refusal, records);
    }

    /** While the leader decides: where what is written goes. */
    void stage(@Nullable Stage given) {
        stage = given;
    }

    /** What of a plan is not so already, as bytes; empty for a deletion. */
    Map<RecordType<?>, Optional<RecordValue>> changes(String name, Plan<T> plan) {
        if (plan.writes().isEmpty()) {
            return Map.of();
        }
        checkState(cache != null, "a plan for %s writes, and there is no store", name);
        Map<RecordType<?>, Optional<RecordValue>> changes = new LinkedHashMap<>();
        plan.writes().forEach((type, value) -> {
            checkArgument(
                    types.contains(type), "a plan for %s writes %s, which is none of its reconciler's", name, type);
            Optional<RecordValue> now = record(type, name).map(Versioned::value);
            Optional<RecordValue> wanted = value.map(some -> encode(type, some));
            if (!now.equals(wanted)) {
                changes.put(type, wanted);
            }
        });
        return changes;
    }

    private Optional<Versioned> record(RecordType<?> type, String name) {
        return cache == null ? Optional.empty() : cache.get(type.key(name));
    }

    @SuppressWarnings("unchecked") // a plan takes a value for a type of such values only
    private static <R> RecordValue encode(RecordType<R> type, Object value) {
        return type.encode((R) value);
    }

    /** Stages changes of one thing, all or none; answers whether there was room. */
    boolean stage(String name, Map<RecordType<?>, Optional<RecordValue>> changes) {
        Stage current = stage;
        checkState(current != null, "%s is not led", name);
        long bytes = 0;
        for (Map.Entry<RecordType<?>, Optional<RecordValue>> change : changes.entrySet()) {
            bytes += change.getKey().key(name).length()
                    + change.getValue().map(RecordValue::size).orElse(0);
        }
        if (!current.isEmpty() && !current.fits(changes.size(), bytes)) {
            return false;
        }
        int mark = current.mark();
        try {
            changes.forEach((type, value) -> stage(current, type.key(name), record(type, name), value));
        } catch (RuntimeException tooLarge) {
            current.backTo(mark);
            throw tooLarge;
        }
        return true;
    }

    private static void stage(Stage stage, String key, Optional<Versioned> before, Optional<RecordValue> value) {
        if (value.isEmpty()) {
            before.ifPresent(stage::delete);
        } else if (before.isPresent()) {
            stage.put(before.get(), value.get());
        } else {
            stage.create(key, value.get());
        }
    }
}
