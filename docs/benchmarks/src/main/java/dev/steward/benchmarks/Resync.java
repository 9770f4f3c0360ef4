package dev.steward.benchmarks;

import dev.steward.node.NodeView;
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
 * P9: what it costs when all nodes have changed at once, as after a storm of reconnects.
 *
 * <p>{@code resync} looks at all nodes, each of which shows something else than the manager has seen last; it was told of none. In
 * {@code back} the manager is told of each, and its next pass looks at them: a storm that is over before that pass. In {@code lostAndBack} the manager sees the storm: it has a pass while all are lost, which makes each of them a fault that is told, and one
 * when all are back, which ends that.
 *
 * <p>The peer {@code linearPass} looks at all nodes and answers each question that the manager answers about all; {@code linearPasses} does so
 * twice, for {@code lostAndBack}. {@code scan} answers one question. Storing the views, which were made beforehand, is part of all of them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class Resync {
    /** What nodes show before the storm, in it, and afterwards. */
    @State(Scope.Thread)
    public static class Storm {
        /** How many there are. */
        @Param({"10000", "100000"})
        public int nodes;

        private final List<NodeView[]> phases = new ArrayList<>();
        private NodeView[] lost;
        private int turn;

        /** Makes the views. */
        @Setup
        public void open() {
            phases.add(new NodeView[nodes]);
            phases.add(new NodeView[nodes]);
            lost = new NodeView[nodes];
            for (int i = 0; i < nodes; i++) {
                phases.get(0)[i] = NodeEvents.in("DAMPED");
                phases.get(1)[i] = NodeEvents.in(NodeEvents.GOAL);
                lost[i] = NodeEvents.lost();
            }
        }

        private NodeView[] back() {
            turn = 1 - turn;
            return phases.get(turn);
        }
    }

    /** A manager. */
    @State(Scope.Thread)
    public static class Managed {
        private NodeFleet fleet;
        private NodeTable table;

        /** With all nodes where they were asked to be. */
        @Setup
        public void open(Storm storm) {
            fleet = new NodeFleet(storm.nodes);
            table = new NodeTable(storm.nodes);
            compare(storm.lost);
            compare(storm.phases.get(0));
            compare(storm.phases.get(1));
        }

        private void compare(NodeView[] views) {
            take(views);
            for (int i = 0; i < views.length; i++) {
                table.show(i, views[i]);
            }
            table.requireSame(fleet.manager());
        }

        private boolean take(NodeView[] views) {
            for (int i = 0; i < views.length; i++) {
                fleet.show(i, views[i]);
            }
            return fleet.look();
        }

        private boolean resync(NodeView[] views) {
            for (int i = 0; i < views.length; i++) {
                fleet.change(i, views[i]);
            }
            return fleet.resync();
        }

        /** Compares with a scan once more. */
        @TearDown
        public void check(Storm storm) {
            compare(storm.phases.get(0));
            compare(storm.phases.get(1));
        }
    }

    /** A map. */
    @State(Scope.Thread)
    public static class Table {
        private NodeTable table;

        /** Fills it. */
        @Setup
        public void open(Storm storm) {
            table = new NodeTable(storm.nodes);
        }

        private NodeTable show(NodeView[] views) {
            for (int i = 0; i < views.length; i++) {
                table.show(i, views[i]);
            }
            return table;
        }
    }

    /** All have changed, which nobody has told. */
    @Benchmark
    public boolean resync(Storm storm, Managed on) {
        return on.resync(storm.back());
    }

    /** All have changed, and have told. */
    @Benchmark
    public boolean back(Storm storm, Managed on) {
        return on.take(storm.back());
    }

    /** All are seen to be gone, and to be back. */
    @Benchmark
    public boolean lostAndBack(Storm storm, Managed on) {
        on.take(storm.lost);
        return on.take(storm.back());
    }

    /** One look at all, all questions. */
    @Benchmark
    public Object linearPass(Storm storm, Table on) {
        return on.show(storm.back()).judge();
    }

    /** Two looks at all, all questions. */
    @Benchmark
    public int linearPasses(Storm storm, Table on) {
        int faulty = on.show(storm.lost).judge().faulty;
        return faulty + on.show(storm.back()).judge().arrived;
    }

    /** One look at all, one question. */
    @Benchmark
    public boolean scan(Storm storm, Table on) {
        return on.show(storm.back()).scan();
    }
}
