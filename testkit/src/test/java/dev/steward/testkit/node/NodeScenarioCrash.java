package dev.steward.testkit.node;

import dev.steward.node.NodeManager;
import dev.steward.node.NodeOp;
import dev.steward.testkit.Simulation;
import java.time.Duration;

/**
 * The same short day again and again, each time with a manager that dies at another of its steps; the next one begins at once and knows
 * nothing. Not safe for use by many threads.
 */
final class NodeScenarioCrash {
    private final Simulation simulation;
    private final NodeWorld world;
    private final NodeWorldManager.Kind kind;
    private final int[] deaths;
    private int begun;
    private int steps;
    private NodeWorldManager manager;

    /** @param deaths after how many steps the first manager dies, then the next one; 0 = it does not */
    NodeScenarioCrash(long seed, NodeScenarioTally tally, int... deaths) {
        this.simulation = new Simulation(seed);
        this.world = new NodeWorld(simulation, NodeScenarioPlanted.NOTHING, tally);
        this.deaths = deaths.clone();
        NodeManager.Options options = NodeManager.Options.defaults().withForgetManager(seed % 3 == 0);
        kind = new NodeWorldManager.Kind("SUS_MANAGER", seed % 2 == 0, seed % 4 == 0, true, options);
        manager = begin();
    }

    private NodeWorldManager begin() {
        boolean odd = begun % 2 == 1;
        NodeWorldPolicy.Style style = new NodeWorldPolicy.Style(odd, odd, !odd, true);
        NodeWorldPolicy policy = new NodeWorldPolicy(world, style, NodeWorldPolicy.ALL, NodeWorldPlant.ALIGNED);
        NodeWorldManager next = new NodeWorldManager(world, kind, policy);
        next.dieAfter(begun < deaths.length ? deaths[begun] : 0);
        begun++;
        try {
            policy.created(next);
        } catch (NodeWorldManager.Death itself) {
            return next; // before its first pass
        }
        simulation.add(next);
        return next;
    }

    private NodeWorldManager running() {
        while (manager.isGone()) {
            world.tally.managerRestarts++;
            steps += manager.steps();
            manager = begin();
        }
        return manager;
    }

    private void run(int seconds) {
        for (int i = 0; i < 2 * seconds; i++) {
            simulation.run(Duration.ofMillis(500));
            world.rethrow();
            running();
        }
    }

    /** Plays it; answers how many steps the managers have made until all was quiet. */
    int play() {
        run(4);
        world.plants.get(0).kicked = true;
        world.plants.get(1).kicked = true;
        world.fakes.get(2).takeOver("SOMEBODY");
        world.fakes.get(3).requestByOther(NodeWorldPlant.SAFE);
        run(2);
        world.plants.get(0).kicked = false;
        world.fakes.get(4).dropFor(Duration.ofSeconds(2));
        world.fakes.get(5).restart(Duration.ofSeconds(1));
        world.fakes.get(6).operatorSets(NodeOp.STOP);
        run(4);
        int made = steps + running().steps();
        new NodeScenarioQuiet(world, Duration.ofSeconds(3), Duration.ofSeconds(6)).play(this::running);
        world.tally.played(simulation);
        return made;
    }

    @Override
    public String toString() {
        return simulation.report();
    }
}
