package dev.steward.testkit.node;

import dev.steward.node.NodeError;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.testkit.FakeNode;
import dev.steward.testkit.FakeNodeTrouble;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.BadDay;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bad day of 21 nodes and their managers, decided by a seed, and the quiet after it: trips, operators, a second manager, restarts of nodes
 * and of managers, lost connections, hints, answers and writes, views that lie, wall clock steps. Then nothing goes wrong any more, and
 * everything must be as the manager wants it. Not safe for use by many threads.
 */
final class NodeScenario implements BadDay {
    private static final int ACTS = 50;
    private static final Duration LEFTOVERS = Duration.ofSeconds(25);
    private static final Duration STABLE = Duration.ofSeconds(40);
    private static final List<String> STATES = List.of(
            NodeWorldPlant.SAFE,
            NodeWorldPlant.DAMPED,
            NodeWorldPlant.ISOLATED,
            NodeWorldPlant.ALIGNED,
            NodeWorldPlant.TRIPPED);
    private static final List<String> POINTS = List.of("node.hint.late", "node.hint.twice");
    private static final List<String> THROWING = List.of("node.view.throws", "node.listen.throws");

    private final Simulation simulation;
    private final NodeWorld world;
    private final NodeScenarioTally all;
    private final NodeScenarioTally tally = new NodeScenarioTally();
    private final NodeWorldManager.Kind kind;
    private final NodeWorldManager.Kind otherKind;
    private final boolean isGentle;
    private @Nullable NodeWorldManager manager;
    private @Nullable NodeWorldManager other;

    /** @param all is added what the day has come to */
    NodeScenario(long seed, NodeScenarioPlanted planted, NodeScenarioTally all) {
        this.all = all;
        simulation = new Simulation(seed);
        world = new NodeWorld(simulation, planted, tally);
        isGentle = world.oneIn(5);
        world.hostile = !isGentle && world.oneIn(2);
        boolean losesHints = !isGentle && world.oneIn(3);
        if (!isGentle) {
            misfortune(losesHints);
        }
        boolean asNode = world.oneIn(2);
        kind = new NodeWorldManager.Kind("SUS_MANAGER", asNode, world.oneIn(2), world.oneIn(2), options(losesHints));
        otherKind = new NodeWorldManager.Kind("OTHER", false, false, world.oneIn(2), options(losesHints));
    }

    private void misfortune(boolean losesHints) {
        FaultPlan faults = simulation.faults();
        for (FakeNodeTrouble trouble : FakeNodeTrouble.values()) {
            faults.chance(trouble.point(), world.oneIn(3) ? 0.05 : 0);
        }
        POINTS.forEach(point -> faults.chance(point, world.oneIn(3) ? 0.1 : 0));
        THROWING.forEach(point -> faults.chance(point, world.hostile && world.oneIn(2) ? 0.02 : 0));
        faults.chance("node.hint.lost", losesHints ? 0.05 + world.below(5) * 0.1 : 0);
    }

    private NodeManager.Options options(boolean losesHints) {
        return NodeManager.Options.defaults()
                .withSettle(world.oneIn(3) ? world.millis(3_000) : Duration.ZERO)
                .withTellsStalls(world.oneIn(2))
                .withForgetManager(world.oneIn(2))
                .withWriteLimit(world.millis(20_000).plusSeconds(4))
                .withResync(losesHints || world.oneIn(6) ? Duration.ofSeconds(5 + world.below(6)) : Duration.ZERO);
    }

    @Override
    public Simulation simulation() {
        return simulation;
    }

    @Override
    public long play() {
        start();
        for (int act = 0; act < ACTS; act++) {
            simulation.run(world.millis(4_000));
            act();
            world.rethrow();
        }
        endOther();
        new NodeScenarioQuiet(world, LEFTOVERS, STABLE).play(this::running);
        count();
        all.add(simulation.seed(), tally);
        return simulation.traceHash();
    }

    private void count() {
        tally.played(simulation);
        simulation.faults().fired().forEach(fault -> tally.fault(kind(fault.point()) + fault.point()));
    }

    private static String kind(String point) {
        return switch (point) {
            case "node.hint.lost" -> "F3 ";
            case "node.hint.twice" -> "F4 ";
            case "node.hint.late" -> "F5 ";
            case "node.write.twice" -> "F4 ";
            case "node.write.throws", "node.view.throws", "node.listen.throws" -> "F24 ";
            default -> "F12 ";
        };
    }

    // ---- the managers

    private void start() {
        NodeWorldPolicy.Style style =
                new NodeWorldPolicy.Style(world.oneIn(4), world.oneIn(2), world.oneIn(2), world.oneIn(2));
        int mine = world.oneIn(4) ? world.below(NodeWorldPolicy.ALL) : NodeWorldPolicy.ALL;
        NodeWorldPolicy policy = new NodeWorldPolicy(world, style, mine, NodeWorldPlant.ALIGNED);
        NodeWorldManager begun = new NodeWorldManager(world, kind, policy);
        manager = begun;
        policy.created(begun);
        simulation.add(begun);
    }

    private NodeWorldManager begin() {
        NodeWorldPolicy.Style style = new NodeWorldPolicy.Style(false, false, false, world.oneIn(2));
        NodeWorldPolicy policy = new NodeWorldPolicy(world, style, 0, world.oneOf(STATES));
        NodeWorldManager begun = new NodeWorldManager(world, otherKind, policy);
        other = begun;
        simulation.add(begun);
        return begun;
    }

    /** The manager that runs; begins another one if that has ended. */
    private NodeWorldManager running() {
        NodeWorldManager now = manager;
        if (now == null || now.isGone()) {
            tally.managerRestarts++;
            start();
        }
        return Objects.requireNonNull(manager);
    }

    /** The second manager ends in an orderly way, and leaves everything as it is. */
    private void endOther() {
        NodeWorldManager now = other;
        if (now != null && !now.isGone()) {
            simulation.remove(now);
        }
    }

    // ---- the bad day

    private void act() {
        int choice = world.below(100);
        int i = world.below(NodeWorld.SIZE);
        if (choice < 14) {
            kick(i);
        } else if (choice < 28) {
            operator(i);
        } else if (choice < 36) {
            world.fakes.get(i).dropFor(world.millis(15_000));
        } else if (choice < 37) {
            world.fakes.get(i).absent();
            simulation.after(world.millis(9_000), () -> world.fakes.get(i).restore());
        } else if (choice < 43) {
            restart(i);
        } else if (choice < 52) {
            second(i);
        } else if (choice < 55) {
            tally.fault("F24 state throws");
            world.plants.get(i).defects = 1 + world.below(3);
        } else if (choice < 65) {
            mislead(i);
        } else if (choice < 68) {
            tally.fault("F8 wall clock stepped");
            simulation.stepWall(Duration.ofSeconds(world.below(7_200) - 3_600L));
        } else if (choice < 76) {
            end();
        } else if (choice < 94) {
            host(running(), i);
        } else if (choice < 97) {
            tally.fault("F22 earthquake");
            for (int each = 0; each < NodeWorld.SIZE; each++) {
                if (world.oneIn(2)) {
                    kick(each);
                }
            }
        } else {
            world.fakes.get(i).next(world.oneOf(List.of(FakeNodeTrouble.values())));
        }
    }

    private void kick(int i) {
        NodeWorldPlant plant = world.plants.get(i);
        plant.kicked = true;
        simulation.after(world.millis(12_000), () -> plant.kicked = false);
    }

    private void operator(int i) {
        FakeNode node = world.fakes.get(i);
        switch (world.below(8)) {
            case 0, 1, 2, 3 -> node.requestByOther(world.oneOf(STATES));
            case 4 -> node.operatorSets(NodeMode.AUTO);
            case 5 -> world.nodes.get(i).setMode(world.oneOf(List.of(NodeMode.values())));
            case 6 -> node.takeOver("SOMEBODY");
            default -> {
                node.operatorSets(world.oneOf(List.of(NodeOp.STOP, NodeOp.PAUSE)));
                simulation.after(world.millis(9_000), () -> node.operatorSets(NodeOp.EXEC));
            }
        }
    }

    private void restart(int i) {
        FakeNode node = world.fakes.get(i);
        tally.fault("F1 node restarted");
        if (world.oneIn(2)) {
            node.restart(world.millis(9_000));
        } else {
            node.restartAsBefore(world.millis(9_000));
        }
    }

    private void second(int i) {
        NodeWorldManager running = other;
        if (running == null || running.isGone()) {
            running = begin();
            simulation.run(Duration.ofMillis(1));
        }
        NodeWorldManager now = running;
        if (now.policy().has(i)) {
            now.policy().letGo(now, i);
        } else {
            tally.takeOvers++;
            now.policy().take(now, i);
        }
        if (world.oneIn(8)) {
            tally.fault("F1 second manager killed");
            now.die("between two passes");
        } else if (world.oneIn(8)) {
            endOther();
        }
    }

    private void mislead(int i) {
        FakeNode node = world.fakes.get(i);
        Duration length = world.millis(10_000);
        switch (isGentle ? 1 : world.below(6)) {
            case 0 -> {
                tally.fault("F6 views stand still");
                node.freeze();
                simulation.after(length, node::thaw);
            }
            case 1 -> {
                tally.fault("F7 hints seldom");
                node.hintsEvery(length);
                simulation.after(length.multipliedBy(2), () -> node.hintsEvery(Duration.ZERO));
            }
            case 2 -> {
                tally.fault("F7 torn views");
                node.tear(world.millis(3_000));
                simulation.after(length, () -> node.tear(Duration.ZERO));
            }
            case 3 -> {
                tally.fault("F6 STATUS late");
                node.statusLags(world.millis(5_000));
                simulation.after(length, () -> node.statusLags(Duration.ZERO));
            }
            case 4 -> {
                tally.fault("F6 TARGET late");
                node.targetLags(world.millis(5_000));
                simulation.after(length, () -> node.targetLags(Duration.ZERO));
            }
            default -> {
                tally.fault("F6 views lie");
                node.force(to -> to.error(NodeError.CONNECT).ok(false).connect("LOST"));
                simulation.after(length, node::unforce);
            }
        }
    }

    private void end() {
        NodeWorldManager now = running();
        switch (world.below(6)) {
            case 0 -> now.die("between two passes");
            case 1 -> simulation.remove(now);
            case 2 -> {
                tally.fault("F2 killed twice in a row");
                now.die("between two passes");
                running().dieAfter(1 + world.below(60));
                return;
            }
            case 3 -> {
                tally.fault("F9 manager paused");
                simulation.pause(now, world.millis(20_000));
                return;
            }
            default -> {
                now.dieAfter(1 + world.below(200));
                return;
            }
        }
        if (world.oneIn(2)) {
            running();
        }
    }

    /** What the host of the manager is told to do. */
    private void host(NodeWorldManager now, int i) {
        try {
            switch (world.below(9)) {
                case 0 -> {
                    tally.fault("F28 skip set changed");
                    now.hands.skip(i);
                    now.hands.include((i + 1) % NodeWorld.SIZE);
                }
                case 1, 2 -> now.policy().letGo(now, i);
                case 3, 4 -> now.policy().take(now, i);
                case 5 -> {
                    tally.fault("F28 target changed");
                    now.policy().goFor(now, world.oneOf(STATES.subList(0, 4)));
                    simulation.after(world.millis(20_000), () -> now.policy().wantsAligned());
                }
                case 6 -> now.hands.askNonsense();
                case 7 -> now.hands.resync();
                default -> {
                    tally.fault("F29 pass too early");
                    now.wake();
                }
            }
            if (world.oneIn(60)) {
                now.policy().letAllGo(now);
            }
        } catch (NodeWorldManager.Death itself) {
            now.wake();
        }
    }
}
