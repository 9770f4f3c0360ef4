package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.node.NodeChannel;
import dev.steward.node.NodeViewBuilder;
import dev.steward.node.NodeWrite;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The levers of a {@link FakeNode} between the node and its managers: the connection, what is shown, what becomes of writes. Threads: as
 * there.
 */
public abstract sealed class FakeNodeLevers permits FakeNode {
    static final Duration LAG = Duration.ofSeconds(2);

    final NodeChannel inner;
    final FakeNodeScreen screen;
    final FakeNodeBell bell;
    final FakeNodeDesk desk;
    private final @Nullable Simulation simulation;
    private volatile boolean viewThrows;
    private volatile boolean listenThrows;

    FakeNodeLevers(NodeChannel inner, TimeSource time, @Nullable Simulation simulation) {
        this.inner = inner;
        this.simulation = simulation;
        this.bell = new FakeNodeBell(inner.node(), simulation);
        this.screen = new FakeNodeScreen(inner.node(), inner.view(), time, simulation, bell::ring);
        this.desk = new FakeNodeDesk(inner, screen, this::look, time, simulation);
    }

    abstract FakeNode self();

    // ---- the connection

    /** Loses the connection; what was seen last is shown as lost. Writes that are under way end unknown. */
    public final FakeNode drop() {
        return ring(screen.drop());
    }

    /** Loses the connection for a while. Needs a simulation. */
    public final FakeNode dropFor(Duration length) {
        world("dropFor").after(notNegative(length), inner.node() + " is back", this::restore);
        return drop();
    }

    /** It is not there, and nothing of it was ever seen. */
    public final FakeNode absent() {
        return ring(screen.absent());
    }

    /** The connection is back; the first view is a fresh one, also where views are {@linkplain #freeze frozen}. */
    public final FakeNode restore() {
        look();
        return ring(screen.restore());
    }

    // ---- what is shown

    /** Views stand still, and nobody is told of changes. Writes are done and answered all the same. */
    public final FakeNode freeze() {
        return ring(screen.freeze(true));
    }

    /** Ends that, with a change. */
    public final FakeNode thaw() {
        return ring(screen.freeze(false));
    }

    /** Changes every view by force, until it is {@linkplain #unforce undone}; replaces what was forced before. */
    public final FakeNode force(Consumer<NodeViewBuilder> change) {
        return ring(screen.force(checkNotNull(change, "change")));
    }

    /** Views are as the node is. */
    public final FakeNode unforce() {
        return ring(screen.force(null));
    }

    /** STATUS is shown so much later than the rest; zero ends it. Needs a simulation. */
    public final FakeNode statusLags(Duration length) {
        world("statusLags");
        screen.lag(FakeNodeRecord.STATUS, notNegative(length));
        return self();
    }

    /** TARGET is worked out so much later than the rest is shown; zero ends it. Needs a simulation. */
    public final FakeNode targetLags(Duration length) {
        world("targetLags");
        screen.lag(FakeNodeRecord.TARGET, notNegative(length));
        return self();
    }

    /**
     * Each record is shown from 0 to so much later, in order for itself only, as by a channel that shows each as it comes; zero ends it.
     * The manager's predicates are then not of one instant. Needs a simulation.
     */
    public final FakeNode tear(Duration spread) {
        world("tear");
        screen.tear(notNegative(spread));
        return self();
    }

    /** Listeners are told of a change at once, but not more often than this; none is lost for good; zero ends it. Needs a simulation. */
    public final FakeNode hintsEvery(Duration length) {
        world("hintsEvery");
        bell.every(notNegative(length));
        return self();
    }

    /** {@link FakeNode#view} throws, until it is {@linkplain #heal healed}. */
    public final FakeNode viewThrows() {
        viewThrows = true;
        return self();
    }

    /** {@link FakeNode#listen} throws, until it is {@linkplain #heal healed}. */
    public final FakeNode listenThrows() {
        listenThrows = true;
        return self();
    }

    // ---- what becomes of writes

    /** The next writes meet these, one each; after those that have been told before. */
    public final FakeNode next(FakeNodeTrouble... troubles) {
        for (FakeNodeTrouble trouble : troubles) {
            possible(trouble);
        }
        desk.next(List.of(troubles));
        return self();
    }

    /** Every write meets this, unless something else was said for it. */
    public final FakeNode always(FakeNodeTrouble trouble) {
        desk.always(possible(trouble));
        return self();
    }

    /** Writes are answered so long after they are done; zero is at the same instant, but not inside the call. Needs a simulation. */
    public final FakeNode answersAfter(Duration delay) {
        world("answersAfter");
        desk.answersAfter(notNegative(delay));
        return self();
    }

    /** Writes are done so long after they were asked for, in order. Needs a simulation. */
    public final FakeNode takes(Duration length) {
        world("takes");
        desk.takes(notNegative(length));
        return self();
    }

    /** How late is late, at most; at first 2 s. */
    public final FakeNode lag(Duration longest) {
        checkArgument(!longest.isNegative() && !longest.isZero(), "a lag of %s", longest);
        desk.lag(longest);
        bell.lag(longest);
        return self();
    }

    /** Ends everything that was told to go wrong: it is connected, and shows and takes all. What is under way stays so. */
    public final FakeNode heal() {
        viewThrows = false;
        listenThrows = false;
        desk.heal();
        bell.every(Duration.ZERO);
        look();
        return ring(screen.heal());
    }

    // ---- looking

    /** Every write that was asked of it, with what became of it, the oldest first. */
    public final List<FakeNodeWrite> writes() {
        return desk.writes();
    }

    /** What was asked of it, in order. */
    public final List<NodeWrite> asked() {
        return writes().stream().map(FakeNodeWrite::write).toList();
    }

    /** What of that the node has carried out so far, in the order in which it was asked. */
    public final List<NodeWrite> done() {
        return writes().stream()
                .filter(FakeNodeWrite::isDone)
                .map(FakeNodeWrite::write)
                .toList();
    }

    /** Begins the list of writes anew. */
    public final FakeNode forgetWrites() {
        desk.forget();
        return self();
    }

    /** How many listen now. */
    public final int listeners() {
        return bell.listeners();
    }

    // ---- inside

    final void look() {
        screen.offer(inner.view());
    }

    /** The node behind has changed; a look may have seen that before, so the bell is rung whatever the screen says now. */
    final void changed() {
        look();
        if (!screen.isStill()) {
            bell.ring();
        }
    }

    private FakeNode ring(boolean changed) {
        if (changed) {
            bell.ring();
        }
        return self();
    }

    final void beforeView() {
        failIf(viewThrows || decide("node.view.throws"));
    }

    final void beforeListen() {
        failIf(listenThrows || decide("node.listen.throws"));
    }

    private void failIf(boolean told) {
        checkState(!told, "the fake of '%s' is told to throw", inner.node());
    }

    private boolean decide(String point) {
        return simulation != null && simulation.faults().decide(point);
    }

    final Simulation world(String lever) {
        Simulation own = simulation;
        checkState(own != null, "%s of '%s' needs a simulation, it was made with a clock alone", lever, inner.node());
        return own;
    }

    private FakeNodeTrouble possible(FakeNodeTrouble trouble) {
        if (trouble.needsSimulation()) {
            world(trouble.toString());
        }
        return trouble;
    }

    static Duration notNegative(Duration length) {
        checkArgument(!length.isNegative(), "time cannot pass backwards: %s", length);
        return length;
    }

    static Duration someLag(Simulation simulation, Duration longest) {
        return Duration.ofNanos(1 + (long) (simulation.random().nextDouble() * (longest.toNanos() - 1)));
    }
}
