package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A manager of a million nodes (F26): all that it costs grows with the number of nodes, and no more. */
class HugeInputsTest {
    private static final int MANY = 100_000;
    private static final int HUGE = 1_000_000;

    private final VirtualTime time = new VirtualTime();

    /** As cheap as a node can be. */
    private static final class Bead implements NodeChannel {
        private static final NodeView SAFE =
                NodeView.in("SAFE").status(NodeStatus.DONE).version(1).build();
        private static final NodeView ALIGNED =
                NodeView.in("ALIGNED").status(NodeStatus.DONE).version(2).build();

        private final String name;
        private NodeView view = SAFE;
        private Runnable hint = () -> {};

        private Bead(int number) {
            name = "N" + number;
        }

        @Override
        public String node() {
            return name;
        }

        @Override
        public NodeView view() {
            return view;
        }

        @Override
        public void write(NodeWrite write, Consumer<WriteOutcome> done) {
            view = ALIGNED; // there is nothing else to be asked here
            done.accept(WriteOutcome.accepted());
            hint.run();
        }

        @Override
        public Listening listen(Runnable changed) {
            hint = changed;
            return () -> hint = () -> {};
        }
    }

    /** What some nodes have cost. */
    private record Cost(long nanos, long bytes) {}

    @Test
    @Timeout(120)
    void a_million_nodes_cost_ten_times_what_a_tenth_of_them_does() {
        cost(MANY); // warm
        Cost many = cost(MANY);
        Cost huge = cost(HUGE);

        System.out.println("node manager: " + MANY + " nodes in " + many.nanos / 1_000_000 + " ms, " + many.bytes / MANY
                + " bytes each; " + HUGE + " in " + huge.nanos / 1_000_000 + " ms, " + huge.bytes / HUGE
                + " bytes each");
        assertThat((double) huge.bytes / HUGE)
                .as("bytes for each node")
                .isLessThan(1.5 * many.bytes / MANY)
                .isLessThan(2_000);
    }

    /** Makes a manager of so many, connects them, asks all of them for a state, sees them there, and one of them lost. */
    private Cost cost(int size) {
        List<Bead> beads = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            beads.add(new Bead(i));
        }
        long before = used();
        long begun = System.nanoTime();

        NodeManager nodes = new NodeManager("IFO", beads, time);
        nodes.manageOnce();
        nodes.setRequest("ALIGNED");
        assertThat(nodes.hasArrived()).isFalse();
        nodes.manageOnce();
        assertThat(nodes.hasCompleted()).isTrue();
        assertThat(nodes.isInFault()).isFalse();

        Bead last = beads.get(size - 1);
        last.view = last.view.toBuilder().connected(false).version(3).build();
        last.hint.run();
        nodes.manageOnce();
        assertThat(nodes.hasArrived()).isFalse();
        assertThat(nodes.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.node()).isEqualTo(last.name));

        long took = System.nanoTime() - begun;
        Cost cost = new Cost(took, used() - before);
        nodes.close();
        return cost;
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
