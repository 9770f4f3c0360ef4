package dev.steward.reconcile;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many damaging actions may begin within a window of time. Not safe for use by many threads. */
final class DamageBudget {
    private final int most;
    private final long window;
    private final Deque<Long> begun = new ArrayDeque<>();

    DamageBudget(int most, Duration window) {
        this.most = most;
        this.window = TimeSource.saturatedNanos(window);
    }

    /** How long until one more may begin; 0 for now. */
    long nanosToNext(long now) {
        while (!begun.isEmpty() && now - begun.getFirst() >= window) {
            begun.removeFirst();
        }
        return begun.size() < most ? 0 : begun.getFirst() + window - now;
    }

    /** One has begun. */
    void spend(long now) {
        if (most < Integer.MAX_VALUE) {
            begun.addLast(now);
        }
    }
}
