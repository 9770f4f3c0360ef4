package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Instant;

/**
 * What became of the last attempt to load the configuration. Immutable.
 *
 * @param ok whether it could be loaded; if not, the instances are those of the last one that could
 * @param at when that was, by the wall clock
 * @param message its warnings, or why it could not be loaded; may be empty
 */
public record ConfigStatus(boolean ok, Instant at, String message) {
    /** None is null. */
    public ConfigStatus {
        checkNotNull(at, "at");
        checkNotNull(message, "message");
    }
}
