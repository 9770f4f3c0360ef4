package dev.steward.node;

import dev.steward.loop.Step;
import dev.steward.node.NodeOracle.Order;
import dev.steward.node.NodeOracle.Wrong;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Two managers of the same nodes, and whatever may happen to them, by chance. After each step everything that a manager says is compared with
 * an {@link NodeOracle} of each node. Not safe for use by many threads.
 */
final class NodeWalk {
    private static final List<String> STATES = List.of("DOWN", "UP", "SAFE");
    private static final Duration LIMIT = Duration.ofMillis(200);

    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final List<TableChannel> channels = new ArrayList<>();
    private final List<NodeSide> sides = new ArrayList<>();
    private final List<Runnable> late = new ArrayList<>();
    private final boolean losesHints;
    private long asked;

    private NodeSide acting;

    NodeWalk(long seed, boolean losesHints, Wrong wrong) {
        random = new Random(seed);
        this.losesHints = losesHints;
        if (random.nextBoolean()) {
            time.advance(Duration.ofHours(1).minusSeconds(2)); // the clock wraps on the way
        }
        int nodes = random.nextInt(8) == 0 ? 60 + random.nextInt(11) : 1 + random.nextInt(8);
        for (int i = 0; i < nodes; i++) {
            TableChannel channel = TableChannel.in(any(STATES), "n" + i, time);
            channel.taker = (write, done) -> taken(channel, write, done);
            channels.add(channel);
        }
        for (String system : List.of("M0", "M1")) {
            NodeManager.Options options = NodeManager.Options.defaults()
                    .withSettle(Duration.ofMillis(random.nextBoolean() ? 50 : 0))
                    .withTellsStalls(random.nextBoolean())
                    .withForgetManager(random.nextBoolean())
                    .withWriteLimit(LIMIT);
            sides.add(new NodeSide(system, channels, options, time, wrong));
        }
        acting = sides.get(0);
        sides.forEach(NodeSide::pass);
    }

    /** Walks; throws at the first thing that is not as it must be. */
    void walk(int steps) {
        for (int i = 0; i < steps; i++) {
            try {
                happen();
                sides.forEach(side -> side.compare(some()));
            } catch (AssertionError failed) {
                throw new AssertionError("step " + i + ": " + failed.getMessage(), failed);
            }
        }
        quiet();
    }

    long compared() {
        return sides.stream().mapToLong(NodeSide::compared).sum();
    }

    long asked() {
        return asked;
    }

    private void happen() {
        NodeSide side = sides.get(random.nextInt(2));
        TableChannel channel = any(channels);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> move(channel);
            case 4, 5, 6 -> act(side, channel.node());
            case 7 -> {
                if (!late.isEmpty()) {
                    late.remove(random.nextInt(late.size())).run();
                }
            }
            case 8 -> {
                boolean skip = random.nextBoolean();
                side.oracle(channel.node()).skips(skip);
                if (skip) {
                    side.manager.skip(channel.node());
                } else {
                    side.manager.include(channel.node());
                }
            }
            default -> {
                time.advance(Duration.ofMillis(random.nextInt(3) == 0 ? 50 : random.nextInt(40)));
                if (random.nextInt(10) == 0) {
                    time.stepWall(Duration.ofMinutes(random.nextInt(100) - 50));
                }
                sides.forEach(NodeSide::pass);
            }
        }
        if (random.nextInt(3) == 0) {
            side.pass();
        }
    }

    private void move(TableChannel channel) {
        channel.hints = !losesHints || random.nextInt(20) > 0;
        channel.change(records -> switch (random.nextInt(11)) {
            case 0 -> records.connected(random.nextInt(3) > 0);
            case 1 -> records.state(any(STATES));
            case 2 -> records.target(any(STATES));
            case 3 -> records.request(any(STATES));
            case 4 -> records.mode(any(List.of(NodeMode.values())));
            case 5 -> records.manager(any(List.of("M0", "M1", "M2", "")));
            case 6 -> records.status(any(List.of(NodeStatus.values())));
            case 7 -> records.op(any(List.of(NodeOp.values())));
            case 8 -> records.error(any(List.of(NodeError.values())));
            case 9 -> records.notification(random.nextBoolean()).ok(random.nextBoolean());
            default -> {
                String state = any(STATES);
                yield records.state(state)
                        .target(state)
                        .request(random.nextInt(4) == 0 ? any(STATES) : state)
                        .status(NodeStatus.DONE)
                        .connected(true)
                        .op(NodeOp.EXEC)
                        .error(NodeError.FALSE)
                        .notification(false)
                        .ok(true);
            }
        });
        channel.hints = true;
    }

    private void act(NodeSide side, String name) {
        Node node = side.manager.node(name);
        NodeOracle oracle = side.oracle(name);
        NodeWrite release = new NodeWrite.Release(side.options.forgetManager());
        String state = any(STATES);
        switch (random.nextInt(12)) {
            case 0 -> ask(side, List.of(name), new NodeWrite.Request(state), nodes -> node.setRequest(state));
            case 1 -> ask(side, side.names(false), new NodeWrite.Request(state), nodes -> nodes.setRequest(state));
            case 2 -> {
                List<String> some = some();
                ask(
                        side,
                        some,
                        new NodeWrite.Request(state),
                        nodes -> side.manager.only(some).setRequest(state));
            }
            case 3 -> ask(side, side.names(false), new NodeWrite.Manage(side.manager.name()), NodeGroup::setManaged);
            case 4 -> ask(side, List.of(name), new NodeWrite.Manage(side.manager.name()), nodes -> node.setManaged());
            case 5 -> ask(side, List.of(name), release, nodes -> node.release());
            case 6 -> ask(side, side.names(false), release, NodeGroup::release);
            case 7 -> {
                Map<String, NodeWrite> due = new HashMap<>();
                oracle.revival().ifPresent(write -> due.put(name, write));
                ask(side, due, nodes -> node.revive());
            }
            case 8 -> {
                Map<String, NodeWrite> due = new HashMap<>();
                side.names(false).stream()
                        .filter(one ->
                                side.oracle(one).isStalled() && side.oracle(one).isDue(time.nanos()))
                        .forEach(one -> side.oracle(one).revival().ifPresent(write -> due.put(one, write)));
                ask(side, due, NodeGroup::reviveAll);
            }
            case 9 -> {
                NodeOp op = any(List.of(NodeOp.values()));
                ask(side, List.of(name), new NodeWrite.Operate(op), nodes -> node.operate(op));
            }
            case 10 -> {
                oracle.adopts();
                node.adoptRequest();
            }
            default -> {
                oracle.acknowledges();
                node.acknowledge();
            }
        }
    }

    private void ask(NodeSide side, List<String> names, NodeWrite write, Consumer<NodeManager> action) {
        Map<String, NodeWrite> due = new HashMap<>();
        names.forEach(name -> due.put(name, write));
        ask(side, due, action);
    }

    /** Acts; what is due reaches the channels, each once, and nothing else does. */
    private void ask(NodeSide side, Map<String, NodeWrite> due, Consumer<NodeManager> action) {
        due.forEach((name, write) -> side.issuing.put(name, side.oracle(name).asks(write)));
        acting = side;
        action.accept(side.manager);
        asked += due.size();
        NodeSide.check(side.issuing.isEmpty(), () -> "never asked: " + side.issuing.keySet());
        due.keySet()
                .forEach(name -> side.oracle(name).sees(side.manager.node(name).view(), time.nanos()));
    }

    private void taken(TableChannel channel, NodeWrite write, Consumer<WriteOutcome> done) {
        NodeSide side = acting;
        Order order = side.issuing.remove(channel.node());
        NodeSide.check(
                order != null && order.write.equals(write), () -> write + " to " + channel + ", asked for by nobody");
        if (order == null) {
            return;
        }
        if (!channel.records().connected()) {
            answer(side, channel, order, done, WriteOutcome.notSent("not connected"));
            return;
        }
        switch (random.nextInt(9)) {
            case 0 -> answer(side, channel, order, done, WriteOutcome.refused("no"));
            case 1 -> late.add(() -> answer(side, channel, order, done, WriteOutcome.refused("no, late")));
            case 2 -> {
                if (random.nextBoolean()) {
                    channel.apply(write);
                }
                answer(side, channel, order, done, WriteOutcome.unknown("gone"));
            }
            case 3 -> {} // never
            case 4 -> {
                channel.apply(write);
                if (random.nextBoolean()) {
                    order(side, channel, order, WriteOutcome.unknown("broken"));
                    throw new IllegalStateException("broken");
                }
            }
            case 5, 6 ->
                late.add(() -> {
                    channel.apply(write);
                    answer(side, channel, order, done, WriteOutcome.accepted());
                });
            default -> {
                channel.apply(write);
                answer(side, channel, order, done, WriteOutcome.accepted());
            }
        }
    }

    private void answer(
            NodeSide side, TableChannel channel, Order order, Consumer<WriteOutcome> done, WriteOutcome outcome) {
        side.answers.add(() -> order(side, channel, order, outcome));
        done.accept(outcome);
    }

    private static void order(NodeSide side, TableChannel channel, Order order, WriteOutcome outcome) {
        side.oracle(channel.node()).answered(order, outcome, channel.records());
    }

    /** Nobody interferes any more: what is asked for comes true. */
    private void quiet() {
        late.clear();
        NodeSide side = sides.get(0);
        for (TableChannel channel : channels) {
            channel.taker = channel::accepting;
            channel.change(records -> records.connected(true)
                    .op(NodeOp.EXEC)
                    .error(NodeError.FALSE)
                    .notification(false));
            side.manager.include(channel.node());
        }
        side.manager.setManaged();
        side.manager.setRequest("UP");
        channels.forEach(channel ->
                channel.change(records -> records.state("UP").target("UP").status(NodeStatus.DONE)));
        time.advance(LIMIT);
        side.manager.manageOnce();
        side.manager.forEach(Node::acknowledge);
        NodeSide.check(side.manager.hasCompleted(), () -> "not completed: " + side.manager.report());
        NodeSide.check(side.manager.isManagedByUs(), () -> "not managed: " + side.manager.report());
        NodeSide.check(side.manager.faults().isEmpty(), () -> "in fault: " + side.manager.report());
        NodeSide.check(side.manager.manageOnce().kind() == Step.Kind.PARKED, () -> "not parked");
    }

    private List<String> some() {
        List<String> names = new ArrayList<>(sides.get(0).names(true));
        Collections.shuffle(names, random);
        return names.subList(0, 1 + random.nextInt(Math.min(names.size(), 5)));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
