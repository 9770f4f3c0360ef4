package dev.steward.testkit;

import dev.steward.instance.Signal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of a process table. Not safe for use by many threads. */
final class FakeProcess {
    final int pid;
    final long startedNanos;
    final Set<Signal> ignored;
    private @Nullable Happening end;
    private boolean stopping;
    private boolean ended;
    private boolean reaped;

    FakeProcess(int pid, long startedNanos, Set<Signal> ignored) {
        this.pid = pid;
        this.startedNanos = startedNanos;
        this.ignored = ignored;
    }

    boolean lives() {
        return !ended;
    }

    /** Whether it has heeded a signal and takes its time. */
    boolean isStopping() {
        return stopping;
    }

    void stopping() {
        stopping = true;
    }

    boolean isZombie() {
        return ended && !reaped;
    }

    void end() {
        cancelEnd();
        ended = true;
    }

    /** Frees the pid; answers whether this was still to be done. */
    boolean reap() {
        boolean first = ended && !reaped;
        reaped |= ended;
        return first;
    }

    /** Its end is coming, whatever was planned before. */
    void endsWith(Happening happening) {
        cancelEnd();
        end = happening;
    }

    void cancelEnd() {
        if (end != null) {
            end.cancel();
            end = null;
        }
    }
}
