package dev.steward.testkit.node;

import dev.steward.loop.Step;
import dev.steward.node.Management;
import dev.steward.node.Node;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.testkit.FakeNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The end of a bad day: nothing goes wrong any more, and everything must become as the manager wants it. Not safe for use by many threads. */
final class NodeScenarioQuiet {
    /** A write without an answer is given up after 24 s, a look is taken after 10 s, nodes take 20 s to come up from a trip. */
    private static final Duration BOUND = Duration.ofSeconds(90);

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final NodeWorld world;
    private final Duration leftovers;
    private final Duration stable;

    /**
     * @param leftovers how long what was begun before may still come
     * @param stable how long all must stay as it is
     */
    NodeScenarioQuiet(NodeWorld world, Duration leftovers, Duration stable) {
        this.world = world;
        this.leftovers = leftovers;
        this.stable = stable;
    }

    /** @param running answers the manager that runs, and begins one if there is none */
    void play(Supplier<NodeWorldManager> running) {
        world.hostile = false;
        world.simulation.faults().quiet();
        world.plants.forEach(plant -> {
            plant.kicked = false;
            plant.defects = 0;
        });
        world.fakes.forEach(FakeNode::heal);
        world.fakes.forEach(node -> node.operatorSets(NodeOp.EXEC));
        NodeWorldManager manager = running.get();
        manager.dieAfter(0);
        manager.policy().calm(NodeWorldPlant.ALIGNED);
        Duration since = world.simulation.elapsed();
        runUntilWell(manager, since);
        world.tally.settled(world.simulation.elapsed().minus(since));
        world.simulation.run(leftovers);
        runUntilWell(manager, world.simulation.elapsed());

        long writes = world.tally.writes;
        List<Long> versions = versions();
        manager.policy().rest();
        world.simulation.run(stable);
        world.rethrow();
        require(world.tally.writes == writes, "I2: something was written after all was well");
        require(versions().equals(versions), "I2: something has moved after all was well");
        require(isWell(manager), "I2: it does not stay well: " + manager.nodes.report());
        assertNothingLeft(manager);
        end(manager);
    }

    private void runUntilWell(NodeWorldManager manager, Duration since) {
        while (!isWell(manager)) {
            if (manager.isGone() || world.simulation.elapsed().minus(since).compareTo(BOUND) > 0) {
                throw world.fail("I2: not well after " + BOUND + ": " + manager.nodes.report());
            }
            world.simulation.run(Duration.ofMillis(500));
            world.rethrow();
        }
    }

    private boolean isWell(NodeWorldManager manager) {
        for (FakeNode fake : world.fakes) {
            NodeView truth = fake.truth();
            if (!truth.isIn(NodeWorldPlant.ALIGNED) || !truth.ok() || !truth.isManagedBy(manager.name())) {
                return false;
            }
        }
        NodeManager nodes = manager.nodes;
        return nodes.hasCompleted()
                && nodes.hasArrived()
                && nodes.isManagedByUs()
                && nodes.isAlive()
                && !nodes.isInFault()
                && nodes.stalledNodes().isEmpty()
                && nodes.notOk().isEmpty()
                && nodes.faults().isEmpty()
                && nodes.skipped().isEmpty();
    }

    private List<Long> versions() {
        return world.fakes.stream().map(fake -> fake.view().version()).toList();
    }

    /** I5: nothing is left to do, nothing is waited for, and what was told last is so. */
    private void assertNothingLeft(NodeWorldManager manager) {
        Step wish = manager.lastStep();
        boolean looksNowAndThen = !manager.options().resync().isZero();
        require(wish.kind() == (looksNowAndThen ? Step.Kind.AFTER : Step.Kind.PARKED), "I5: it wants " + wish);
        require(manager.nodes.notifications().isEmpty(), "I5: told " + manager.nodes.notifications());
        for (Node node : manager.nodes) {
            require(!node.isRequestPending(), "I5: waits for an answer of " + node);
            require(node.isDone() && node.status() == NodeStatus.DONE, "not done: " + node);
            if (manager.publishesAll()) {
                String state = manager.told(Node.NODE + " " + node.name());
                require(state.equals(node.state()), "told that " + node + " is in " + state);
                String whose = manager.told(NodeManager.MANAGEMENT + " " + manager.name() + "/" + node.name());
                require(whose.equalsIgnoreCase(Management.OURS.name()), "told that " + node + " is " + whose);
            }
        }
    }

    private void end(NodeWorldManager manager) {
        world.simulation.remove(manager);
        world.rethrow();
        for (FakeNode fake : world.fakes) {
            require(fake.listeners() == 0, "I5: listeners left at " + fake);
            fake.operatorSets(NodeOp.STOP);
        }
        long writes = world.tally.writes;
        world.simulation.settle(LIMIT); // I5: nothing is left in any queue
        require(world.tally.writes == writes, "I4: something was written after the end");
        world.nodes.forEach(world.simulation::remove);
        world.fakes.forEach(fake -> require(!fake.truth().connected(), "closed, and there: " + fake));
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw world.fail(what);
        }
    }
}
