package dev.steward.event;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A place on one feed, between two events. Opaque to whoever holds it: take it from {@link StateFeed#position()} <em>before</em> you
 * act, and subscribe from it afterwards, so that nothing falls between the two. Immutable.
 *
 * @param feed the incarnation of the feed; a position on another one is a gap, never a guess
 * @param sequence the number of the last event before the place; 0 for the very beginning
 */
public record Position(String feed, long sequence) {
    /** @throws IllegalArgumentException if the sequence is negative */
    public Position {
        checkArgument(sequence >= 0, "negative sequence: %s", sequence);
    }
}
