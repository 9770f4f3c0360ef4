package dev.steward.examples;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;

/** A loop that tells when it is finished. */
record Told(ControlLoop loop, Runnable finished) implements ControlLoop {
    @Override
    public Step manageOnce() {
        Step step = loop.manageOnce();
        if (step.isFinished()) {
            finished.run();
        }
        return step;
    }

    @Override
    public String name() {
        return loop.name();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        loop.wakeWith(wakeUp);
    }

    @Override
    public void close() {
        loop.close();
    }
}
