package dev.steward.jdbc;

import static java.util.Objects.requireNonNull;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A store in one SQLite file: durable, without a server, for the processes of one machine.
 *
 * <p><b>Durability.</b> A commit is acknowledged when it is on disk: the log beside the file is synchronised for each. The file lies on a local
 * file system; those of a network do not keep the promises that SQLite builds on.
 *
 * <p><b>Threads.</b> Safe for use by many threads. The store has one daemon thread of its own, {@code steward-sqlite-} and the name of the file,
 * on which all answers and hints come; {@link #close} stops it when it has
 * done what it was asked for. A call that finds too many before it is answered as unavailable at once.
 *
 * <p><b>Trouble.</b> A full disk, a file that has become read-only, and another process that holds the file for longer than the
 * {@linkplain JdbcOptions#patience() patience} are {@linkplain dev.steward.store.StoreTrouble.Unavailable unavailable}; what was committed stays
 * readable. A file that has been taken away or replaced while it was open is neither read nor written any more: that is unavailable, too, until
 * the file is back in its place or the store is opened anew.
 */
public final class SqliteRecordStore implements RecordStore {
    private final SqlStore store;

    private SqliteRecordStore(SqlStore store) {
        this.store = store;
    }

    /**
     * Opens the store, and makes the file if there is none, for its owner only.
     *
     * @param file lies in a folder that exists and may be written to; a log and an index come to stand beside it
     * @param time stamps deletions, so that they are remembered for an hour
     * @throws StoreOpenException if the file cannot be made or used, or is no store, or a broken one, or one of a newer version; it has been
     *     left as it is
     */
    public static SqliteRecordStore open(Path file, TimeSource time) {
        return open(file, time, JdbcOptions.defaults());
    }

    /** The same with options. */
    public static SqliteRecordStore open(Path file, TimeSource time, JdbcOptions options) {
        return open(new SqliteDatabase(requireNonNull(file, "file"), options.patience()), time, options);
    }

    static SqliteRecordStore open(SqliteDatabase database, TimeSource time, JdbcOptions options) {
        requireNonNull(time, "time");
        try {
            database.checkBeforeOpening();
        } catch (SQLException failed) {
            throw new StoreOpenException(database.name(), String.valueOf(failed.getMessage()), failed);
        }
        String thread = "steward-sqlite-" + Path.of(database.name()).getFileName();
        return new SqliteRecordStore(new SqlStore(thread, database, options, time));
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        store.commit(batch, then);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        store.changes(query, then);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        store.read(keys, then);
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        return store.onHint(hint);
    }

    @Override
    public void close() {
        store.close();
    }
}
