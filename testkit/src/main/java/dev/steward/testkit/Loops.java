package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loops of a simulation, and when each gets its next pass. Not safe for use by many threads. */
final class Loops {
    private final Simulation simulation;
    private final Trace trace;
    private final SplitMix order;
    private final Timeline passes = new Timeline();
    private final IdentityHashMap<ControlLoop, LoopRun> loops = new IdentityHashMap<>();
    private int added;

    Loops(Simulation simulation, Trace trace, SplitMix order) {
        this.simulation = simulation;
        this.trace = trace;
        this.order = order;
    }

    void add(ControlLoop loop) {
        checkArgument(!loops.containsKey(loop), "loop '%s' is in this simulation already", loop.name());
        LoopRun run = new LoopRun(this, loop, ++added);
        loops.put(loop, run);
        loop.wakeWith(run);
        schedule(run, simulation.elapsedNanos());
    }

    LoopRun find(ControlLoop loop) {
        LoopRun run = loops.get(loop);
        checkArgument(run != null, "loop '%s' is not in this simulation, or has finished", loop.name());
        return checkNotNull(run);
    }

    boolean contains(ControlLoop loop) {
        return loops.containsKey(loop);
    }

    void drop(LoopRun run, String why) {
        run.gone = true;
        passes.remove(run);
        loops.remove(run.loop);
        trace.write(simulation.elapsedNanos(), run.name, why, why.hashCode());
    }

    void pause(LoopRun run, long until) {
        run.pausedUntil = Math.max(run.pausedUntil, until);
        trace.write(simulation.elapsedNanos(), run.name, "paused", run.pausedUntil);
        if (run.isScheduled()) {
            schedule(run, run.at);
        }
    }

    /** What gets the next pass, or null if only a wake-up brings one. */
    @Nullable
    Due first() {
        return passes.first();
    }

    /** How many loops are neither parked nor finished. */
    int scheduled() {
        return passes.size();
    }

    /** Gives a loop its pass. */
    void pass(LoopRun run) {
        passes.remove(run);
        run.inPass = true;
        run.woken = false;
        Step step = Step.again(); // what a pass that throws leaves behind
        try {
            step = run.loop.manageOnce();
            trace.write(simulation.elapsedNanos(), run.name, step, step.isFinished() ? -1 : step.delayNanos());
        } catch (SimulationException failure) {
            throw failure;
        } catch (RuntimeException error) {
            trace.write(
                    simulation.elapsedNanos(),
                    run.name,
                    error,
                    error.getClass().getName().hashCode());
            throw new SimulationException("loop '" + run.name + "' threw " + error, simulation, run.name, error);
        } finally {
            run.inPass = false;
            passed(run, step);
        }
        if (run.countAgain(simulation.elapsedNanos(), step) >= Simulation.SPIN) {
            throw new SimulationException(
                    "loop '" + run.name + "' spins: it asked to run again " + Simulation.SPIN
                            + " times without time passing",
                    simulation,
                    run.name,
                    null);
        }
    }

    private void passed(LoopRun run, Step step) {
        if (run.gone) {
            return; // killed in its own pass
        }
        run.last = step;
        if (step.isFinished()) {
            run.gone = true;
            loops.remove(run.loop);
        } else if (run.woken) {
            schedule(run, simulation.elapsedNanos());
        } else if (step.kind() != Step.Kind.PARKED) {
            schedule(run, simulation.later(step.delayNanos()));
        }
    }

    private void schedule(LoopRun run, long at) {
        passes.schedule(run, Math.max(at, run.pausedUntil), order.next());
    }

    void woken(LoopRun run) {
        simulation.requireOwnThread(run.name);
        long now = simulation.elapsedNanos();
        if (run.inPass) {
            run.woken = true;
        } else if (!run.gone && (!run.isScheduled() || run.at > now)) {
            schedule(run, now);
        }
    }

    /** What the first loops want, one line each. */
    List<String> wishes(int limit) {
        List<String> lines = new ArrayList<>();
        loops.values().stream()
                .sorted(Comparator.comparingInt(run -> run.number))
                .limit(limit)
                .forEach(run -> lines.add("loop " + run.name + ": " + run.wish()));
        if (loops.size() > limit) {
            lines.add("and " + (loops.size() - limit) + " more loops");
        }
        return lines;
    }
}
