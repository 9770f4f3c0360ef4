package dev.steward.testkit;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A loop whose pass is a lambda, and that counts. */
final class Probe implements ControlLoop {
    private final String name;
    private final Supplier<Step> pass;
    private WakeUp wakeUp = () -> {};
    private int passes;
    private boolean closed;

    Probe(String name, Supplier<Step> pass) {
        this.name = name;
        this.pass = pass;
    }

    /** Writes its name down at each pass. */
    static Probe writing(String name, List<String> into, Step step) {
        return new Probe(name, () -> {
            into.add(name);
            return step;
        });
    }

    static List<Probe> writing(List<String> into, Step step, String... names) {
        List<Probe> probes = new ArrayList<>();
        for (String name : names) {
            probes.add(writing(name, into, step));
        }
        return probes;
    }

    @Override
    public Step manageOnce() {
        passes++;
        return pass.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp runner) {
        wakeUp = runner;
    }

    @Override
    public void close() {
        closed = true;
    }

    void wake() {
        wakeUp.wake();
    }

    int passes() {
        return passes;
    }

    boolean isClosed() {
        return closed;
    }
}
