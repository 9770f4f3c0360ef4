package dev.steward.testkit;

import dev.steward.node.NodeView;
import dev.steward.node.NodeViewBuilder;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FakeNode} shows of the node behind it: all of it at once, or lost, frozen, forced, or record by record. Whatever changes
 * what is shown answers true, and whoever called rings the bell, outside of the lock in here. Safe for use by many threads without a
 * simulation.
 */
final class FakeNodeScreen {
    private final String node;
    private final TimeSource time;
    private final @Nullable Simulation simulation;
    private final Runnable bell;
    private final Map<FakeNodeRecord, Duration> lags = new EnumMap<>(FakeNodeRecord.class);
    private final Map<FakeNodeRecord, Long> arrivals = new EnumMap<>(FakeNodeRecord.class);
    private Duration spread = Duration.ZERO;
    private @Nullable Consumer<NodeViewBuilder> forced;
    private NodeView truth;
    private NodeView arrived;
    private volatile NodeView shown;
    private boolean connected = true;
    private boolean frozen;
    private long incarnation;

    FakeNodeScreen(String node, NodeView first, TimeSource time, @Nullable Simulation simulation, Runnable bell) {
        this.node = node;
        this.time = time;
        this.simulation = simulation;
        this.bell = bell;
        this.truth = first;
        this.arrived = first;
        this.shown = first.toBuilder().version(1).build();
    }

    NodeView shown() {
        return shown;
    }

    synchronized boolean isConnected() {
        return connected;
    }

    /** Whether nothing that the node does is shown now. */
    synchronized boolean isStill() {
        return !connected || frozen;
    }

    /** Which connection this is: grows with every loss and return. */
    synchronized long incarnation() {
        return incarnation;
    }

    /** The node behind has become so; an older view than the last is left out. */
    synchronized boolean offer(NodeView next) {
        if (next.version() <= truth.version()) {
            return false;
        }
        NodeView before = truth;
        truth = next;
        if (!connected) {
            return false;
        }
        if (!before.connected() || !next.connected()) {
            return renew();
        }
        NodeViewBuilder builder = arrived.toBuilder();
        for (FakeNodeRecord record : FakeNodeRecord.values()) {
            if (record.differs(before, next) && !delayed(record, next)) {
                record.copy(next, builder);
            }
        }
        arrived = builder.build();
        return show();
    }

    private boolean delayed(FakeNodeRecord record, NodeView next) {
        Simulation world = simulation;
        if (world == null) {
            return false;
        }
        Duration lag = lags.getOrDefault(record, Duration.ZERO);
        if (!spread.isZero()) {
            lag = lag.plusNanos((long) (world.random().nextDouble() * spread.toNanos()));
        }
        long now = world.elapsedNanos();
        long due = Math.max(now + lag.toNanos(), arrivals.getOrDefault(record, now));
        if (due <= now) {
            return false;
        }
        arrivals.put(record, due);
        long sent = incarnation;
        world.after(Duration.ofNanos(due - now), node + " " + record + " arrives", () -> {
            if (arrive(sent, record, next)) {
                bell.run();
            }
        });
        return true;
    }

    private synchronized boolean arrive(long sent, FakeNodeRecord record, NodeView next) {
        if (sent != incarnation) {
            return false;
        }
        NodeViewBuilder builder = arrived.toBuilder();
        record.copy(next, builder);
        arrived = builder.build();
        return show();
    }

    /** Shows the node behind as it is, whatever is on its way. */
    private boolean renew() {
        incarnation++;
        arrivals.clear();
        arrived = truth;
        return show();
    }

    private boolean show() {
        if (connected && frozen) {
            return false;
        }
        return put(connected ? asForced() : shown.toBuilder().connected(false));
    }

    private NodeViewBuilder asForced() {
        NodeViewBuilder builder = arrived.toBuilder();
        if (forced != null) {
            forced.accept(builder);
        }
        return builder;
    }

    private boolean put(NodeViewBuilder builder) {
        NodeView before = shown;
        NodeView next = builder.at(before.at()).version(before.version()).build();
        if (next.equals(before)) {
            return false;
        }
        shown = next.toBuilder().at(time.now()).version(before.version() + 1).build();
        return true;
    }

    synchronized boolean drop() {
        connected = false;
        incarnation++;
        return show();
    }

    /** The same, and nothing was ever seen. */
    synchronized boolean absent() {
        drop();
        return put(NodeView.unseen().toBuilder());
    }

    synchronized boolean restore() {
        if (connected) {
            return false;
        }
        connected = true;
        boolean still = frozen;
        frozen = false;
        boolean changed = renew();
        frozen = still;
        return changed;
    }

    synchronized boolean freeze(boolean on) {
        frozen = on;
        return show();
    }

    synchronized boolean force(@Nullable Consumer<NodeViewBuilder> change) {
        forced = change;
        return show();
    }

    synchronized void lag(FakeNodeRecord record, Duration length) {
        lags.put(record, length);
    }

    synchronized void tear(Duration longest) {
        spread = longest;
    }

    synchronized boolean heal() {
        lags.clear();
        spread = Duration.ZERO;
        forced = null;
        frozen = false;
        connected = true;
        return renew();
    }
}
