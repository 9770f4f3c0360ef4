package dev.steward.testkit;

import java.time.Duration;

/** Happenings that keep their order: one that is late makes those behind it late. Not safe for use by many threads. */
final class Lane {
    private final Simulation simulation;
    private long last = Long.MIN_VALUE;
    private boolean closed;

    Lane(Simulation simulation) {
        this.simulation = simulation;
    }

    /** @param delay from now, at least */
    void put(Duration delay, String what, Runnable action) {
        last = Math.max(last, simulation.elapsedNanos() + delay.toNanos());
        simulation.after(Duration.ofNanos(last - simulation.elapsedNanos()), what, () -> {
            if (!closed) {
                action.run();
            }
        });
    }

    /** Nothing of it happens any more. */
    void close() {
        closed = true;
    }
}
