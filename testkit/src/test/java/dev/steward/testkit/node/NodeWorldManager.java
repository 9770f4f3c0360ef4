package dev.steward.testkit.node;

import static dev.steward.testkit.node.NodeScenarioPlanted.WRITES_AFTER_ITS_END;

import dev.steward.guard.GuardNode;
import dev.steward.guard.GuardSystem;
import dev.steward.guard.StateResult;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.node.FaultChecker;
import dev.steward.node.Node;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeManager;
import dev.steward.node.NodeWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One process of a manager: a {@link NodeManager}, driven by a script or held by a node, with an oracle for each of its nodes. It may die at
 * any step that can be seen from outside. Not safe for use by many threads.
 */
final class NodeWorldManager implements ControlLoop {
    private static final String WATCH = "WATCH";
    private static final String HELD = "HELD";

    final NodeWorld world;
    final NodeManager nodes;
    final NodeWorldHands hands;
    final NodeOracleScan scan;
    private final List<NodeOracle> oracles = new ArrayList<>();
    private final List<NodeWorldChannel> channels = new ArrayList<>();
    private final NodeWorld.Feed feed;
    private final NodeWorldPolicy policy;
    private final Kind kind;
    private final ControlLoop loop;
    private WakeUp wakeUp = () -> {};
    private Step lastStep = Step.again();
    private boolean inPass;
    private boolean gone;
    private int passes;
    private int steps;
    private int stepsLeft;

    /**
     * What kind of manager it is.
     *
     * @param asNode whether a node holds it
     * @param jumps whether that node goes to another state on a fault
     * @param publishes whether it tells a feed what it sees
     */
    record Kind(String system, boolean asNode, boolean jumps, boolean publishes, NodeManager.Options options) {}

    /** It is dead: no call of it comes to anything any more. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        private Death() {
            super("the process has died", null, false, false);
        }
    }

    /** The pass of the manager itself, inside of whatever holds it. */
    private final class Watched implements ControlLoop {
        @Override
        public String name() {
            return nodes.name();
        }

        @Override
        public Step manageOnce() {
            return pass();
        }

        @Override
        public void wakeWith(WakeUp runner) {
            nodes.wakeWith(runner);
        }

        @Override
        public void close() {
            nodes.close();
        }
    }

    NodeWorldManager(NodeWorld world, Kind kind, NodeWorldPolicy policy) {
        this.world = world;
        this.kind = kind;
        this.policy = policy;
        this.feed = world.new Feed(world.oneIn(2));
        List<NodeChannel> seen = new ArrayList<>();
        for (int i = 0; i < NodeWorld.SIZE; i++) {
            NodeOracle oracle = new NodeOracle(kind.system, kind.options);
            NodeWorldChannel channel = new NodeWorldChannel(this, i, oracle);
            oracles.add(oracle);
            channels.add(channel);
            seen.add(world.planted.around(channel, world));
        }
        NodeManager.Options options = kind.options.withOnReconnect(this::reconnected);
        nodes = kind.publishes
                ? NodeManager.publishing(kind.system, seen, feed, world.simulation.time(), options)
                : new NodeManager(kind.system, seen, world.simulation.time(), options);
        hands = new NodeWorldHands(this, nodes, oracles);
        scan = new NodeOracleScan(world, world.planted.answers(nodes), oracles);
        loop = kind.asNode ? holder() : new Watched();
        world.tally.managersStarted++;
    }

    private GuardNode holder() {
        FaultChecker checker = kind.jumps ? nodes.checker(HELD) : nodes.checker();
        GuardSystem system = GuardSystem.named(kind.system)
                .whileIn(GuardSystem.INIT, here -> StateResult.jumpTo(WATCH))
                .whileIn(WATCH, here -> {
                    if (kind.jumps && nodes.isInFault()) {
                        throw world.fail("in fault, and the method was called");
                    }
                    policy.act(this);
                    return StateResult.GO_ON;
                })
                .whileIn(HELD, here -> {
                    policy.act(this);
                    return StateResult.doneWhen(!nodes.isInFault());
                })
                .path(HELD, WATCH)
                .request(WATCH)
                .check(checker)
                .build();
        return new GuardNode(
                kind.system,
                system,
                world.simulation.time(),
                GuardNode.Options.defaults().withPeriod(Duration.ofMillis(500)).withManagers(new Watched()));
    }

    @Override
    public String name() {
        return kind.system;
    }

    NodeManager.Options options() {
        return kind.options;
    }

    boolean isInFirstPass() {
        return inPass && passes == 0;
    }

    boolean isInPass() {
        return inPass;
    }

    long now() {
        return world.simulation.time().nanos();
    }

    NodeOracle oracle(int i) {
        return oracles.get(i);
    }

    Node node(int i) {
        return nodes.node(world.nodes.get(i).name());
    }

    NodeWorldPolicy policy() {
        return policy;
    }

    // ---- its passes

    @Override
    public void wakeWith(WakeUp runner) {
        wakeUp = runner;
        loop.wakeWith(runner);
    }

    /** Wakes it although there is nothing to do. */
    void wake() {
        wakeUp.wake();
    }

    @Override
    public Step manageOnce() {
        Step step = once();
        if (!gone && world.hostile && world.oneIn(50)) {
            world.tally.fault("F29 passes doubled");
            step = once();
        }
        return step;
    }

    private Step once() {
        if (gone) {
            return Step.finished();
        }
        boolean interrupted = world.hostile && world.oneIn(500);
        if (interrupted) {
            world.tally.fault("F23 thread interrupted");
            Thread.currentThread().interrupt();
        }
        Step step = Step.finished();
        try {
            step = loop.manageOnce();
            if (!kind.asNode && !gone) {
                policy.act(this);
                step = step.earliest(policy.wish());
            }
        } catch (Death itself) {
            checkGone();
        }
        if (interrupted && !Thread.interrupted()) {
            throw world.fail("F23: a pass has swallowed an interrupt");
        }
        world.rethrow();
        return gone ? Step.finished() : step;
    }

    private void checkGone() {
        if (!gone) {
            throw world.fail("died without dying");
        }
    }

    private Step pass() {
        if (gone) {
            return Step.finished();
        }
        world.tally.passes++;
        oracles.forEach(NodeOracle::beginPass);
        channels.forEach(NodeWorldChannel::beginPass);
        inPass = true;
        try {
            lastStep = nodes.manageOnce();
        } finally {
            inPass = false;
        }
        passes++;
        oracles.forEach(NodeOracle::endPass);
        for (NodeWorldChannel channel : channels) {
            if (channel.isOverlooked()) {
                throw world.fail("I6: a hint of " + channel.node() + " came before the pass, which has not looked");
            }
        }
        scan.check(now());
        return lastStep;
    }

    /** Run by the manager when a node has come back. */
    private void reconnected(Node node) {
        step("at a reconnect");
        int i = channels.stream().map(NodeWorldChannel::node).toList().indexOf(node.name());
        if (inPass && world.oneIn(8)) {
            refuses(nodes::manageOnce);
            refuses(nodes::close);
        }
        policy.reconnected(this, i);
    }

    private void refuses(Runnable misuse) {
        world.tally.fault("F29 pass or close within a pass");
        try {
            misuse.run();
        } catch (IllegalStateException refused) {
            return;
        }
        throw world.fail("F29: called within a pass, and not refused");
    }

    // ---- its end

    /** It has come to a point where it may die. */
    void step(String where) {
        if (gone) {
            throw new Death();
        }
        steps++;
        if (stepsLeft > 0 && --stepsLeft == 0) {
            die(where);
            throw new Death();
        }
    }

    /** It will die at so many steps from now. */
    void dieAfter(int steps) {
        stepsLeft = steps;
    }

    /** How many steps it has made. */
    int steps() {
        return steps;
    }

    /** It dies here: its connections are cut, and nobody hears of it any more. */
    void die(String where) {
        world.tally.fault("F1 killed " + where);
        world.simulation.note(name() + " dies " + where);
        gone = true;
        channels.forEach(NodeWorldChannel::cut);
        wakeUp.wake();
    }

    boolean isGone() {
        return gone;
    }

    /** The orderly end. */
    @Override
    public void close() {
        if (gone) {
            return;
        }
        loop.close();
        loop.close(); // once more is all the same
        if (world.planted == WRITES_AFTER_ITS_END) {
            channels.get(0).write(new NodeWrite.Load(), outcome -> {});
        }
        channels.forEach(channel -> {
            if (channel.isListenedTo()) {
                throw world.fail("I4: closed, and still listening to " + channel.node());
            }
        });
        node(0).setRequest(NodeWorldPlant.SAFE); // I4: the channel would find it if anything was sent
        if (!nodes.manageOnce().isFinished()) {
            throw world.fail("I4: closed, and not finished");
        }
        gone = true;
    }

    // ---- for the quiet

    Step lastStep() {
        return lastStep;
    }

    boolean publishesAll() {
        return kind.publishes;
    }

    String told(String kindAndName) {
        return String.valueOf(feed.last(kindAndName));
    }
}
