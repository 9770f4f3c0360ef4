package dev.steward.instance;

import java.time.Duration;

/** Which deadline a row of the {@link Resolver}'s table sets. The table knows the name, the manager the length. Immutable. */
enum Timer {
    /** None: the deadline stays as it is. */
    KEEP(Duration.ZERO),
    /** How long a launched instance may take to be seen running. */
    START_LIMIT(Duration.ofSeconds(15)),
    /** How long an instance that was told to stop may take to be gone. */
    STOP_LIMIT(Duration.ofSeconds(11)),
    /** The pause after a launch that was never seen running. */
    START_RETRY(Duration.ofSeconds(5)),
    /** The pause after an unexpected exit. */
    RESTART_DELAY(Duration.ofSeconds(3));

    private final Duration reference;

    Timer(Duration reference) {
        this.reference = reference;
    }

    /** Its length in the reference; zero for {@link #KEEP}. */
    Duration reference() {
        return reference;
    }
}
