package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.guard.GuardNode;
import dev.steward.node.NodeChannel;
import dev.steward.node.NodeMode;
import dev.steward.node.NodeOp;
import dev.steward.node.NodeStatus;
import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import dev.steward.node.NodeWrite;
import dev.steward.node.WriteOutcome;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node with levers, in memory and on virtual time.
 *
 * <p>A <em>scripted</em> one, {@code new FakeNode("MC2", simulation)}, is storage: its records change when the test {@linkplain #set says
 * so}, and when a write sets them. It begins in INIT, asked for it and done, OP is EXEC, MODE is AUTO. {@link #obeys} lets it go where it
 * is asked to by itself. A <em>running</em> one, {@code new FakeNode(channel, simulation)}, puts the same levers on what another channel
 * shows and takes, such as a node of the guard runtime ({@link #running}); its records are changed by what runs there, and can only be
 * {@linkplain #force forced} on the view.
 *
 * <p>Unless it is told otherwise, changes are shown and hinted at within the call that makes them, and a write is done and answered within
 * the call. So with a {@link TimeSource} alone a test needs no simulation; whatever takes time needs one. What may go wrong by chance are
 * points of the simulation's {@link FaultPlan}: those of {@link FakeNodeTrouble}, and
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>{@code node.hint.lost}</td><td>the listeners are not told of a change</td></tr>
 * <tr><td>{@code node.hint.late}</td><td>they are told up to {@link #lag} later</td></tr>
 * <tr><td>{@code node.hint.twice}</td><td>they are told again, up to {@link #lag} later</td></tr>
 * <tr><td>{@code node.view.throws}</td><td>{@link #view} throws</td></tr>
 * <tr><td>{@code node.listen.throws}</td><td>{@link #listen} throws</td></tr>
 * </table>
 *
 * <p>A listener that throws stops no other; what it has thrown comes out of whatever has made the change.
 *
 * <p><b>Threads.</b> Without a simulation, safe for use by many threads; with one, not.
 */
public final class FakeNode extends FakeNodeLevers implements NodeChannel {
    private final @Nullable FakeNodeRecords records;
    private String comesUpIn = FakeNodeRecords.INIT;

    /** A scripted node in a simulation. */
    public FakeNode(String name, Simulation simulation) {
        this(new FakeNodeRecords(name, simulation.time()), simulation.time(), simulation);
    }

    /** A scripted node without a simulation: nothing about it may take time. */
    public FakeNode(String name, TimeSource time) {
        this(new FakeNodeRecords(name, time), checkNotNull(time, "time"), null);
    }

    /** Levers on a running node. */
    public FakeNode(NodeChannel running, Simulation simulation) {
        this(running, simulation.time(), simulation);
    }

    /** The same without a simulation. */
    public FakeNode(NodeChannel running, TimeSource time) {
        this(running, checkNotNull(time, "time"), null);
    }

    /** Levers on a node of the guard runtime, which the simulation runs. */
    public static FakeNode running(GuardNode node, Simulation simulation) {
        if (!simulation.isRunning(node)) {
            simulation.add(node);
        }
        return new FakeNode((NodeChannel) node, simulation);
    }

    private FakeNode(NodeChannel inner, TimeSource time, @Nullable Simulation simulation) {
        super(inner, time, simulation);
        this.records = inner instanceof FakeNodeRecords scripted ? scripted : null;
        inner.listen(this::changed);
    }

    // ---- the node itself

    /** It has these states and no other; a request for another one is refused. At first that is not known. Scripted nodes only. */
    public FakeNode knows(String... states) {
        scripted().knows(Set.copyOf(new LinkedHashSet<>(List.of(states))));
        return this;
    }

    /** Changes records, all at once. Stamps and version are not the test's to set. Scripted nodes only. */
    public FakeNode set(Consumer<NodeViewBuilder> change) {
        scripted().change(change);
        return this;
    }

    /** Sets all records as they are in {@code view}. Scripted nodes only. */
    public FakeNode show(NodeView view) {
        return set(to -> {
            for (FakeNodeRecord record : FakeNodeRecord.values()) {
                record.copy(view, to);
            }
        });
    }

    /** It is in a state, asked for it, and done with it. Scripted nodes only. */
    public FakeNode standsIn(String state) {
        checkArgument(!state.isEmpty(), "a node in no state");
        stop();
        return set(to -> to.state(state)
                .request(state)
                .target(state)
                .status(NodeStatus.DONE)
                .okByRule());
    }

    /** It jumps: if it is managed, it stays there until it is asked again, unless it was asked to be there. Scripted nodes only. */
    public FakeNode jump(String to) {
        checkArgument(!to.isEmpty(), "a jump to no state");
        stop();
        set(at -> at.state(to).target(to).status(NodeStatus.RUN).okByRule());
        goOn();
        return this;
    }

    /**
     * It goes where it is asked to from now on: TARGET changes so long after a request, then STATE, then it is done. Needs a simulation.
     * Scripted nodes only.
     */
    public FakeNode obeys(Duration target, Duration state, Duration done) {
        scripted()
                .goes(new FakeNodeWalk(
                        world("obeys"), scripted(), notNegative(target), notNegative(state), notNegative(done)));
        return this;
    }

    /** How the node behind all levers is now. */
    public NodeView truth() {
        return inner.view();
    }

    // ---- other people

    /** Somebody else asks it to go to a state. Reaches it whatever else is wrong, and is not among the {@link #writes}. */
    public FakeNode requestByOther(String state) {
        return other(new NodeWrite.Request(state));
    }

    /** Another manager takes it over. */
    public FakeNode takeOver(String manager) {
        return other(new NodeWrite.Manage(manager));
    }

    /** An operator sets OP. */
    public FakeNode operatorSets(NodeOp op) {
        return other(new NodeWrite.Operate(op));
    }

    /** An operator sets MODE, and leaves MANAGER as it is. A running node must be a {@link GuardNode} for {@link NodeMode#MANUAL}. */
    public FakeNode operatorSets(NodeMode mode) {
        if (records != null) {
            set(to -> to.mode(mode).okByRule());
            goOn();
            return this;
        }
        if (inner instanceof GuardNode guard) {
            guard.setMode(mode);
            return this;
        }
        checkArgument(mode != NodeMode.MANUAL, "'%s' runs by itself: nobody outside can set it to %s", node(), mode);
        return other(mode == NodeMode.AUTO ? new NodeWrite.Release(false) : new NodeWrite.Manage(truth().manager()));
    }

    private FakeNode other(NodeWrite write) {
        inner.write(write, outcome -> checkState(outcome.isAccepted(), "%s: %s is %s", node(), write.text(), outcome));
        return this;
    }

    // ---- the connection

    /** Where a scripted node jumps to from INIT when it {@linkplain #restart restarts}; at first it stays in INIT. */
    public FakeNode comesUpIn(String state) {
        checkArgument(!state.isEmpty(), "it comes up in no state");
        comesUpIn = state;
        return this;
    }

    /**
     * Its process ends, and is back after a while: in INIT, then where it {@linkplain #comesUpIn comes up}, in MODE AUTO, with no manager.
     * A scripted node is asked for where it comes up, by nobody but itself. Needs a simulation.
     */
    public FakeNode restart(Duration away) {
        return restart(away, false);
    }

    /** The same, with MODE, MANAGER and REQUEST as they were: so a managed node comes up stalled, unless where it was asked to be. */
    public FakeNode restartAsBefore(Duration away) {
        return restart(away, true);
    }

    private FakeNode restart(Duration away, boolean asBefore) {
        Simulation world = world("restart");
        checkArgument(!away.isNegative(), "time cannot pass backwards: %s", away);
        drop();
        if (records == null) {
            operatorSets(NodeOp.STOP);
        }
        stop();
        world.after(away, node() + " is back", records == null ? () -> runAgain(asBefore) : () -> begin(asBefore));
        return this;
    }

    private void runAgain(boolean asBefore) {
        if (!asBefore) {
            other(new NodeWrite.Release(true));
        }
        inner.write(new NodeWrite.Operate(NodeOp.EXEC), outcome -> restore());
    }

    private void begin(boolean asBefore) {
        set(to -> {
            to.op(NodeOp.EXEC)
                    .state(FakeNodeRecords.INIT)
                    .target(FakeNodeRecords.INIT)
                    .status(NodeStatus.INIT);
            if (!asBefore) {
                to.mode(NodeMode.AUTO).manager("").request(comesUpIn);
            }
            to.okByRule();
        });
        restore();
        world("restart").after(Duration.ZERO, node() + " comes up", () -> jump(comesUpIn));
    }

    // ---- for the manager

    @Override
    public String node() {
        return inner.node();
    }

    @Override
    public Set<String> states() {
        return inner.states();
    }

    @Override
    public NodeView view() {
        beforeView();
        look();
        return screen.shown();
    }

    @Override
    public void write(NodeWrite write, Consumer<WriteOutcome> done) {
        desk.write(checkNotNull(write, "write"), checkNotNull(done, "done"));
    }

    @Override
    public Listening listen(Runnable changed) {
        beforeListen();
        return bell.add(checkNotNull(changed, "changed"));
    }

    // ---- inside

    @Override
    FakeNode self() {
        return this;
    }

    private FakeNodeRecords scripted() {
        FakeNodeRecords own = records;
        checkState(own != null, "'%s' runs by itself: force what it shows instead", node());
        return own;
    }

    private void stop() {
        FakeNodeWalk walk = records == null ? null : records.walk();
        if (walk != null) {
            walk.stop();
        }
    }

    private void goOn() {
        FakeNodeWalk walk = records == null ? null : records.walk();
        if (walk != null) {
            walk.goOn();
        }
    }

    @Override
    public String toString() {
        return "FakeNode[" + node() + ", " + screen.shown() + "]";
    }
}
