package dev.steward.testkit;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;

/** One loop in a simulation: when its next pass is, and how it got there. */
final class LoopRun extends Due implements WakeUp {
    final ControlLoop loop;
    final String name;
    final int number;
    private final Loops loops;

    boolean inPass;
    boolean woken;
    boolean gone;
    long pausedUntil = Long.MIN_VALUE;
    Step last = Step.again();
    private long lastPass = Long.MIN_VALUE;
    private int again;

    LoopRun(Loops loops, ControlLoop loop, int number) {
        this.loops = loops;
        this.loop = loop;
        this.name = loop.name();
        this.number = number;
    }

    @Override
    public void wake() {
        loops.woken(this);
    }

    /** Counts how often in a row the loop asked to run again while time stood still. */
    int countAgain(long now, Step step) {
        again = step.kind() != Step.Kind.AGAIN ? 0 : now == lastPass ? again + 1 : 1;
        lastPass = now;
        return again;
    }

    /** What it waits for. */
    String wish() {
        return isScheduled() ? "due at " + Trace.seconds(at) : inPass ? "in its pass" : last.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
