package dev.steward.testkit.contract;

import dev.steward.time.TimeSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A clock that lets something happen while it is read: the way into the middle of a pass. Not safe for use by many threads. */
final class WatchedTime implements TimeSource {
    private final TimeSource time;
    private @Nullable Runnable ambush;

    WatchedTime(TimeSource time) {
        this.time = time;
    }

    /** Runs {@code pass}, and {@code ambush} the first time that it reads the clock; answers whether it did. */
    boolean duringNextReading(Runnable pass, Runnable action) {
        ambush = action;
        try {
            pass.run();
            return ambush == null;
        } finally {
            ambush = null;
        }
    }

    private void spring() {
        Runnable action = ambush;
        if (action != null) {
            ambush = null;
            action.run();
        }
    }

    @Override
    public Instant now() {
        spring();
        return time.now();
    }

    @Override
    public long nanos() {
        spring();
        return time.nanos();
    }

    @Override
    public void requireRealTime(String who) {
        time.requireRealTime(who);
    }
}
