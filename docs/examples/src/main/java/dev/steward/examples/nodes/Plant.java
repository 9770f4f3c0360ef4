package dev.steward.examples.nodes;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What hangs in the tower: optics that swing when they are kicked, and come to rest, sooner if they are damped. Stands for the hardware of the
 * example. Safe for use by many threads.
 */
final class Plant {
    private static final double REST = 1;

    private final TimeSource time;
    private final Duration ringDown;
    private final Map<String, Swing> swings = new ConcurrentHashMap<>();

    private record Swing(double size, long sinceNanos, boolean damped) {}

    /** @param ringDown in what time a swing that is not damped shrinks to a third */
    Plant(TimeSource time, Duration ringDown) {
        this.time = time;
        this.ringDown = ringDown;
    }

    /** How far an optic swings, in micrometres. */
    double swing(String optic) {
        Swing swing = swings.get(optic);
        if (swing == null) {
            return REST;
        }
        double passed = (double) (time.nanos() - swing.sinceNanos()) / ringDown.toNanos();
        return REST + swing.size() * Math.exp(swing.damped() ? -5 * passed : -passed);
    }

    /** Somebody has walked by. */
    void kick(String optic, double size) {
        swings.put(optic, new Swing(size, time.nanos(), false));
    }

    /** Switches the damping of an optic. */
    void damp(String optic, boolean on) {
        swings.computeIfPresent(optic, (name, swing) -> new Swing(swing(optic) - REST, time.nanos(), on));
    }
}
