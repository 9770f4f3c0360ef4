package dev.steward.curator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.steward.store.StoreTrouble;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that a store's nodes are there and of a format that is read here, and begins to watch them. Step by step, each when the
 * answer to the one before has come; nothing is written below a root that is not ours.
 *
 * <p>Not safe for use by many threads.
 */
final class Opening {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);
    private static final int FORMAT = 1;
    private static final String NAME = "steward-records/";
    private static final Pattern OURS = Pattern.compile(NAME + "(\\d{1,9})");

    private final Session session;
    private final ZooKeeper zk;
    private final Layout layout;
    private final Runnable done;
    private final Consumer<StoreTrouble.Refused> refused;
    private List<ACL> acl;
    private final boolean aclIsGiven;

    Opening(Session session, Layout layout, List<ACL> given, Runnable done, Consumer<StoreTrouble.Refused> refused) {
        this.session = session;
        zk = session.zk();
        this.layout = layout;
        this.done = done;
        this.refused = refused;
        aclIsGiven = !given.isEmpty();
        acl = aclIsGiven ? given : ZooDefs.Ids.CREATOR_ALL_ACL;
    }

    /** The access list of what this process makes; settled once the opening is done. */
    List<ACL> acl() {
        return acl;
    }

    void begin() {
        zk.getData(
                layout.root(),
                false,
                (rc, path, context, data, stat) -> session.then(() -> foundRoot(Failure.code(rc), data, stat)),
                null);
    }

    private void foundRoot(Code code, byte[] data, Stat stat) {
        if (code == Code.NONODE) {
            create(layout.root(), format(), this::begin);
        } else if (code != Code.OK) {
            fail(code, layout.root());
        } else if (data == null || data.length == 0) {
            zk.setData(
                    layout.root(),
                    format(),
                    stat.getVersion(),
                    (rc, path, context, written) -> session.then(() -> claimed(Failure.code(rc))),
                    null);
        } else {
            String found = new String(data, US_ASCII);
            Matcher ours = OURS.matcher(found);
            if (!ours.matches()) {
                refuse(layout.root() + ": holds something that is no store of records");
            } else if (Integer.parseInt(ours.group(1)) > FORMAT) {
                refuse(layout.root() + ": a store of format " + ours.group(1) + ", newer than " + FORMAT
                        + ", which is what this version reads");
            } else {
                createAll();
            }
        }
    }

    private void claimed(Code code) {
        if (code == Code.OK || code == Code.BADVERSION) {
            begin();
        } else {
            fail(code, layout.root());
        }
    }

    private void createAll() {
        create(
                layout.records(),
                Znode.data(Znode.Kind.PARENT),
                () -> create(
                        layout.purged(), Znode.text("0"), () -> create(layout.commit(), new byte[0], this::watch)));
    }

    /** Makes a node, with its parents if they are absent; a node that is there already is left as it is. */
    private void create(String path, byte[] data, Runnable then) {
        zk.create(
                path,
                data,
                acl,
                CreateMode.PERSISTENT,
                (rc, asked, context, name) -> session.then(() -> created(Failure.code(rc), path, data, then)),
                null);
    }

    private void created(Code code, String path, byte[] data, Runnable then) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        if (code == Code.OK || code == Code.NODEEXISTS) {
            then.run();
        } else if (code == Code.INVALIDACL && !aclIsGiven && !acl.equals(ZooDefs.Ids.OPEN_ACL_UNSAFE)) {
            acl = ZooDefs.Ids.OPEN_ACL_UNSAFE;
            log.atWarn()
                    .addKeyValue("root", layout.root())
                    .log("the connection is not authenticated: everybody may read and change what is written");
            create(path, data, then);
        } else if (code == Code.NONODE && !parent.isEmpty()) {
            create(parent, new byte[0], () -> create(path, data, then));
        } else if (code == Code.NONODE) {
            refuse(path + ": the chroot of the connection does not exist");
        } else {
            fail(code, path);
        }
    }

    private void watch() {
        zk.addWatch(
                layout.root(),
                session.watcher(),
                AddWatchMode.PERSISTENT_RECURSIVE,
                (rc, path, context) -> session.then(() -> watched(Failure.code(rc))),
                null);
    }

    private void watched(Code code) {
        if (code == Code.OK) {
            done.run();
        } else {
            fail(code, layout.root());
        }
    }

    private void fail(Code code, String path) {
        if (Failure.isRefusal(code)) {
            refused.accept(Failure.refusal(code, path));
        } else {
            session.lost(path + ": " + code);
        }
    }

    private void refuse(String reason) {
        refused.accept(new StoreTrouble.Refused(reason));
    }

    private static byte[] format() {
        return Znode.text(NAME + FORMAT);
    }
}
