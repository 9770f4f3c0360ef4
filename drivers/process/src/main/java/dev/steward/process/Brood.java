package dev.steward.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills whatever a program has left or is still doing: what is in its session, which nobody else's can be mistaken for in the moment of its
 * end, and what carries its mark. Not safe for use by many threads.
 */
final class Brood {
    private static final Logger log = LoggerFactory.getLogger(Brood.class);
    private static final int KERNEL_THREADS = 2;
    private static final int NOBODY = -1;
    private static final int MOST_ROUNDS = 30;
    private static final int MOST_UNCLEAR = 3;
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final ProcFs procfs;
    private final Tools tools;

    Brood(ProcFs procfs, Tools tools) {
        this.procfs = procfs;
        this.tools = tools;
    }

    /** What was seen at one look. */
    private static final class Seen {
        private final List<ProcStat> ours = new ArrayList<>();
        private boolean unclear;
    }

    /** When a process started, in ticks; 0 if that cannot be told any more. */
    long started(int pid) {
        ProcStat stat = procfs.stat(pid);
        return stat == null ? 0 : stat.startTicks();
    }

    /**
     * Leaves nothing alive of a program, whether the thread is interrupted or not.
     *
     * @param leader its first process, which has led its session or was about to
     * @param since when that one started, in ticks
     * @param mark the variables that all of it inherits
     */
    void kill(Process leader, long since, Marks mark) {
        kill((int) leader.pid(), leader::isAlive, since, mark);
    }

    private void kill(int leader, BooleanSupplier alive, long since, Marks mark) {
        boolean interrupted = false;
        try {
            boolean over = false;
            for (int round = 0; !over && round < MOST_ROUNDS; round++) {
                interrupted |= Thread.interrupted(); // it would cut the tool short
                over = killOnce(leader, alive, since, mark, round);
            }
            if (!over) {
                log.atWarn().log("process {} of a probe has left something that cannot be killed", leader);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same where only the mark is known. */
    void kill(Marks mark) {
        kill(NOBODY, () -> false, 0, mark);
    }

    /** Answers whether nothing was there any more. */
    private boolean killOnce(int pid, BooleanSupplier alive, long since, Marks mark, int round) {
        Seen seen = look(pid, since, mark);
        if (seen.ours.isEmpty() && (!seen.unclear || round >= MOST_UNCLEAR)) {
            return true;
        }
        kill(pid, alive.getAsBoolean(), seen.ours);
        LockSupport.parkNanos(Math.min(FIRST_PAUSE << Math.min(round, 10), LONGEST_PAUSE));
        return false;
    }

    private Seen look(int leader, long since, Marks mark) {
        var seen = new Seen();
        for (int pid : procfs.pids()) {
            ProcStat stat = procfs.stat(pid);
            if (stat == null) {
                seen.unclear = true; // gone since the list was made, and may have started another just before
            } else if (!stat.isDead() && stat.startTicks() >= since && stat.parent() != KERNEL_THREADS) {
                sort(stat, leader, mark, seen);
            }
        }
        return seen;
    }

    private void sort(ProcStat stat, int leader, Marks mark, Seen seen) {
        if (stat.session() == leader) {
            seen.ours.add(stat);
            return;
        }
        byte[] environment = procfs.environment(stat.pid());
        if (environment == null) {
            return; // another's, or gone
        }
        if (mark.equals(Marks.in(environment))) {
            seen.ours.add(stat);
        } else if (environment.length == 0 && !procfs.hasCommandLine(stat.pid())) {
            seen.unclear = true; // in the middle of an exec
        }
    }

    private void kill(int leader, boolean alive, List<ProcStat> ours) {
        Set<Integer> targets = new LinkedHashSet<>();
        for (ProcStat stat : ours) {
            boolean inGroup = stat.group() == leader && (alive || stat.session() == leader);
            targets.add(inGroup ? -leader : stat.pid());
        }
        try {
            if (!targets.isEmpty()) {
                tools.kill("KILL", List.copyOf(targets));
            }
        } catch (IOException | OutOfMemoryError exhausted) {
            log.atWarn().log("kill cannot be started: {}", exhausted.toString());
            for (ProcStat stat : ours) {
                ProcessHandle handle = ProcessHandle.of(stat.pid()).orElse(null);
                ProcStat now = handle == null ? null : procfs.stat(stat.pid());
                if (handle != null && now != null && now.startTicks() == stat.startTicks()) {
                    handle.destroyForcibly();
                }
            }
        } catch (UncheckedIOException blind) {
            log.atWarn().log("cannot see what a probe has left: {}", blind.getMessage());
        }
    }
}
