package dev.steward.await;

import dev.steward.event.Reason;
import java.util.Set;

/**
 * Which failures count for a wait. Data and no predicate, because it is asked while the feed publishes. Immutable.
 *
 * @param codes the codes of reasons that are listed
 * @param listedCount whether the listed ones count, or all others
 */
record FailureFilter(Set<Enum<?>> codes, boolean listedCount) {
    static final FailureFilter ALL_COUNT = new FailureFilter(Set.of(), false);

    FailureFilter {
        codes = Set.copyOf(codes);
    }

    boolean counts(Reason cause) {
        return codes.contains(cause.code()) == listedCount;
    }
}
