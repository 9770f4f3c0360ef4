package dev.steward.testkit;

import dev.steward.node.NodeChannel.Listening;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Hints to the listeners of a {@link FakeNode}: at once, or seldom, or with the faults that are planned. Safe for use by many threads
 * without a simulation.
 */
final class FakeNodeBell {
    private final @Nullable Simulation simulation;
    private final String node;
    private final List<Tie> ties = new CopyOnWriteArrayList<>();
    private Duration every = Duration.ZERO;
    private Duration lag = FakeNode.LAG;
    private long next = Long.MIN_VALUE;
    private boolean pending;

    /** One listener; two ties of the same one are two. */
    private static final class Tie {
        private final Runnable listener;

        Tie(Runnable listener) {
            this.listener = listener;
        }
    }

    FakeNodeBell(String node, @Nullable Simulation simulation) {
        this.node = node;
        this.simulation = simulation;
    }

    Listening add(Runnable listener) {
        Tie tie = new Tie(listener);
        ties.add(tie);
        return () -> ties.remove(tie);
    }

    int listeners() {
        return ties.size();
    }

    void every(Duration length) {
        every = length;
    }

    void lag(Duration longest) {
        lag = longest;
    }

    /** Something has changed. */
    void ring() {
        Simulation world = simulation;
        if (world == null) {
            tell();
            return;
        }
        FaultPlan faults = world.faults();
        boolean lost = faults.decide("node.hint.lost");
        boolean late = faults.decide("node.hint.late");
        boolean twice = faults.decide("node.hint.twice");
        if (lost) {
            return;
        }
        if (twice) {
            world.after(FakeNode.someLag(world, lag), node + " hints again", this::tell);
        }
        if (late) {
            world.after(FakeNode.someLag(world, lag), node + " hints late", this::tell);
        } else if (every.isZero()) {
            tell();
        } else {
            seldom(world);
        }
    }

    private void seldom(Simulation world) {
        long now = world.elapsedNanos();
        if (pending) {
            return;
        }
        if (next <= now) {
            next = now + every.toNanos();
            tell();
        } else {
            pending = true;
            world.after(Duration.ofNanos(next - now), node + " hints", () -> {
                pending = false;
                next = world.elapsedNanos() + every.toNanos();
                tell();
            });
        }
    }

    /** Tells all, also behind one that throws; what the first has thrown is thrown at the end. */
    private void tell() {
        RuntimeException first = null;
        for (Tie tie : ties) {
            try {
                tie.listener.run();
            } catch (RuntimeException thrown) {
                first = first == null ? thrown : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
