package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.store.RecordCache;
import dev.steward.store.RecordKeys;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link HostManager} keeps what is to outlive it: the targets that were asked for, the ends that count, what was given up, and
 * when somebody reset that.
 *
 * <p>Several hosts may share a store, each under its own name. <b>The trap:</b> of one name there is one manager at a time. Two of them would
 * each write over what the other keeps, and delete what only the other has configured.
 *
 * <p>The cache belongs to the loop of the manager, or to the {@link dev.steward.loop.CompositeLoop} that the manager is part of, and it has to
 * follow {@link #prefix}. The manager closes neither it nor its store.
 *
 * <p>Immutable, but for the cache.
 */
public final class HostMemory {
    private static final HostMemory NONE = new HostMemory(null, "", Duration.ZERO);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable RecordCache cache;
    private final String prefix;
    private final Duration patience;

    private HostMemory(@Nullable RecordCache cache, String prefix, Duration patience) {
        this.cache = cache;
        this.prefix = prefix;
        this.patience = patience;
    }

    /** Nothing outlives the manager: a new one begins with what is configured. */
    public static HostMemory none() {
        return NONE;
    }

    /**
     * In a store, with 5 s of {@linkplain #withPatience patience}.
     *
     * @param cache follows the prefix of the host
     * @param host names the host in the store; not empty
     * @throws IllegalArgumentException if the name is none, or its prefix is not followed
     */
    public static HostMemory of(RecordCache cache, String host) {
        String prefix = prefix(host);
        checkArgument(checkNotNull(cache, "cache").follows(prefix), "%s is not followed by the cache", prefix);
        return new HostMemory(cache, prefix, PATIENCE);
    }

    /** What the keys of a host's records begin with: {@code host/NAME/}; for the cache. */
    public static String prefix(String host) {
        return "host/" + RecordKeys.segment(host) + "/";
    }

    /**
     * The same with another time for which a new manager waits for what was kept, before it begins with what is configured.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public HostMemory withPatience(Duration other) {
        checkArgument(!other.isNegative(), "patience is negative: %s", other);
        return new HostMemory(cache, prefix, other);
    }

    /** Whether anything is kept. */
    public boolean isKept() {
        return cache != null;
    }

    RecordCache cache() {
        RecordCache known = cache;
        checkState(known != null, "nothing is kept");
        return checkNotNull(known);
    }

    String prefix() {
        return prefix;
    }

    /** How long a new manager waits for what was kept. */
    public Duration patience() {
        return patience;
    }
}
