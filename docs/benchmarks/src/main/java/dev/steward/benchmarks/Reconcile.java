package dev.steward.benchmarks;

import dev.steward.loop.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P10: what a pass of a host manager costs, by how many instances it has.
 *
 * <p>{@code idle} has nothing due. {@code resolveAll} is a forced pass: every instance goes through the table. {@code crashed} is one per
 * cent of the instances dying and coming back, which are three passes and three events for each of them; launching costs nothing.
 *
 * <p>Peers are loops as they are usually written, over a table of as many entries: {@code scan} compares what is wanted with what was last
 * seen, {@code naiveProcess} asks a {@link Process} (which knows without asking the kernel), {@code naiveHandle} a {@link ProcessHandle}
 * (which does ask). Their processes are eight real children, as ten thousand do not fit the machine.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class Reconcile {
    /** A manager whose instances are all up. */
    @State(Scope.Thread)
    public static class Managed {
        /** How many there are. */
        @Param({"100", "1000", "10000"})
        public int instances;

        private Fleet fleet;

        /** Brings all of them up. */
        @Setup
        public void open() {
            fleet = new Fleet(instances);
        }

        /** Checks that they are. */
        @TearDown
        public void check() {
            fleet.check();
        }
    }

    /** A table, and what to ask. */
    @State(Scope.Thread)
    public static class Table {
        private static final int CHILDREN = 8;

        /** How many entries it has. */
        @Param({"100", "1000", "10000"})
        public int instances;

        private final List<Process> children = new ArrayList<>();
        private Entry[] entries;

        private static final class Entry {
            private final Process process;
            private final ProcessHandle handle;
            private boolean wanted = true;
            private boolean seen = true;

            private Entry(Process process) {
                this.process = process;
                this.handle = process.toHandle();
            }
        }

        /** Starts the children. */
        @Setup
        public void open() throws IOException {
            for (int i = 0; i < CHILDREN; i++) {
                children.add(new ProcessBuilder("sleep", "1000").start());
            }
            entries = new Entry[instances];
            for (int i = 0; i < instances; i++) {
                entries[i] = new Entry(children.get(i % CHILDREN));
            }
        }

        /** Ends them. */
        @TearDown
        public void close() {
            children.forEach(Process::destroyForcibly);
        }
    }

    /** Nothing is due. */
    @Benchmark
    public Step idle(Managed on) {
        return on.fleet.pass(false);
    }

    /** All go through the table. */
    @Benchmark
    public Step resolveAll(Managed on) {
        return on.fleet.pass(true);
    }

    /** One per cent die and come back. */
    @Benchmark
    public int crashed(Managed on) {
        return on.fleet.crashAndRecover(on.instances / 100);
    }

    /** Compares two fields of each. */
    @Benchmark
    public int scan(Table on) {
        int toDo = 0;
        for (Table.Entry entry : on.entries) {
            toDo += entry.wanted == entry.seen ? 0 : 1;
        }
        return toDo;
    }

    /** Asks each process. */
    @Benchmark
    public int naiveProcess(Table on) {
        int toDo = 0;
        for (Table.Entry entry : on.entries) {
            entry.seen = entry.process.isAlive();
            toDo += entry.wanted == entry.seen ? 0 : 1;
        }
        return toDo;
    }

    /** Asks the kernel about each process. */
    @Benchmark
    public int naiveHandle(Table on) {
        int toDo = 0;
        for (Table.Entry entry : on.entries) {
            entry.seen = entry.handle.isAlive();
            toDo += entry.wanted == entry.seen ? 0 : 1;
        }
        return toDo;
    }
}
