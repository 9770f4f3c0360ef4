package dev.steward.benchmarks;

import dev.steward.node.NodeView;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * P8: how many events a manager takes, each one a random node that is somewhere else, by how many nodes there are.
 *
 * <p>An event begins when a channel has a new view and ends with the answer to whether all have arrived. Making the view is the channel's
 * work and part of nothing here: views are made beforehand. Storing it is part of ours and of every peer; the hint to the manager, its pass
 * and its question are part of ours. {@code eachAlone} has a pass for each event, {@code byHundred} one pass and one question for a hundred
 * events, as where a host calls its loop 16 times a second; both are counted by the event.
 *
 * <p>Peers: {@code scan} looks at all nodes after each event, {@code scanByHundred} after a hundred. {@code bareCounter} is the least that
 * can be done: it compares the new view with what is remembered of the node, and keeps one count. It knows nothing else about a node; the
 * manager keeps completed, done, stalled, managed, alive and not OK nodes, those in fault, and the texts of what is wrong with them.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class ArrivedUpdate {
    private static final int HUNDRED = 100;

    /** Events, and a manager. */
    @State(Scope.Thread)
    public static class Managed {
        private static final int CHECKED = 200_000;

        /** How many nodes there are. */
        @Param({"10000", "100000"})
        public int nodes;

        private NodeEvents events;
        private NodeFleet fleet;
        private NodeTable table;

        /** Has the manager take the first events, and compares it with a scan on the way. */
        @Setup
        public void open() {
            events = new NodeEvents(nodes);
            fleet = new NodeFleet(nodes);
            table = new NodeTable(nodes);
            for (int i = 1; i <= CHECKED; i++) {
                fleet.show(events.node(), events.view());
                table.show(events.node(), events.view());
                events.advance();
                if (i % (CHECKED / 50) == 0) {
                    fleet.look();
                    table.requireSame(fleet.manager());
                }
            }
        }

        /** Brings all where they were asked to be, and compares once more. */
        @TearDown
        public void check() {
            table = new NodeTable(nodes);
            for (int i = 0; i < nodes; i++) {
                fleet.show(i, NodeEvents.in(NodeEvents.GOAL));
            }
            fleet.look();
            table.requireSame(fleet.manager());
        }
    }

    /** Events, and a map. */
    @State(Scope.Thread)
    public static class Table {
        /** How many nodes there are. */
        @Param({"10000", "100000"})
        public int nodes;

        private NodeEvents events;
        private NodeTable table;

        /** Fills the map. */
        @Setup
        public void open() {
            events = new NodeEvents(nodes);
            table = new NodeTable(nodes);
        }
    }

    /** Events, and a count. */
    @State(Scope.Thread)
    public static class Counter {
        /** How many nodes there are. */
        @Param({"10000", "100000"})
        public int nodes;

        private NodeEvents events;
        private String[] requests;
        private NodeView[] views;
        private boolean[] arrived;
        private int count;

        /** Begins with all where they were asked to be. */
        @Setup
        public void open() {
            events = new NodeEvents(nodes);
            requests = new String[nodes];
            Arrays.fill(requests, NodeEvents.GOAL);
            views = new NodeView[nodes];
            arrived = new boolean[nodes];
            Arrays.fill(arrived, true);
            count = nodes;
        }

        private boolean take(int node, NodeView view) {
            views[node] = view;
            boolean there = view.isIn(requests[node]);
            if (there != arrived[node]) {
                arrived[node] = there;
                count += there ? 1 : -1;
            }
            return count == nodes;
        }
    }

    /** One event, one pass. */
    @Benchmark
    public boolean eachAlone(Managed on) {
        on.fleet.show(on.events.node(), on.events.view());
        on.events.advance();
        return on.fleet.look();
    }

    /** A hundred events, one pass. */
    @Benchmark
    @OperationsPerInvocation(HUNDRED)
    public boolean byHundred(Managed on) {
        for (int i = 0; i < HUNDRED; i++) {
            on.fleet.show(on.events.node(), on.events.view());
            on.events.advance();
        }
        return on.fleet.look();
    }

    /** One event, one look at all. */
    @Benchmark
    public boolean scan(Table on) {
        on.table.show(on.events.node(), on.events.view());
        on.events.advance();
        return on.table.scan();
    }

    /** A hundred events, one look at all. */
    @Benchmark
    @OperationsPerInvocation(HUNDRED)
    public boolean scanByHundred(Table on) {
        for (int i = 0; i < HUNDRED; i++) {
            on.table.show(on.events.node(), on.events.view());
            on.events.advance();
        }
        return on.table.scan();
    }

    /** One event, one comparison. */
    @Benchmark
    public boolean bareCounter(Counter on) {
        boolean all = on.take(on.events.node(), on.events.view());
        on.events.advance();
        return all;
    }
}
