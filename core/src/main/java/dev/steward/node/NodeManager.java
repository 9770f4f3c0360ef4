package dev.steward.node;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.Kind;
import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.notify.Notification;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Manages other nodes: sees where they are, asks them to go elsewhere, notices stalls and faults.
 *
 * <pre>{@code
 * NodeManager nodes = new NodeManager("IFO_LOCK", channels, time);
 * nodes.manageOnce(); // connects
 * nodes.setManaged();
 * nodes.setRequest("SUS_MC2", "ALIGNED");
 * nodes.manageOnce(); // looks at what has changed
 * nodes.reviveAll();
 * if (nodes.hasArrived()) { … }
 * }</pre>
 *
 * <p>The first pass connects all nodes; what is asked of one that is not connected is not sent, which is a fault. A later pass looks at
 * those that have changed, and costs nothing where none has. All questions are answered as of the last pass, and of this manager's own
 * actions since; what is asked about all nodes is kept as single ones change, so that it costs the same for three nodes and for a hundred
 * thousand.
 *
 * <p><b>The trap:</b> {@link #hasArrived} is about every node, also those that were never asked for anything. Who drives only some asks
 * {@link #only}. Left to itself the manager asks nothing of anybody: it sends nothing that was not called for here.
 *
 * <p><b>Threads.</b> As any {@link ControlLoop}: passes, questions and actions are one at a time. {@link #notifications} is safe for use by
 * many threads, and so is a {@link NodeReport} once made.
 *
 * <p><b>Errors.</b> Trouble of a node is a {@link NodeFault}. A channel that throws counts as not connected, or as a write whose end nobody
 * knows, and is tried again every second; so is a feed that throws, with what is so by then.
 *
 * <p>The {@code NodeManager} of LIGO's Guardian; {@code docs/nodes.md} compares them word by word.
 */
public final class NodeManager extends NodeGroup implements ControlLoop {
    /** Who manages a node, as one manager sees it; named {@code system/node}. */
    public static final Kind<Management> MANAGEMENT = Kind.of("node-management", Management.class);

    private final Crew crew;
    private final PassGuard guard = new PassGuard();
    private final Map<String, Node> byName = new LinkedHashMap<>();
    private final List<Node> nodes;
    private final Rounds rounds;

    /**
     * What a manager does beyond the rules of Guardian; all of it is off by default.
     *
     * @param settle how long a stall must last to count; zero = at once
     * @param tellsStalls whether a stall is told among the faults, without being one
     * @param forgetManager whether a release also clears MANAGER
     * @param writeLimit how long an answer to a write is waited for; more than zero
     * @param resync how often all nodes are looked at although nothing was heard of them, for channels that may lose a hint; zero = never
     * @param onReconnect called in the pass that sees a node connected that was not at the last look, such as {@link Node#reassert}, but not
     *     for one that is skipped; what it throws is logged
     */
    public record Options(
            Duration settle,
            boolean tellsStalls,
            boolean forgetManager,
            Duration writeLimit,
            Duration resync,
            Consumer<? super Node> onReconnect) {
        /** @throws IllegalArgumentException if a time is negative, or the limit is not more than zero */
        public Options {
            checkArgument(!settle.isNegative(), "the settle time of a stall is %s", settle);
            checkArgument(!writeLimit.isNegative() && !writeLimit.isZero(), "the limit of a write is %s", writeLimit);
            checkArgument(!resync.isNegative(), "the time between two resyncs is %s", resync);
            checkNotNull(onReconnect, "onReconnect");
        }

        /** As Guardian, with 30 s for an answer. */
        public static Options defaults() {
            return new Options(Duration.ZERO, false, false, Duration.ofSeconds(30), Duration.ZERO, node -> {});
        }

        /** The same with another settle time. */
        public Options withSettle(Duration other) {
            return new Options(other, tellsStalls, forgetManager, writeLimit, resync, onReconnect);
        }

        /** The same, telling of stalls or not. */
        public Options withTellsStalls(boolean other) {
            return new Options(settle, other, forgetManager, writeLimit, resync, onReconnect);
        }

        /** The same, clearing MANAGER at a release or not. */
        public Options withForgetManager(boolean other) {
            return new Options(settle, tellsStalls, other, writeLimit, resync, onReconnect);
        }

        /** The same with another limit for answers. */
        public Options withWriteLimit(Duration other) {
            return new Options(settle, tellsStalls, forgetManager, other, resync, onReconnect);
        }

        /** The same with another time between two looks at all nodes. */
        public Options withResync(Duration other) {
            return new Options(settle, tellsStalls, forgetManager, writeLimit, other, onReconnect);
        }

        /** The same with something to do when a node comes back. */
        public Options withOnReconnect(Consumer<? super Node> other) {
            return new Options(settle, tellsStalls, forgetManager, writeLimit, resync, other);
        }

        long settleNanos() {
            return Math.min(TimeSource.saturatedNanos(settle), Long.MAX_VALUE / 2);
        }

        long writeLimitNanos() {
            return Math.min(TimeSource.saturatedNanos(writeLimit), Long.MAX_VALUE / 2);
        }
    }

    /** A manager that tells no feed, with the default options. */
    public NodeManager(String system, List<? extends NodeChannel> channels, TimeSource time) {
        this(system, channels, time, Options.defaults());
    }

    /** A manager that tells no feed. */
    public NodeManager(String system, List<? extends NodeChannel> channels, TimeSource time, Options options) {
        this(system, channels, null, time, options);
    }

    /**
     * A manager that tells a feed of what it sees: each state that a node is in, and who manages it. For nodes that do not tell the same feed
     * themselves.
     */
    public static NodeManager publishing(
            String system, List<? extends NodeChannel> channels, StateFeed feed, TimeSource time, Options options) {
        return new NodeManager(system, channels, checkNotNull(feed, "feed"), time, options);
    }

    /**
     * @param system the name of this manager; it goes into MANAGER, and is the name of the loop
     * @throws IllegalArgumentException if the name is empty, there is no channel, or names of nodes are empty or occur twice
     */
    private NodeManager(
            String system,
            List<? extends NodeChannel> channels,
            @Nullable StateFeed feed,
            TimeSource time,
            Options options) {
        checkArgument(!system.isEmpty(), "a manager without a name");
        checkArgument(!channels.isEmpty(), "manager %s has no nodes", system);
        List<String> names = channels.stream().map(NodeChannel::node).toList();
        checkNames(names, "nodes of manager " + system);
        crew = new Crew(system, names.size(), feed, checkNotNull(time, "time"), checkNotNull(options, "options"));
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Node node = new Node(crew, this, i, names.get(i), channels.get(i));
            all.add(node);
            byName.put(node.name(), node);
        }
        nodes = List.copyOf(all);
        rounds = new Rounds(crew, all.stream().map(Node::watch).toArray(Watch[]::new));
    }

    private static void checkNames(List<String> names, String what) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            checkArgument(!name.isEmpty(), "one of the %s has no name: %s", what, names);
            checkArgument(seen.add(name), "'%s' is twice among the %s", name, what);
        }
    }

    /** The managing system. */
    @Override
    public String name() {
        return crew.system;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        crew.mailbox.wakeWith(wakeUp);
        crew.agenda.wakeWith(wakeUp);
    }

    /** Connects all nodes, if that has not been done. The first pass does it. */
    public void init() {
        rounds.init();
    }

    /** Looks at all nodes, whether or not anything was heard of them; asks nothing of them. */
    public void resync() {
        rounds.resync();
    }

    /** Looks at the nodes that have changed; asks nothing of them. */
    @Override
    public Step manageOnce() {
        guard.enter(crew.system);
        try {
            return rounds.make();
        } finally {
            guard.exit();
        }
    }

    /** Ends listening. Asks nothing of the nodes: they stay managed, and go on. What is asked of them after it is not sent. */
    @Override
    public void close() {
        guard.enter("close", crew.system);
        try {
            rounds.end();
        } finally {
            guard.exit();
        }
    }

    /**
     * One node.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Node node(String name) {
        Node node = byName.get(name);
        checkArgument(node != null, "no node '%s'; manager %s has %s", name, crew.system, byName.keySet());
        return checkNotNull(node);
    }

    /**
     * Asks one node to go to a state: {@code nodes['X'] = 'ALIGNED'}.
     *
     * @throws IllegalArgumentException if there is no such node, or it is known to have no such state; then nothing is asked
     */
    public void setRequest(String name, String state) {
        node(name).setRequest(state);
    }

    /**
     * Some of the nodes, to be asked together, skipped ones included.
     *
     * @throws IllegalArgumentException if a name is unknown or given twice, or there is none
     */
    public NodeGroup only(String... names) {
        return only(List.of(names));
    }

    /**
     * The same with the names in a list.
     *
     * @throws IllegalArgumentException if a name is unknown or given twice, or there is none
     */
    public NodeGroup only(List<String> names) {
        checkArgument(!names.isEmpty(), "no names of nodes of manager %s", crew.system);
        checkNames(names, "nodes asked of manager " + crew.system);
        return new Subset(names.stream().map(this::node).toList());
    }

    /**
     * Leaves a node out of every question about all and of every action on all, until it is {@linkplain #include included} again. It is
     * still there by its name, and every report says that it is skipped.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public void skip(String name) {
        node(name).watch().skip(true);
    }

    /**
     * Ends a {@link #skip}.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public void include(String name) {
        node(name).watch().skip(false);
    }

    /** The names of those that are skipped, in order. */
    public Set<String> skipped() {
        Set<String> names = new LinkedHashSet<>();
        nodes.stream().filter(Node::isSkipped).map(Node::name).forEach(names::add);
        return Collections.unmodifiableSet(names);
    }

    /** All nodes as they are now, for people and for other threads. */
    public NodeReport report() {
        return new NodeReport(
                crew.system,
                crew.time.now(),
                nodes.stream().map(NodeReport.Row::of).toList());
    }

    /** What was wrong with nodes, or worth telling, at the end of the last pass; from any thread. */
    public List<Notification> notifications() {
        return crew.board.view().notifications();
    }

    /** Why a node is as it is, in a few lines for people; for a name that is none of a node, which there are. */
    public String explain(String name) {
        Node node = byName.get(name);
        return node != null
                ? node.explain()
                : "no node '" + name + "'; manager " + crew.system + " has " + byName.keySet();
    }

    /** All that are not skipped, in order. */
    @Override
    public Iterator<Node> iterator() {
        return nodes.stream().filter(node -> !node.isSkipped()).iterator();
    }

    /** How many are not skipped. */
    @Override
    public int size() {
        return crew.tallies.counted();
    }

    @Override
    boolean all(int bit) {
        return crew.tallies.all(bit);
    }

    @Override
    public List<Node> stalledNodes() {
        return those(crew.tallies.stalled);
    }

    @Override
    public SortedSet<String> notOk() {
        SortedSet<String> names = new TreeSet<>();
        those(crew.tallies.notOk).forEach(node -> names.add(node.name()));
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public boolean isInFault() {
        return !crew.tallies.faulty.isEmpty();
    }

    @Override
    public List<NodeFault> faults() {
        return those(crew.tallies.told).stream()
                .flatMap(node -> node.watch().shared().stream())
                .toList();
    }

    private List<Node> those(BitSet set) {
        return set.stream().mapToObj(nodes::get).toList();
    }

    @Override
    public String toString() {
        return crew.system + byName.keySet();
    }
}
