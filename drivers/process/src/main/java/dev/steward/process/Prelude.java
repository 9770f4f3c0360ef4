package dev.steward.process;

import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What runs under the numbers of a life before its program does: {@code env}, which has yet to undo what children of this JVM ignore,
 * {@code setsid}, and the shell that is to wait for the program. A signal that comes then may be lost, so it is held back for a moment: at
 * most 50 ms, and once for each life that this driver has launched itself. Belongs to the driver's thread.
 */
final class Prelude {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ProcFs procfs;

    Prelude(ProcFs procfs) {
        this.procfs = procfs;
    }

    /**
     * Waits until the programs of all of these are under way, but not for long.
     *
     * @throws java.io.UncheckedIOException if nothing can be seen now
     */
    void await(Collection<Life> lives) {
        long begin = System.nanoTime();
        for (Life life : lives) {
            while (!life.isUnderWay() && !isOver(life) && System.nanoTime() - begin < PATIENCE_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            life.getUnderWay();
        }
    }

    private boolean isOver(Life life) {
        int first = life.leader().identity().pid();
        ProcStat stat = procfs.stat(first);
        if (stat == null || stat.isDead() || life.leader().hasEnded()) {
            return true;
        }
        boolean ledBySetsid = stat.session() == first; // whose exec changes no signal any more
        return ledBySetsid && (!life.isWrapped() || hasChildOfItsOwn(first));
    }

    /** A child of a shell is a copy of it until it has become the program. */
    private boolean hasChildOfItsOwn(int shell) {
        int child = procfs.firstChild(shell);
        byte[] command = child == 0 ? new byte[0] : procfs.commandLine(child);
        return command.length > 0 && !Arrays.equals(command, procfs.commandLine(shell));
    }
}
