package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.Shards;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * With whom a {@link ReconcileLoop} shares its things: processes with the same store and the same role, of which one at a time acts.
 * Immutable, but it holds an election that belongs to one loop.
 */
public final class Role {
    private final String name;
    private final String holder;
    private final LeaderElection election;
    private final BiFunction<Set<String>, TimeSource, RecordCache> caches;
    private final boolean ownsCache;
    private final Predicate<String> filter;

    private Role(
            String name,
            String holder,
            LeaderElection election,
            BiFunction<Set<String>, TimeSource, RecordCache> caches,
            boolean ownsCache,
            Predicate<String> filter) {
        this.name = checkNotNull(name, "name");
        this.holder = checkNotNull(holder, "holder");
        this.election = checkNotNull(election, "election");
        this.caches = caches;
        this.ownsCache = ownsCache;
        this.filter = filter;
    }

    /**
     * A role, with a copy of the store for this loop alone.
     *
     * @param name the same in each process
     * @param holder this process, with a nonce of its start
     * @param election advises who tries; closed with the loop
     */
    public static Role of(String name, String holder, LeaderElection election, RecordStore store) {
        checkNotNull(store, "store");
        return new Role(
                name,
                holder,
                election,
                (prefixes, time) -> new RecordCache(store, prefixes, time),
                true,
                thing -> true);
    }

    /**
     * A role, with a copy of the store that other loops of this process use as well.
     *
     * @param cache follows {@code lead/} and the prefixes of the reconciler's records; not closed with the loop
     */
    public static Role of(String name, String holder, LeaderElection election, RecordCache cache) {
        checkNotNull(cache, "cache");
        return new Role(name, holder, election, (prefixes, time) -> cache, false, thing -> true);
    }

    /**
     * The same for one shard of the things: a role of its own, whose name has the shard in it.
     *
     * @param shard from 0
     * @throws IllegalArgumentException if there is no such shard
     */
    public Role withShard(Shards shards, int shard) {
        return new Role(
                shards.role(name, shard), holder, election, caches, ownsCache, thing -> shards.shardOf(thing) == shard);
    }

    String name() {
        return name;
    }

    String holder() {
        return holder;
    }

    LeaderElection election() {
        return election;
    }

    RecordCache cache(Set<String> prefixes, TimeSource time) {
        return caches.apply(prefixes, time);
    }

    boolean ownsCache() {
        return ownsCache;
    }

    /** Whether a thing is of this role. */
    boolean keeps(String thing) {
        return filter.test(thing);
    }
}
