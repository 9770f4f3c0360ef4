package dev.steward.loop;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Instant;

/**
 * Somebody's word that a manager is to keep its hands off a thing for a while. It goes on looking at the thing, and says what it would do.
 * A thing may be held by several; it is free when the last hold is over. Immutable.
 *
 * @param holder who holds it: a person, a job, a maintenance window; not empty
 * @param reason why, for whoever asks what is going on
 * @param until when the hold ends by itself, on the wall clock as it was when the hold began
 */
public record Hold(String holder, String reason, Instant until) {
    /** @throws IllegalArgumentException if the holder is empty */
    public Hold {
        checkArgument(!holder.isEmpty(), "a hold has no holder: '%s'", holder);
        checkNotNull(reason, "reason");
        checkNotNull(until, "until");
    }

    /** {@code held by ann until 2031-05-01T10:00:00Z: new disks}. */
    @Override
    public String toString() {
        return "held by " + holder + " until " + until + (reason.isEmpty() ? "" : ": " + reason);
    }
}
