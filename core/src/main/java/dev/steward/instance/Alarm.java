package dev.steward.instance;

import dev.steward.kernel.Schedule;
import dev.steward.time.TimeSource;
import java.time.Duration;

/** The one deadline of something that has a slot in the {@link Schedule}. Not safe for use by many threads. */
final class Alarm {
    private final Schedule schedule;
    private final int slot;
    private boolean set;
    private long at;

    Alarm(Schedule schedule, int slot) {
        this.schedule = schedule;
        this.slot = slot;
    }

    /** Due {@code delay} after {@code now}, instead of when it was before. */
    void set(long now, Duration delay) {
        set = true;
        at = now + TimeSource.saturatedNanos(delay);
        schedule.at(slot, at);
    }

    void clear() {
        if (set) {
            set = false;
            schedule.cancel(slot);
        }
    }

    /** Sees to it that there will be a turn when it is due; after a defect, there may not be one. */
    void ensure(long now) {
        if (set && now - at < 0) {
            schedule.at(slot, at);
        }
    }

    boolean isSet() {
        return set;
    }

    boolean isDue(long now) {
        return set && now - at >= 0;
    }

    /** When it is due; of no meaning unless it is set. */
    long at() {
        return at;
    }
}
