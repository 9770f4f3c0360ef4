package dev.steward.curator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reading of all nodes of a store, while others may go on writing: what changes meanwhile is heard of, for the watch was there before.
 * Many requests are on their way at once. Not safe for use by many threads.
 */
final class Listing {
    private static final Logger log = LoggerFactory.getLogger(Listing.class);
    private static final int WINDOW = 1_000;

    private final Session session;
    private final ZooKeeper zk;
    private final Layout layout;
    private final Mirror mirror;
    private final Runnable done;
    private final Deque<String> waiting = new ArrayDeque<>(); // keys; the empty one is the folder of all
    private int onTheirWay;
    private int nodes;

    Listing(Session session, Layout layout, Mirror mirror, Runnable done) {
        this.session = session;
        zk = session.zk();
        this.layout = layout;
        this.mirror = mirror;
        this.done = done;
    }

    void begin() {
        waiting.add("");
        more();
    }

    private void more() {
        while (!waiting.isEmpty() && onTheirWay < WINDOW) {
            String key = waiting.remove();
            onTheirWay++;
            zk.getData(
                    path(key),
                    false,
                    (rc, path, context, data, stat) -> session.then(() -> found(key, Failure.code(rc), data, stat)),
                    null);
        }
        if (waiting.isEmpty() && onTheirWay == 0) {
            log.atDebug().addKeyValue("nodes", nodes).log("read all records");
            done.run();
        }
    }

    private String path(String key) {
        return key.isEmpty() ? layout.records() : layout.path(key);
    }

    private void found(String key, Code code, byte @Nullable [] data, @Nullable Stat stat) {
        onTheirWay--;
        nodes++;
        if (code == Code.OK && stat != null) {
            mirror.notBefore(stat.getPzxid());
            if (!key.isEmpty()) {
                mirror.listed(key, session.znode(key, data, stat));
            }
            if (stat.getNumChildren() > 0) {
                list(key);
            }
        } else if (code == Code.NOAUTH) {
            session.unreadable(key, "not allowed with these credentials");
            mirror.listed(key, Znode.unreadable(1, -1));
        } else if (code != Code.NONODE) {
            session.lost(path(key) + ": " + code);
            return;
        }
        more();
    }

    private void list(String key) {
        onTheirWay++;
        zk.getChildren(
                path(key),
                false,
                (rc, path, context, children) -> session.then(() -> listed(key, Failure.code(rc), children)),
                null);
    }

    private void listed(String key, Code code, List<String> children) {
        onTheirWay--;
        if (code == Code.OK) {
            for (String child : children) {
                String below = key.isEmpty() ? child : key + '/' + child;
                if (layout.key(layout.path(below)) != null) {
                    waiting.add(below);
                } else {
                    session.unreadable(below, "no key of a record");
                }
            }
        } else if (code == Code.NOAUTH) {
            session.unreadable(key, "what is below it may not be listed with these credentials");
        } else if (code != Code.NONODE) {
            session.lost(path(key) + ": " + code);
            return;
        }
        more();
    }
}
