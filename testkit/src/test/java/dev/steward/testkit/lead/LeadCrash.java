package dev.steward.testkit.lead;

import dev.steward.store.RecordCache;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A short day of two processes where nothing goes wrong but that whoever makes a certain step dies at it, and is started again. Steps are
 * before and behind each call of the store and of the provisioner, when the store has done it, and before its answer is told. Not safe for
 * use by many threads.
 */
final class LeadCrash {
    static final int SCENARIOS = 4;

    private final Simulation simulation;
    private final LeadWorld world;
    private final LeadTally tally;
    private final int scenario;

    /** @param deaths the numbers of the steps, counted over both processes */
    LeadCrash(int scenario, boolean inTheCall, LeadTally tally, Set<Integer> deaths) {
        this.scenario = scenario;
        this.tally = tally;
        simulation = new Simulation(scenario);
        LeadWorld.Kind kind = new LeadWorld.Kind(
                2,
                1,
                true,
                inTheCall,
                Duration.ofSeconds(2),
                RecordCache.Options.defaults().withPeriod(Duration.ofSeconds(5)));
        world = new LeadWorld(simulation, LeadPlanted.NOTHING, tally, kind);
        if (!inTheCall) {
            world.ground.takes(Duration.ofMillis(5), Duration.ofMillis(100));
        }
        world.diesAt(
                new HashSet<>(deaths),
                number -> simulation.after(Duration.ofMillis(700), "starts", () -> world.revive(number)));
    }

    /** Plays it; answers how many steps were made. */
    int play() {
        world.operator.want("d1", 2);
        switch (scenario) {
            case 1 -> simulation.run(Duration.ofSeconds(3));
            case 2 -> {
                simulation.run(Duration.ofSeconds(1));
                world.operator.want("d1", 4);
                simulation.run(Duration.ofSeconds(2));
                world.operator.want("d1", 1);
                simulation.run(Duration.ofSeconds(3));
            }
            case 3 -> {
                simulation.run(Duration.ofSeconds(2));
                world.operator.remove("d1");
                world.operator.want("d2", 1);
                simulation.run(Duration.ofSeconds(7));
            }
            default -> {
                simulation.run(Duration.ofSeconds(2));
                world.provisioner.die();
                world.running().forEach(LeadProcess::resign);
                simulation.run(Duration.ofSeconds(3));
            }
        }
        world.rethrow();
        int steps = world.steps();
        new LeadQuiet(world, Duration.ofSeconds(3), Duration.ofSeconds(15)).play();
        tally.played(simulation);
        return steps;
    }

    @Override
    public String toString() {
        return simulation.report();
    }
}
