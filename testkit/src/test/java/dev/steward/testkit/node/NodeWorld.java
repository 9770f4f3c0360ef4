package dev.steward.testkit.node;

import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.guard.GuardNode;
import dev.steward.node.NodeWrite;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What the managers of one scenario have in common: 21 suspensions with a node each, behind levers, and the first thing that was found to
 * be wrong. Not safe for use by many threads.
 */
final class NodeWorld {
    static final int SIZE = 21;

    final Simulation simulation;
    final NodeScenarioPlanted planted;
    final NodeScenarioTally tally;
    final List<NodeWorldPlant> plants = new ArrayList<>();
    final List<GuardNode> nodes = new ArrayList<>();
    final List<FakeNode> fakes = new ArrayList<>();

    /** Whether feeds, listeners and hooks misbehave now and then. */
    boolean hostile;

    /** When anybody has written last. */
    Duration lastWrite = Duration.ZERO;

    private final Random random;
    private @Nullable AssertionError violation;

    NodeWorld(Simulation simulation, NodeScenarioPlanted planted, NodeScenarioTally tally) {
        this.simulation = simulation;
        this.planted = planted;
        this.tally = tally;
        this.random = simulation.random();
        Duration period = Duration.ofMillis(500L << below(2));
        for (int i = 0; i < SIZE; i++) {
            NodeWorldPlant plant = new NodeWorldPlant(millis(2_000), tally);
            GuardNode node = new GuardNode(
                    "SUS_" + (char) ('A' + i),
                    plant.system(),
                    simulation.time(),
                    new Feed(oneIn(4)),
                    GuardNode.Options.defaults().withPeriod(period).withRestartOnRequest(oneIn(4)));
            plants.add(plant);
            nodes.add(node);
            fakes.add(new FakeNode(node, simulation));
            simulation.add(node);
        }
    }

    // ---- luck

    boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Duration millis(int most) {
        return Duration.ofMillis(1 + random.nextInt(most));
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    // ---- what was found

    /** Something is wrong: said here, as whoever is called by a node would swallow it. */
    AssertionError fail(String what) {
        AssertionError error = new AssertionError(what + ", after " + simulation.elapsed());
        if (violation == null) {
            violation = error;
        }
        throw error;
    }

    /** Throws what was found to be wrong. */
    void rethrow() {
        if (violation != null) {
            throw violation;
        }
    }

    /** A manager has written. */
    void written(String system, int node, NodeWrite write) {
        tally.writes++;
        lastWrite = simulation.elapsed();
        simulation.note(system + " to " + nodes.get(node).name() + ": " + write.text());
    }

    /** A feed that remembers the last event of each thing, and takes none now and then if it is hostile. */
    final class Feed implements StateFeed {
        private final Map<String, String> last = new HashMap<>();
        private final boolean throwing;

        Feed(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        public StateEvent publish(StateChange change) {
            if (throwing && hostile && oneIn(8)) {
                tally.fault("F24 feed throws");
                throw new IllegalStateException("the feed is full");
            }
            tally.events++;
            last.put(change.kind() + " " + change.name(), change.state());
            return new StateEvent(1, Instant.EPOCH, change);
        }

        /** The last state that was told. */
        @Nullable
        String last(String kindAndName) {
            return last.get(kindAndName);
        }

        @Override
        public Position position() {
            throw new UnsupportedOperationException("nobody reads it");
        }

        @Override
        public Subscription subscribe(Position after, Runnable wakeUp) {
            throw new UnsupportedOperationException("nobody reads it");
        }
    }
}
