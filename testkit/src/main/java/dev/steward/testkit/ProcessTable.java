package dev.steward.testkit;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of a {@link FakeHost}: forks, ends, signals, zombies, and the lives that they make up. Not safe for use by many threads. */
final class ProcessTable {
    private final Simulation simulation;
    private final Pids pids;
    private final Outputs outputs;
    private final Consumer<FakeLife> changed;
    private final List<FakeLife> lives = new ArrayList<>();
    private final Map<Incarnation, FakeLife> byLife = new HashMap<>();
    private final List<FakeLife> alive = new ArrayList<>();

    /** @param changed is told of each life in which something has ended */
    ProcessTable(Simulation simulation, int pids, Outputs outputs, Consumer<FakeLife> changed) {
        this.simulation = simulation;
        this.pids = new Pids(pids);
        this.outputs = outputs;
        this.changed = changed;
    }

    /** Every life that there has ever been, the oldest first. */
    List<FakeLife> lives() {
        return lives;
    }

    /** Those that have a process; zombies do not count. */
    List<FakeLife> alive() {
        return alive;
    }

    @Nullable
    FakeLife find(Incarnation life) {
        return byLife.get(life);
    }

    int freePids() {
        return pids.free();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (FakeLife life : lives) {
            for (FakeProcess process : life.members) {
                if (process.lives() || process.isZombie()) {
                    String role = process.isZombie() ? ", zombie" : process == life.leader ? "" : ", child";
                    lines.add(process.pid + " " + life.name() + role);
                }
            }
        }
        return lines;
    }

    /** Begins a life, or answers nothing if there are no pids left. */
    Optional<FakeLife> start(String name, Incarnation id, FakeProgram program, FakeInstanceDriver parent) {
        FakeProcess leader = fork(program.ignored);
        if (leader == null) {
            return Optional.empty();
        }
        FakeLife life = new FakeLife(name, parent.owner(), id, program, leader);
        life.parent = parent;
        life.errorsFrom = outputs.written(parent.owner(), name, Output.STDERR);
        outputs.write(life, Output.STDOUT, program.greeting);
        forkChildren(life);
        byLife.put(id, life);
        lives.add(life);
        alive.add(life);
        if (program.exitsAfter != null) {
            endLater(life, leader, program.exitsAfter, ExitStatus.of(program.exitCode));
        }
        return Optional.of(life);
    }

    private void forkChildren(FakeLife life) {
        FakeProcess child = life.program.leavesChild ? fork(life.program.ignoredByChild) : null;
        if (child != null) {
            life.members.add(child);
        }
        FakeProcess zombie = life.program.leavesZombie ? fork(Set.of()) : null;
        if (zombie != null) {
            zombie.end();
            life.members.add(zombie);
        }
    }

    private @Nullable FakeProcess fork(Set<Signal> ignored) {
        int pid = pids.take();
        return pid == Pids.NONE ? null : new FakeProcess(pid, simulation.elapsedNanos(), ignored);
    }

    /** Sends a signal to all that is left of a life. */
    void signal(FakeLife life, Signal signal) {
        signal(life, signal, Duration.ZERO);
    }

    /** Tells a life to terminate, and kills what does not do so within {@code grace}; all of that at once, as if it had passed. */
    void stop(FakeLife life, Duration grace) {
        signal(life, Signal.TERM, grace);
        if (life.isAlive()) {
            signal(life, Signal.KILL, Duration.ZERO);
        }
    }

    /** @param skipped what takes no longer than this is done at once */
    private void signal(FakeLife life, Signal signal, Duration skipped) {
        for (FakeProcess process : life.members) {
            if (process.lives() && !process.ignored.contains(signal)) {
                heed(life, process, signal, skipped);
            }
        }
        settle(life);
    }

    private void heed(FakeLife life, FakeProcess process, Signal signal, Duration skipped) {
        FakeProgram program = life.program;
        boolean own = process == life.leader && signal != Signal.KILL;
        ExitStatus how = own && program.stopsWith != null ? program.stopsWith : ExitStatus.of(128 + number(signal));
        if (own && !process.isStopping()) {
            outputs.write(life, Output.STDOUT, program.farewell);
        }
        if (!own || program.stopsIn.compareTo(skipped) <= 0) {
            end(life, process, how);
        } else if (!process.isStopping()) {
            endLater(life, process, program.stopsIn, how);
            process.stopping();
        }
    }

    private void endLater(FakeLife life, FakeProcess process, Duration delay, ExitStatus how) {
        process.endsWith(simulation.after(delay, life.name() + " ends", () -> {
            end(life, process, how);
            settle(life);
        }));
    }

    /** A process ends; {@link #settle} must follow. */
    void end(FakeLife life, FakeProcess process, ExitStatus how) {
        process.end();
        if (process != life.leader) {
            reap(process);
            return;
        }
        life.hasExited(how, simulation.elapsed());
        outputs.write(life, Output.STDERR, life.program.complaint);
        if (life.parent == null) {
            reap(process);
        }
        for (FakeProcess member : life.members) {
            if (member != process && member.isZombie()) {
                reap(member);
            } else if (member.lives() && life.program.childEndsAfter != null) {
                endLater(life, member, life.program.childEndsAfter, ExitStatus.of(0));
            }
        }
    }

    /** Takes stock of a life in which something has ended. */
    void settle(FakeLife life) {
        if (life.isAlive() && life.oldest().isEmpty()) {
            life.isGone(simulation.elapsed());
            alive.remove(life);
        }
        changed.accept(life);
    }

    /** Takes notice of the end of a process, which frees its pid. */
    void reap(FakeProcess process) {
        if (process.reap()) {
            pids.free(process.pid);
        }
    }

    private static int number(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case KILL -> 9;
            case USR1 -> 10;
            case USR2 -> 12;
            case TERM -> 15;
        };
    }
}
