package dev.steward.testkit.proof;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;

/** The loop of a process, which ends with it, also in the midst of a pass. Not safe for use by many threads. */
final class ProcessLoop implements ControlLoop {
    private final ProofProcess process;
    private final ControlLoop own;

    ProcessLoop(ProofProcess process, ControlLoop own) {
        this.process = process;
        this.own = own;
    }

    ControlLoop own() {
        return own;
    }

    @Override
    public String name() {
        return process.name();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        process.guarded(() -> own.wakeWith(wakeUp));
    }

    @Override
    public Step manageOnce() {
        if (!process.pass()) {
            return Step.finished();
        }
        try {
            return own.manageOnce();
        } catch (Death death) {
            return process.isDead() ? Step.finished() : Step.again();
        }
    }

    @Override
    public void close() {
        process.guarded(own::close);
    }
}
