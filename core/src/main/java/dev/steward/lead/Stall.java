package dev.steward.lead;

import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import java.time.Duration;

/** Notices that what has begun does not come to its end. Not safe for use by many threads. */
final class Stall {
    /** How long anything may take before it counts as one. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final TimeSource time;
    private boolean busy;
    private long since;

    Stall(TimeSource time) {
        this.time = time;
        since = time.nanos();
    }

    /** Something begins, unless it has begun already. */
    void begin() {
        if (!busy) {
            busy = true;
            since = time.nanos();
        }
    }

    /** It has come to its end. */
    void end() {
        busy = false;
    }

    /** Whether it has taken too long. */
    boolean isOver() {
        return busy && left() == 0;
    }

    /** When it will have. */
    Step next() {
        return busy ? Step.afterNanos(left()) : Step.parked();
    }

    private long left() {
        return Math.max(since + LIMIT.toNanos() - time.nanos(), 0);
    }
}
