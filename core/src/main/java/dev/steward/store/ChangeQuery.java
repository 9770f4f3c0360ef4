package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Set;

/**
 * What a follower wants of {@link RecordStore#changes}. Immutable.
 *
 * @param prefixes which keys: those that begin with one of these; the empty prefix is all
 * @param cursor from where on; {@link Cursor#START}, or the one of the page before with the same prefixes
 * @param limit how many changes a page should have, at least 1; a page holds whole commits, so it may have up to
 *     {@link Batch#MOST_CHANGES} more
 */
public record ChangeQuery(Set<String> prefixes, Cursor cursor, int limit) {
    /** @throws IllegalArgumentException if there is no prefix, one is none, or the limit is below 1 */
    public ChangeQuery {
        checkArgument(!prefixes.isEmpty(), "no prefix; the empty prefix is all");
        prefixes = Set.copyOf(prefixes);
        prefixes.forEach(RecordKeys::checkPrefix);
        checkArgument(limit >= 1, "limit is below 1: %s", limit);
    }

    /** Whether the follower wants {@code key}. */
    public boolean wants(String key) {
        for (String prefix : prefixes) {
            if (key.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
