package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * One page of what has changed. Immutable.
 *
 * @param changes in the order of revisions, each key at most once
 * @param next where the next page begins
 * @param asOf the revision of the store that the page was read at
 * @param more whether there was more at that revision
 * @param reset whether this is the first page of everything: what the follower knows and no page of this sweep shows is gone
 */
public record Changes(List<Change> changes, Cursor next, long asOf, boolean more, boolean reset)
        implements ChangesAnswer {
    /** @throws IllegalArgumentException if the last page of a sweep leaves off before {@code asOf} */
    public Changes {
        changes = List.copyOf(changes);
        checkArgument(more || next.after() >= asOf, "the last page as of %s leaves off at %s", asOf, next);
    }
}
