package dev.steward.testkit.proof;

import dev.steward.testkit.Simulation;

/**
 * A simulated day with faults of its own making, and its own checks: what a seed decides. For worlds that {@link Proof#of} cannot make.
 *
 * <p>A day that also {@linkplain HasChronicle has a chronicle} is told with it when it fails.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; each day is played by one.
 */
public interface BadDay {
    /**
     * Plays it, and answers a hash over all that happened, such as {@link Simulation#traceHash}.
     *
     * @throws AssertionError if something was not as it must be; so does any exception
     */
    long play();

    /** What it goes on in. */
    Simulation simulation();
}
