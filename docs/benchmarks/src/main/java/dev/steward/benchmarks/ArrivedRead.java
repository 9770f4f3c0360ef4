package dev.steward.benchmarks;

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

/**
 * P7: what it costs to ask whether all nodes have arrived, by how many there are. They have, so that a loop that stops at the first that has
 * not goes to the end too.
 *
 * <p>Peers are loops over the values of a map with the views of as many nodes: {@code scan} as a plain loop, {@code allMatch} as a stream.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class ArrivedRead {
    /** A manager whose nodes are all where they were asked to be. */
    @State(Scope.Thread)
    public static class Managed {
        /** How many there are. */
        @Param({"1000", "10000", "100000"})
        public int nodes;

        private NodeFleet fleet;

        /** Brings all of them there, and compares with a scan. */
        @Setup
        public void open() {
            fleet = new NodeFleet(nodes);
            new NodeTable(nodes).requireSame(fleet.manager());
        }
    }

    /** A map of the same. */
    @State(Scope.Thread)
    public static class Table {
        /** How many there are. */
        @Param({"1000", "10000", "100000"})
        public int nodes;

        private NodeTable table;

        /** Fills the map. */
        @Setup
        public void open() {
            table = new NodeTable(nodes);
        }
    }

    /** One question. */
    @Benchmark
    public boolean hasArrived(Managed on) {
        return on.fleet.manager().hasArrived();
    }

    /** Looks at each. */
    @Benchmark
    public boolean scan(Table on) {
        return on.table.scan();
    }

    /** Looks at each, through a stream. */
    @Benchmark
    public boolean allMatch(Table on) {
        return on.table.allMatch();
    }
}
