package dev.steward.benchmarks;

import dev.steward.guard.GuardNode;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateResult;
import dev.steward.loop.Step;
import java.time.Duration;
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
 * How many cycles of nodes a second: each is in a state of one line that is complete and stays so, and every pass is due. The nodes take
 * turns; the clock is put forward by a period before each turn.
 *
 * <p>The peer does the same by hand: it reads the same clock, is due, switches over its state, looks at the same thing, and keeps whether it
 * is where it was asked to be. It cannot be asked for anything from another thread, holds no errors, and shows nobody its state.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class GuardCycles {
    private static final long PERIOD = Duration.ofNanos(62_500_000).toNanos();

    /** What every node looks at. */
    private static final class Shutter {
        private volatile boolean open = true;
    }

    /** Nodes. */
    @State(Scope.Thread)
    public static class Guards {
        /** How many there are. */
        @Param({"1", "10000"})
        public int guards;

        private final SkippingTime time = new SkippingTime();
        private final Shutter shutter = new Shutter();
        private GuardNode[] nodes;
        private int next;

        /** Brings all of them to their state. */
        @Setup
        public void open() {
            GuardSystem system = GuardSystem.named("SHUTTER")
                    .whileIn("CLOSED", here -> StateResult.doneWhen(!shutter.open))
                    .whileIn("OPEN", here -> shutter.open ? StateResult.done() : StateResult.jumpTo("CLOSED"))
                    .edge(GuardSystem.INIT, "OPEN")
                    .edge("CLOSED", "OPEN")
                    .request("OPEN")
                    .nominal("OPEN")
                    .build();
            nodes = new GuardNode[guards];
            for (int i = 0; i < guards; i++) {
                nodes[i] = new GuardNode("NODE_" + i, system, time);
            }
            for (int i = 0; i < 10 * guards; i++) {
                cycle();
            }
            check();
        }

        private Step cycle() {
            if (next == 0) {
                time.skip(PERIOD);
            }
            Step step = nodes[next].manageOnce();
            next = next + 1 == nodes.length ? 0 : next + 1;
            return step;
        }

        /** Checks that they are there. */
        @TearDown
        public void check() {
            for (GuardNode node : nodes) {
                if (!node.view().isIn("OPEN")
                        || !node.view().isDone()
                        || !node.view().ok()) {
                    throw new IllegalStateException(node.view().toString());
                }
            }
        }
    }

    /** The same by hand. */
    @State(Scope.Thread)
    public static class Switches {
        /** How many there are. */
        @Param({"1", "10000"})
        public int guards;

        private final SkippingTime time = new SkippingTime();
        private final Shutter shutter = new Shutter();
        private Switch[] nodes;
        private int next;

        private enum Place {
            INIT,
            CLOSED,
            OPEN
        }

        private final class Switch {
            private Place place = Place.INIT;
            private Place request = Place.OPEN;
            private long last = time.nanos() - PERIOD;
            private boolean done;

            private boolean cycle() {
                long now = time.nanos();
                if (now - last < PERIOD) {
                    return done;
                }
                last = now;
                place = switch (place) {
                    case INIT -> Place.OPEN;
                    case CLOSED, OPEN -> shutter.open ? Place.OPEN : Place.CLOSED;
                };
                done = place == request;
                return done;
            }
        }

        /** Makes them. */
        @Setup
        public void open() {
            nodes = new Switch[guards];
            for (int i = 0; i < guards; i++) {
                nodes[i] = new Switch();
            }
        }

        private boolean cycle() {
            if (next == 0) {
                time.skip(PERIOD);
            }
            boolean done = nodes[next].cycle();
            next = next + 1 == nodes.length ? 0 : next + 1;
            return done;
        }
    }

    /** One cycle of a node. */
    @Benchmark
    public Step cycle(Guards on) {
        return on.cycle();
    }

    /** One cycle by hand. */
    @Benchmark
    public boolean bySwitch(Switches on) {
        return on.cycle();
    }
}
