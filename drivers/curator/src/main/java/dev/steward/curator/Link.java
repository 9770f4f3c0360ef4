package dev.steward.curator;

import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.ConnectionStateListener;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tie to Curator's connection: SUSPENDED and LOST end the session, CONNECTED and RECONNECTED begin one, and so does this by itself
 * if that has failed. The interruption is also told by the watch, in its place between the events, so that none is taken for newer than it is.
 *
 * <p>Belongs to the store's thread, but for what Curator and ZooKeeper call.
 */
final class Link implements ConnectionStateListener {
    private static final Logger log = LoggerFactory.getLogger(Link.class);
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN_IF_REFUSED = TimeUnit.SECONDS.toNanos(10);
    private static final long SWEEP = TimeUnit.SECONDS.toNanos(60);

    private final CuratorFramework client;
    private final TimeSource time;
    private final Keeper keeper;
    private @Nullable Ear ear;
    private boolean connected;
    private boolean ended;
    private long tried;
    private long swept;

    Link(CuratorFramework client, TimeSource time, Keeper keeper) {
        this.client = client;
        this.time = time;
        this.keeper = keeper;
        swept = time.nanos();
        tried = swept;
    }

    /** The watcher of one of ZooKeeper's handles. It hears late from a handle that is given up, and that counts no more. */
    private final class Ear implements Watcher {
        private final ZooKeeper zk;

        private Ear(ZooKeeper zk) {
            this.zk = zk;
        }

        @Override
        public void process(WatchedEvent event) {
            keeper.post(() -> {
                Session session = keeper.session();
                if (ear != this || session == null || session.isOver()) {
                    return;
                }
                if (event.getType() != EventType.None) {
                    session.heard(event);
                } else if (event.getState() != KeeperState.SyncConnected
                        && event.getState() != KeeperState.SaslAuthenticated) {
                    keeper.sessionLost(session, event.getState().name());
                }
            });
        }
    }

    /** Begins to listen. */
    void begin() {
        client.getConnectionStateListenable().addListener(this);
        if (client.getZookeeperClient().isConnected()) {
            keeper.post(() -> changed(ConnectionState.CONNECTED));
        }
    }

    @Override
    public void stateChanged(CuratorFramework same, ConnectionState state) {
        keeper.post(() -> changed(state));
    }

    private void changed(ConnectionState state) {
        log.atDebug().addKeyValue("root", keeper.layout().root()).log("connection: {}", state);
        connected = !ended && (state == ConnectionState.CONNECTED || state == ConnectionState.RECONNECTED);
        Session session = keeper.session();
        if (connected) {
            open();
        } else if (session != null) {
            keeper.sessionLost(session, state.name());
            keeper.hint();
        }
    }

    private void open() {
        Session session = keeper.session();
        if (session != null && !session.isOver()) {
            return;
        }
        tried = time.nanos();
        try {
            ZooKeeper zk = client.getZookeeperClient().getZooKeeper();
            if (ear == null || ear.zk != zk) {
                ear = new Ear(zk);
            }
            keeper.gate().soon("the records are being read");
            keeper.begin(zk, ear);
        } catch (Exception failed) { // what Curator's own connection has to tell
            keeper.gate().shut(new StoreTrouble.Unavailable("not connected to ZooKeeper: " + failed));
        }
    }

    /** Called ten times a second. */
    void tick() {
        keeper.gate().expire();
        long now = time.nanos();
        Session session = keeper.session();
        boolean idle = session == null || session.isOver();
        long pause = keeper.gate().isRefused() ? AGAIN_IF_REFUSED : AGAIN;
        if (connected
                && idle
                && now - tried >= pause
                && client.getZookeeperClient().isConnected()) {
            open();
        }
        if (now - swept >= SWEEP) {
            swept = now;
            keeper.sweep();
        }
    }

    /**
     * Listens no more; {@code own} if the client goes too.
     *
     * @param then called when it is done, on any thread: over a connection of somebody else's, what was sent before has arrived by then,
     *     such as the end of a candidate for a role
     */
    void end(boolean own, Runnable then) {
        boolean wasConnected = connected;
        connected = false;
        ended = true;
        client.getConnectionStateListenable().removeListener(this);
        if (own) {
            client.close();
        }
        if (own || ear == null) {
            then.run();
            return;
        }
        ear.zk.removeWatches(
                keeper.layout().root(), ear, Watcher.WatcherType.Any, true, (rc, path, context) -> then.run(), null);
        if (!wasConnected) {
            then.run(); // who knows when it is answered
        }
    }
}
