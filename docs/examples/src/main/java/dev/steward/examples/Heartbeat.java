package dev.steward.examples;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.time.Deadline;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

// region Heartbeat
/** A loop of one's own: it beats at an interval, and is finished after so many beats. */
public final class Heartbeat implements ControlLoop {
    private final TimeSource time;
    private final Duration interval;
    private final int last;
    private final AtomicInteger beats = new AtomicInteger();
    private Deadline next;

    /** Beats {@code last} times, the first time at once. */
    public Heartbeat(TimeSource time, Duration interval, int last) {
        this.time = time;
        this.interval = interval;
        this.last = last;
        this.next = Deadline.after(time.nanos(), Duration.ZERO);
    }

    @Override
    public Step manageOnce() {
        long now = time.nanos(); // once a pass
        if (next.isDue(now)) {
            next = Deadline.after(now, interval);
            beats.incrementAndGet();
        }
        return beats.get() == last ? Step.finished() : Step.after(next.left(now));
    }

    /** How often it has beaten; from any thread. */
    public int beats() {
        return beats.get();
    }

    @Override
    public String name() {
        return "heartbeat";
    }
}
// endregion
