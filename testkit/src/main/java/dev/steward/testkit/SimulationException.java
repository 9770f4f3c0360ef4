package dev.steward.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A simulation found a defect: a loop that spins or throws, a rule that does not hold, something that never came about.
 *
 * <p>The message ends with a report: the seed, what every loop wants, the faults that fired, the last lines of the trace.
 */
public final class SimulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final @Nullable String loop;

    SimulationException(String message, Simulation simulation, @Nullable String loop, @Nullable Throwable cause) {
        super(message + System.lineSeparator() + simulation.report(), cause);
        this.seed = simulation.seed();
        this.loop = loop;
    }

    /** What to make a simulation with that goes the same way. */
    public long seed() {
        return seed;
    }

    /** The loop that did it, if it was a loop. */
    public Optional<String> loop() {
        return Optional.ofNullable(loop);
    }
}
