package dev.steward.curator;

import dev.steward.store.Batch;
import dev.steward.store.RecordValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.data.ACL;
import org.jspecify.annotations.Nullable;

/**
 * One batch as the operations of one transaction: by the mirror, the missing folders included, the commit node last. Belongs to the store's
 * thread.
 */
final class Transaction {
    private static final int PER_OP = 64; // what an operation takes beside its path, data and access list
    private static final int PER_ENTRY = 64;
    private static final int LONGEST_ID = 128;

    private final Layout layout;
    private final Mirror mirror;
    private final List<ACL> acl;
    private final List<Op> ops = new ArrayList<>();
    private final Map<String, Znode> left = new LinkedHashMap<>(); // what it leaves, but for its number
    private long bytes;
    private int folders;

    private Transaction(Layout layout, Mirror mirror, List<ACL> acl) {
        this.layout = layout;
        this.mirror = mirror;
        this.acl = acl;
    }

    /** The operations of a batch all of whose keys are as expected. */
    static Transaction of(Batch batch, Layout layout, Mirror mirror, List<ACL> acl) {
        Transaction made = new Transaction(layout, mirror, acl);
        List<Batch.Op> folderFirst = new ArrayList<>(batch.changes());
        folderFirst.sort(Comparator.comparing(Batch.Op::key)); // a key is less than those below it
        folderFirst.forEach(made::add);
        made.addMarker(batch.id());
        return made;
    }

    /** The operations that make the folders of a batch alone, as many of them as fit. */
    static Transaction ofFolders(Batch batch, Layout layout, Mirror mirror, List<ACL> acl, long mostBytes) {
        Transaction made = new Transaction(layout, mirror, acl);
        List<String> keys = new ArrayList<>();
        batch.changes().forEach(change -> keys.add(change.key()));
        keys.sort(Comparator.naturalOrder());
        for (String key : keys) {
            if (made.ops.size() < Batch.MOST_CHANGES && made.bytes < mostBytes / 2) {
                made.addFolders(key);
            }
        }
        made.addMarker("folders");
        return made;
    }

    List<Op> ops() {
        return ops;
    }

    Map<String, Znode> left() {
        return left;
    }

    /** About how many bytes the request takes, rather more than less. */
    long bytes() {
        return bytes;
    }

    /** How many folders it makes. */
    int folders() {
        return folders;
    }

    private void add(Batch.Op change) {
        String key = change.key();
        Znode before = mirror.latest(key);
        if (change instanceof Batch.Require) {
            ops.add(Op.check(layout.path(key), before == null ? -1 : before.version()));
            count(key, 0);
        } else if (change instanceof Batch.Create create) {
            write(key, before, Znode.Kind.RECORD, create.value());
        } else if (change instanceof Batch.Put put) {
            write(key, before, Znode.Kind.RECORD, put.value());
        } else {
            write(key, before, Znode.Kind.DELETED, Znode.NOTHING);
        }
    }

    private void write(String key, @Nullable Znode before, Znode.Kind kind, RecordValue value) {
        byte[] data = kind == Znode.Kind.RECORD ? Znode.data(value) : Znode.data(kind);
        if (before == null) {
            addFolders(key);
            create(key, kind, data, value);
        } else {
            ops.add(Op.setData(layout.path(key), data, before.version()));
            left.put(key, new Znode(kind, 0, before.version() + 1, 0, value));
            count(key, data.length);
        }
    }

    private void addFolders(String key) {
        for (String above : Layout.above(key)) {
            if (mirror.latest(above) == null && !left.containsKey(above)) {
                create(above, Znode.Kind.PARENT, Znode.data(Znode.Kind.PARENT), Znode.NOTHING);
                folders++;
            }
        }
    }

    private void create(String key, Znode.Kind kind, byte[] data, RecordValue value) {
        ops.add(Op.create(layout.path(key), data, acl, CreateMode.PERSISTENT));
        left.put(key, new Znode(kind, 0, 0, 0, value));
        count(key, data.length + PER_ENTRY * acl.size());
    }

    private void addMarker(String id) {
        String shown = id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
        ops.add(Op.setData(layout.commit(), shown.getBytes(StandardCharsets.UTF_8), -1));
        count("", shown.length() * 3);
    }

    private void count(String key, int data) {
        bytes += layout.records().length() + key.length() + data + PER_OP;
    }
}
