package dev.steward.kernel;

import dev.steward.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What time it is in a pass: the monotonic clock is read once, at its beginning, and the wall clock once, if anything has to be stamped.
 * Not safe for use by many threads.
 */
public final class Pass {
    private final TimeSource time;
    private long now;
    private @Nullable Moment moment;

    /** Has not begun. */
    public Pass(TimeSource time) {
        this.time = time;
        this.now = time.nanos();
    }

    /** Begins a pass; answers its reading of the monotonic clock. */
    public long begin() {
        now = time.nanos();
        moment = null;
        return now;
    }

    /** The reading of the monotonic clock that this pass goes by. */
    public long now() {
        return now;
    }

    /** This pass on both clocks. */
    public Moment moment() {
        Moment known = moment;
        if (known == null) {
            known = new Moment(now, time.now());
            moment = known;
        }
        return known;
    }
}
