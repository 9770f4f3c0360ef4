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
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A store in a PostgreSQL database, for processes on several machines.
 *
 * <p>It takes one connection of the data source and keeps it; {@link #close} gives it back. The tables {@code steward_record} and
 * {@code steward_meta} stand in the schema that the connection's {@code search_path} names first, and are made if there are none.
 *
 * <p><b>Durability.</b> A commit is acknowledged when the server says that it is done, with {@code synchronous_commit} turned on if it was off. A
 * server that runs with {@code fsync=off} promises nothing; that is a line in the log.
 *
 * <p><b>Threads.</b> Safe for use by many threads. The store has one daemon thread of its own, {@code steward-} and its name, on which all
 * answers and hints come; {@link #close} stops it when it has
 * done what it was asked for. A call that finds too many before it is answered as unavailable at once.
 *
 * <p><b>Hints.</b> Commits of other processes are told by {@code NOTIFY}, looked for every {@linkplain JdbcOptions#look() few} milliseconds without
 * asking the server, if the connections are of PostgreSQL's own driver or unwrap to it; else the server is asked.
 *
 * <p><b>Trouble.</b> A server that cannot be reached is {@linkplain dev.steward.store.StoreTrouble.Unavailable unavailable}, and one that is lost
 * between a commit and its answer {@linkplain dev.steward.store.StoreTrouble.Unknown unknown}; the store connects again by itself, after waits
 * that grow to five seconds. If it then finds another store in its place, or this one set back to an earlier revision (restored, or failed over
 * with a loss), every call is {@linkplain dev.steward.store.StoreTrouble.Refused refused} until it is opened anew. A process that is stopped in the middle of a commit loses its connection after the
 * {@linkplain JdbcOptions#patience() patience}, so that it does not keep the others out.
 */
public final class PostgresRecordStore implements RecordStore {
    private final SqlStore store;

    private PostgresRecordStore(SqlStore store) {
        this.store = store;
    }

    /**
     * Connects, and makes the tables if there are none.
     *
     * @param name the store in messages, and in the name of its thread; not empty
     * @param source gives connections to the database, with the rights to make tables the first time
     * @param time stamps deletions, so that they are remembered for an hour
     * @throws StoreOpenException if there is no server, it does not let us in, or the tables are of a newer version
     */
    public static PostgresRecordStore open(String name, DataSource source, TimeSource time) {
        return open(name, source, time, JdbcOptions.defaults());
    }

    /** The same with options. */
    public static PostgresRecordStore open(String name, DataSource source, TimeSource time, JdbcOptions options) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the name is empty");
        }
        requireNonNull(source, "source");
        return open(new PostgresDatabase(name, source, options.patience(), PostgresDatabase.MIGRATIONS), time, options);
    }

    static PostgresRecordStore open(PostgresDatabase database, TimeSource time, JdbcOptions options) {
        requireNonNull(time, "time");
        return new PostgresRecordStore(new SqlStore("steward-" + database.name(), database, options, time));
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
