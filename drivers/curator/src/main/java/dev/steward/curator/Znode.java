package dev.steward.curator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.steward.store.RecordValue;
import java.util.Arrays;
import org.apache.zookeeper.data.Stat;

/**
 * What is known of the node of one key, as one transaction left it. Immutable.
 *
 * <p>The first byte of a node's data says what it is, for a node may be there only because others are below it, and a deleted record
 * stays for a while as a mark. Whatever else stands there is not ours, and {@link Kind#UNREADABLE}.
 *
 * @param revision the transaction that wrote it
 * @param version the data version, which ZooKeeper compares
 * @param mtime when it was written, by the servers' clock
 * @param value what a record holds, else nothing
 */
record Znode(Kind kind, long revision, int version, long mtime, RecordValue value) {
    enum Kind {
        RECORD('R'),
        DELETED('D'),
        PARENT('P'),
        UNREADABLE('?'),
        ABSENT('-');

        private final byte mark;

        Kind(char mark) {
            this.mark = (byte) mark;
        }
    }

    static final RecordValue NOTHING = RecordValue.of();

    /** The key has no node. */
    static Znode absent(long revision) {
        return new Znode(Kind.ABSENT, revision, -1, 0, NOTHING);
    }

    /** A node that cannot be read or makes no sense. */
    static Znode unreadable(long revision, int version) {
        return new Znode(Kind.UNREADABLE, revision, version, 0, NOTHING);
    }

    /** What ZooKeeper showed. */
    static Znode of(byte[] data, Stat stat) {
        for (Kind kind : new Kind[] {Kind.RECORD, Kind.DELETED, Kind.PARENT}) {
            if (data.length >= 1 && data[0] == kind.mark && (kind == Kind.RECORD || data.length == 1)) {
                RecordValue value =
                        data.length == 1 ? NOTHING : RecordValue.of(Arrays.copyOfRange(data, 1, data.length));
                return new Znode(kind, stat.getMzxid(), stat.getVersion(), stat.getMtime(), value);
            }
        }
        return unreadable(stat.getMzxid(), stat.getVersion());
    }

    boolean isRecord() {
        return kind == Kind.RECORD;
    }

    boolean exists() {
        return kind != Kind.ABSENT;
    }

    /** The same, as this transaction left it. */
    Znode at(long transaction, long millis) {
        return new Znode(kind, transaction, version, millis, value);
    }

    static byte[] data(RecordValue value) {
        byte[] bytes = value.toByteArray();
        byte[] data = new byte[bytes.length + 1];
        data[0] = Kind.RECORD.mark;
        System.arraycopy(bytes, 0, data, 1, bytes.length);
        return data;
    }

    static byte[] data(Kind kind) {
        return new byte[] {kind.mark};
    }

    static byte[] text(String text) {
        return text.getBytes(US_ASCII);
    }
}
