package dev.steward.notify;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How long the message log keeps what. Immutable.
 *
 * @param age a message younger than this is kept, if {@code atMost} allows; zero or more
 * @param atLeast so many of the latest messages are kept whatever their age; zero or more
 * @param atMost so many are kept at most, however young the others are; 1 or more
 */
public record MessageRetention(Duration age, int atLeast, int atMost) {
    /** @throws IllegalArgumentException if the age is negative or the counts are not in order */
    public MessageRetention {
        checkArgument(!age.isNegative(), "age is negative: %s", age);
        checkArgument(atLeast >= 0, "atLeast is negative: %s", atLeast);
        checkArgument(atMost >= Math.max(1, atLeast), "atMost %s is below %s", atMost, Math.max(1, atLeast));
    }

    /** One hour, 5 to 10,000 messages: what the OCS keeps of a session. */
    public static MessageRetention defaults() {
        return new MessageRetention(Duration.ofHours(1), 5, 10_000);
    }
}
