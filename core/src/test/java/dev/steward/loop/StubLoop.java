package dev.steward.loop;

import java.util.function.Supplier;

/** A loop that does what a test tells it to in each pass, and counts. Tests override what is to go wrong. */
class StubLoop implements ControlLoop {
    private final String name;
    private final Supplier<Step> pass;
    volatile WakeUp wakeUp = () -> {};
    volatile int passes;
    volatile int closes;

    StubLoop(String name, Supplier<Step> pass) {
        this.name = name;
        this.pass = pass;
    }

    static StubLoop parked(String name) {
        return new StubLoop(name, Step::parked);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one pass at a time
    public Step manageOnce() {
        passes++;
        return pass.get();
    }

    void wake() {
        wakeUp.wake();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp other) {
        wakeUp = other;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void close() {
        closes++;
    }

    @Override
    public String toString() {
        return name;
    }
}
