package dev.steward.jdbc;

import java.time.Duration;

/**
 * What may be set of a store on a database. Immutable.
 *
 * @param patience how long a call waits for the locks of other processes before it is answered as unavailable; one that has waited in line
 *     for a second more than that is answered so without being begun. Below the three seconds for which a
 *     {@link dev.steward.store.RecordCache} waits for an answer by itself, so that what it is told is certain. At least a millisecond
 * @param look how often the store looks whether another process has committed, while somebody wants hints; at least a millisecond
 * @param waiting how many calls may wait for their turn; one more is answered as busy
 */
public record JdbcOptions(Duration patience, Duration look, int waiting) {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final JdbcOptions DEFAULTS = new JdbcOptions(Duration.ofSeconds(1), Duration.ofMillis(50), 1_024);

    /** @throws IllegalArgumentException if a duration is below a millisecond or above an hour, or {@code waiting} is below 1 */
    public JdbcOptions {
        check("patience", patience);
        check("look", look);
        if (waiting < 1) {
            throw new IllegalArgumentException("waiting is below 1: " + waiting);
        }
    }

    /** A patience of a second, a look every 50 milliseconds, 1,024 calls waiting. */
    public static JdbcOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another patience. */
    public JdbcOptions withPatience(Duration patience) {
        return new JdbcOptions(patience, look, waiting);
    }

    /** The same with another time between looks. */
    public JdbcOptions withLook(Duration look) {
        return new JdbcOptions(patience, look, waiting);
    }

    /** The same with room for so many calls. */
    public JdbcOptions withWaiting(int waiting) {
        return new JdbcOptions(patience, look, waiting);
    }

    private static void check(String name, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is not between a millisecond and an hour: " + duration);
        }
    }
}
