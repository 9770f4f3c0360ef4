package dev.steward.curator;

import dev.steward.store.StoreTrouble;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One uninterrupted connection: opens the store, reads it whole, then follows what its watch tells. It is over with the first
 * interruption, for what a watch misses meanwhile is not told later; the next session reads anew. Belongs to the store's thread.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int MOST_TOLD = 1_000;

    private final ZooKeeper zk;
    private final Watcher watcher;
    private final Layout layout;
    private final Mirror mirror;
    private final Keeper keeper;
    private final ServerClock clock;
    private final Opening opening;
    private final Sweep sweep;
    private final Set<String> reading = new HashSet<>();
    private final Map<String, Integer> ours = new HashMap<>(); // in batches of ours that are on their way
    private final Set<String> told = new HashSet<>();
    private boolean over;

    Session(
            ZooKeeper zk,
            Watcher watcher,
            Layout layout,
            List<ACL> acl,
            Mirror mirror,
            Keeper keeper,
            ServerClock clock) {
        this.zk = zk;
        this.watcher = watcher;
        this.layout = layout;
        this.mirror = mirror;
        this.keeper = keeper;
        this.clock = clock;
        opening = new Opening(this, layout, acl, this::watched, keeper::refused);
        sweep = new Sweep(this, layout, mirror, clock);
    }

    ZooKeeper zk() {
        return zk;
    }

    Watcher watcher() {
        return watcher;
    }

    List<ACL> acl() {
        return opening.acl();
    }

    Sweep sweep() {
        return sweep;
    }

    /** Does something on the store's thread, if this session still is. */
    void then(Runnable task) {
        keeper.post(() -> {
            if (!over) {
                task.run();
                keeper.settleSoon();
            }
        });
    }

    void begin() {
        opening.begin();
    }

    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** Something was not answered, so this session is of no use any more. */
    void lost(String why) {
        keeper.sessionLost(this, why);
    }

    private void watched() {
        mirror.beginListing();
        zk.sync(layout.root(), (rc, path, context) -> then(() -> synced(Failure.code(rc))), null);
    }

    private void synced(Code code) {
        if (code != Code.OK) {
            lost("sync: " + code);
            return;
        }
        sweep.load(() -> zk.getData(
                layout.commit(),
                false,
                (rc, path, context, data, stat) -> then(() -> foundCommit(Failure.code(rc), stat)),
                null));
    }

    private void foundCommit(Code code, @Nullable Stat stat) {
        if (code == Code.NOAUTH) {
            keeper.refused(Failure.refusal(code, layout.commit()));
        } else if (code != Code.OK || stat == null) {
            lost(layout.commit() + ": " + code);
        } else {
            mirror.notBefore(stat.getMzxid());
            clock.observe(stat.getMtime());
            new Listing(this, layout, mirror, mirror::endListing).begin();
        }
    }

    // ---- following

    void heard(WatchedEvent event) {
        String path = event.getPath();
        String key = layout.key(path);
        boolean deleted = event.getType() == EventType.NodeDeleted;
        if (key == null) {
            heardOfOthers(path, deleted, event);
        } else if (event.getZxid() == WatchedEvent.NO_ZXID) {
            keeper.refused(
                    new StoreTrouble.Refused("the server is too old, it takes ZooKeeper 3.9: no zxid in events"));
        } else {
            mirror.heard(key, event.getZxid(), event.getType() == EventType.NodeCreated);
            look(key); // also if it was deleted: the answer says that all of the transaction was heard of
        }
        keeper.settleSoon();
    }

    private void heardOfOthers(String path, boolean deleted, WatchedEvent event) {
        boolean ownFolder = path.equals(layout.root()) || path.equals(layout.records());
        if (path.equals(layout.commit()) && !deleted) {
            mirror.heard(event.getZxid());
        } else if (path.equals(layout.purged()) && !deleted) {
            sweep.load(() -> {});
        } else if (ownFolder || (deleted && (path.equals(layout.commit()) || path.equals(layout.purged())))) {
            lost(path + " was changed by somebody else"); // look again at what this store is
        }
    }

    /** Reads a key if it is unclear and nothing on its way will tell. */
    private void look(String key) {
        if (mirror.isUnclear(key) && !ours.containsKey(key) && reading.add(key)) {
            zk.getData(
                    layout.path(key),
                    false,
                    (rc, path, context, data, stat) -> then(() -> looked(key, Failure.code(rc), data, stat)),
                    null);
        }
    }

    private void looked(String key, Code code, byte @Nullable [] data, @Nullable Stat stat) {
        reading.remove(key);
        if (code == Code.OK && stat != null) {
            mirror.know(key, znode(key, data, stat));
        } else if (code == Code.NOAUTH) {
            unreadable(key, "not allowed with these credentials");
            mirror.cannotKnow(key);
        } else if (code == Code.NONODE) {
            mirror.knowAbsent(key);
        } else {
            lost(layout.path(key) + ": " + code);
            return;
        }
        look(key);
    }

    Znode znode(String key, byte @Nullable [] data, Stat stat) {
        Znode znode = Znode.of(data == null ? new byte[0] : data, stat);
        if (znode.kind() == Znode.Kind.UNREADABLE) {
            unreadable(key, "not written by a store");
        }
        return znode;
    }

    /** Says once that a node is not followed. */
    void unreadable(String key, String why) {
        if (told.size() < MOST_TOLD && told.add(key)) {
            log.atError()
                    .addKeyValue("root", layout.root())
                    .addKeyValue("node", key)
                    .log("is left alone: {}", why);
        }
    }

    // ---- batches of ours

    /** A batch that writes {@code keys} is on its way; its answer will tell what it left. */
    void claim(Iterable<String> keys) {
        keys.forEach(key -> ours.merge(key, 1, Integer::sum));
    }

    /** The batch was answered. */
    void release(Iterable<String> keys) {
        keys.forEach(key -> {
            ours.computeIfPresent(key, (same, batches) -> batches == 1 ? null : batches - 1);
            look(key);
        });
    }
}
