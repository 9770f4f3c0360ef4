package dev.steward.notify;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Instant;

/**
 * Something an operator should know, for as long as its cause lasts. Immutable.
 *
 * @param source who says so, such as the name of a node or an instance; not empty
 * @param key which of the source's causes it is about, such as {@code disconnected}; not empty
 * @param text for people
 * @param since when this text was first raised, by the wall clock
 */
public record Notification(String source, String key, String text, Instant since) {
    /** @throws IllegalArgumentException if the source or the key is empty */
    public Notification {
        checkArgument(!source.isEmpty(), "notification %s has no source: %s", key, text);
        checkArgument(!key.isEmpty(), "notification of %s has no key: %s", source, text);
    }
}
