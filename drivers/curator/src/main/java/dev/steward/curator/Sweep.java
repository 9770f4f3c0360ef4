package dev.steward.curator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the marks of old deletions, and folders that nothing is in any more. Every process of a store does so when it commits, and each
 * minute; if two do it at once, one transaction wins and the other is dropped. Belongs to the store's thread.
 */
final class Sweep {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final int MOST = 100;

    private final Session session;
    private final Layout layout;
    private final Mirror mirror;
    private final ServerClock clock;
    private final Set<String> stubborn = new HashSet<>();
    private int purgedVersion = -1;
    private boolean busy = true; // until the horizon is known

    Sweep(Session session, Layout layout, Mirror mirror, ServerClock clock) {
        this.session = session;
        this.layout = layout;
        this.mirror = mirror;
        this.clock = clock;
    }

    /** Reads up to where deletions are forgotten. */
    void load(Runnable then) {
        session.zk()
                .getData(
                        layout.purged(),
                        false,
                        (rc, path, context, data, stat) ->
                                session.then(() -> loaded(Failure.code(rc), data, stat, then)),
                        null);
    }

    private void loaded(Code code, byte @Nullable [] data, @Nullable Stat stat, Runnable then) {
        if (code != Code.OK || stat == null) {
            session.lost(layout.purged() + ": " + code);
            return;
        }
        mirror.table().purged(number(data));
        purgedVersion = stat.getVersion();
        busy = false;
        then.run();
    }

    private static long number(byte @Nullable [] data) {
        String text = data == null ? "" : new String(data, US_ASCII);
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /**
     * Begins to remove what is older than {@code remembered}, by the servers' clock and by how long this process has seen it, if there
     * is any and nothing of the kind is on its way. A mark that goes too early would let a batch that is on its way take a new node for
     * an old one: both begin with data version 0.
     */
    void begin(Duration remembered) {
        if (busy) {
            return;
        }
        clock.seen(mirror.table().asOf());
        Map<String, Znode> graves =
                mirror.table().graves(clock.now() - remembered.toMillis(), clock.seenForLong(), MOST);
        if (graves.isEmpty()) {
            return;
        }
        busy = true;
        List<Op> ops = ops(graves);
        session.zk()
                .multi(
                        ops,
                        (rc, path, context, results) -> session.then(() -> swept(Failure.code(rc), ops, results)),
                        null);
    }

    private List<Op> ops(Map<String, Znode> graves) {
        Set<String> leaving = graves.keySet();
        List<Op> ops = new ArrayList<>();
        long purged = mirror.table().purged();
        for (Map.Entry<String, Znode> each :
                new TreeMap<>(graves).descendingMap().entrySet()) { // the deepest first
            String key = each.getKey();
            Znode grave = each.getValue();
            boolean needed =
                    stubborn.contains(layout.path(key)) || mirror.table().hasOthersBelow(key, leaving);
            ops.add(
                    needed
                            ? Op.setData(layout.path(key), Znode.data(Znode.Kind.PARENT), grave.version())
                            : Op.delete(layout.path(key), grave.version()));
            purged = Math.max(purged, grave.revision());
        }
        for (String folder : mirror.table().emptied(leaving)) {
            Znode znode = mirror.table().get(folder);
            if (stubborn.contains(layout.path(folder))) {
                break; // and so those above it
            }
            ops.add(Op.delete(layout.path(folder), znode == null ? -1 : znode.version()));
        }
        ops.add(Op.setData(layout.purged(), Znode.text(Long.toString(purged)), purgedVersion));
        ops.add(Op.setData(layout.commit(), Znode.text("purge"), -1));
        return ops;
    }

    private void swept(Code code, List<Op> ops, @Nullable List<OpResult> results) {
        busy = false;
        log.atDebug().addKeyValue("changes", ops.size()).log("removed marks of deletions: {}", code);
        for (int i = 0; results != null && i < results.size(); i++) {
            if (results.get(i) instanceof OpResult.ErrorResult error && error.getErr() == Code.NOTEMPTY.intValue()) {
                stubborn.add(ops.get(i).getPath()); // somebody else has put something there: it stays as a folder
            }
        }
        load(() -> {});
    }
}
