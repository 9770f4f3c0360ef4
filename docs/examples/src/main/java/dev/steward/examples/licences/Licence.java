package dev.steward.examples.licences;

import java.time.Duration;
import java.time.Instant;

/**
 * What the licence server says of a product.
 *
 * @param order under which it is leased; empty if it is not
 * @param until when the lease ends
 */
public record Licence(String order, Instant until) {
    /** No lease. */
    public static final Licence NONE = new Licence("", Instant.EPOCH);

    /** Whether it is leased for longer than that. */
    public boolean lasts(Instant now, Duration longer) {
        return until.isAfter(now.plus(longer));
    }
}
