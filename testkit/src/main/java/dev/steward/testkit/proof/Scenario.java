package dev.steward.testkit.proof;

import dev.steward.loop.ControlLoop;

/**
 * What a {@link Proof} plays: how a process of one's own begins, and what happens in the world around it. A scenario is made anew for each
 * run, with its fakes, and holds what the rules look at.
 *
 * <p>It may hold no static state, and may not read a clock or random numbers other than those of its {@link World}: runs are repeated, and
 * several are played at once.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; each run has its own.
 */
public interface Scenario {
    /**
     * A process begins: makes its loop, out of what the process hands out. Called for each process at the start of a run, and again for each
     * that is started anew after a crash; what the process remembered is gone then, what is outside is not.
     *
     * @return runs until the process is closed or dies; a {@link dev.steward.loop.CompositeLoop} if there are several
     */
    ControlLoop start(ProofProcess process);

    /**
     * What happens in the world in one round, apart from faults: says so with {@link World#after}. Called at the start of each round; a
     * run has one, and one that looks for unbounded growth has several.
     */
    default void round(World world) {}
}
