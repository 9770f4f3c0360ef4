package dev.steward.instance;

import dev.steward.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What time it is in a pass: the monotonic clock is read once, at its beginning, and the wall clock once, if anything has to be stamped.
 * Not safe for use by many threads.
 */
final class Pass {
    private final TimeSource time;
    private long now;
    private @Nullable Moment moment;

    Pass(TimeSource time) {
        this.time = time;
        this.now = time.nanos();
    }

    /** Begins a pass; answers its reading of the monotonic clock. */
    long begin() {
        now = time.nanos();
        moment = null;
        return now;
    }

    long now() {
        return now;
    }

    /** This pass on both clocks. */
    Moment moment() {
        Moment known = moment;
        if (known == null) {
            known = new Moment(now, time.now());
            moment = known;
        }
        return known;
    }
}
