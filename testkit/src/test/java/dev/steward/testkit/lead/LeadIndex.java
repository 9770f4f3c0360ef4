package dev.steward.testkit.lead;

import dev.steward.store.RecordCache;
import dev.steward.store.Versioned;
import dev.steward.testkit.lead.LeadRecords.Domain;
import dev.steward.testkit.lead.LeadRecords.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one process knows of domains and things, from what its cache tells it; and whether the cache tells it right. Not safe for use by many threads. */
final class LeadIndex {
    private final LeadWorld world;
    private final String process;
    private final Map<String, Known<Domain>> domains = new TreeMap<>();
    private final Map<String, SortedMap<String, Known<Thing>>> things = new TreeMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final List<Consumer<String>> marks = new ArrayList<>();

    /**
     * A record as it is known.
     *
     * @param seenAt when it was first known so
     */
    record Known<T>(Versioned record, T value, long seenAt) {}

    LeadIndex(LeadWorld world, String process) {
        this.world = world;
        this.process = process;
    }

    /** Told of the domain of whatever changes. */
    void onChange(Consumer<String> mark) {
        marks.add(mark);
    }

    void follow(RecordCache cache) {
        cache.follow(Domain.TYPE.prefix(), this::changed);
        cache.follow(Thing.TYPE.prefix(), this::changed);
    }

    /** The cache says that a record has changed. */
    private void changed(Optional<Versioned> before, Optional<Versioned> after) {
        String key = after.or(() -> before).orElseThrow().key();
        if (world.planted == LeadPlanted.CACHE_GOES_BACK) {
            apply(key, after.orElse(null));
            return;
        }
        Versioned known = record(key);
        if (!before.equals(Optional.ofNullable(known))) {
            throw world.fail(process + " was told that " + before + " has changed, and knew " + known);
        }
        long last = newest.getOrDefault(key, 0L);
        if (after.isPresent() && after.get().revision() <= last) {
            throw world.fail("the cache of " + process + " goes back from revision " + last + " to " + after);
        }
        after.ifPresent(record -> newest.put(key, record.revision()));
        apply(key, after.orElse(null));
    }

    private @Nullable Versioned record(String key) {
        Known<?> known = key.startsWith(Domain.TYPE.prefix())
                ? domains.get(Domain.TYPE.name(key))
                : of(Thing.uid(Thing.TYPE.name(key))).get(Thing.TYPE.name(key));
        return known == null ? null : known.record();
    }

    /** From now on the record of a key is known so. */
    void apply(String key, @Nullable Versioned record) {
        if (key.startsWith(Domain.TYPE.prefix())) {
            String uid = Domain.TYPE.name(key);
            set(domains, uid, record == null ? null : known(record, Domain.TYPE.decode(record)));
            marks.forEach(mark -> mark.accept(uid));
        } else {
            String name = Thing.TYPE.name(key);
            String uid = Thing.uid(name);
            SortedMap<String, Known<Thing>> ofDomain = things.computeIfAbsent(uid, any -> new TreeMap<>());
            set(ofDomain, name, record == null ? null : known(record, Thing.TYPE.decode(record)));
            if (ofDomain.isEmpty()) {
                things.remove(uid);
            }
            marks.forEach(mark -> mark.accept(uid));
        }
    }

    private static <T> void set(Map<String, Known<T>> map, String name, @Nullable Known<T> known) {
        if (known == null) {
            map.remove(name);
        } else {
            map.put(name, known);
        }
    }

    private <T> Known<T> known(Versioned record, T value) {
        return new Known<>(record, value, world.now());
    }

    // ---- looking

    /** All domains that there is a record of, of themselves or of a thing. */
    Set<String> uids() {
        Set<String> uids = new TreeSet<>(domains.keySet());
        uids.addAll(things.keySet());
        return uids;
    }

    @Nullable
    Known<Domain> domain(String uid) {
        return domains.get(uid);
    }

    /** The things of a domain, by name. */
    SortedMap<String, Known<Thing>> of(String uid) {
        return things.getOrDefault(uid, new TreeMap<>());
    }

    @Nullable
    Known<Thing> thing(String name) {
        return of(Thing.uid(name)).get(name);
    }

    /** All that is known, by key. */
    Map<String, Versioned> records() {
        Map<String, Versioned> all = new TreeMap<>();
        domains.values().forEach(known -> all.put(known.record().key(), known.record()));
        things.values()
                .forEach(each ->
                        each.values().forEach(known -> all.put(known.record().key(), known.record())));
        return all;
    }
}
