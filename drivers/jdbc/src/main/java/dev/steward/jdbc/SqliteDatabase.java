package dev.steward.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** SQLite in one file, with a write-ahead log beside it that is on disk before a commit is acknowledged. Used by one thread at a time. */
class SqliteDatabase implements Database {
    /** What the shipped schema is made of. */
    static final List<Migration> MIGRATIONS = List.of(new Migration(
            1,
            List.of(
                    "create table steward_meta (id integer primary key check (id = 1), revision integer not null,"
                            + " purged integer not null, schema_version integer not null, incarnation text not null)",
                    "insert into steward_meta (id, revision, purged, schema_version, incarnation)"
                            + " values (1, 0, 0, 0, lower(hex(randomblob(16))))",
                    "create table steward_record (key text primary key not null, revision integer not null, value blob,"
                            + " deleted integer, check ((value is null) = (deleted is not null)))",
                    "create index steward_record_by_revision on steward_record (revision, key)",
                    "create index steward_record_by_deletion on steward_record (deleted) where deleted is not null")));

    private static final String BEGIN = "begin immediate";
    private static final int LOG_KEPT = 64 << 20;

    private final SqliteFile file;
    private final Duration patience;
    private final String synchronous;
    private final List<Migration> migrations;

    SqliteDatabase(Path file, Duration patience) {
        this(file, patience, "full", MIGRATIONS);
    }

    SqliteDatabase(Path file, Duration patience, String synchronous, List<Migration> migrations) {
        this.file = new SqliteFile(file);
        this.patience = patience;
        this.synchronous = synchronous;
        this.migrations = migrations;
    }

    @Override
    public String name() {
        return file.toString();
    }

    /** @throws StoreOpenException if the file is not one that this may write to */
    void checkBeforeOpening() throws SQLException {
        file.check(this);
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = connect(false, file.toString());
        try (Statement statement = connection.createStatement()) {
            try (ResultSet mode = statement.executeQuery("pragma journal_mode = wal")) {
                String found = mode.next() ? mode.getString(1) : "none";
                if (!found.equals("wal")) {
                    throw new StoreOpenException(name(), "its file system has no write-ahead log, but " + found, null);
                }
            }
            statement.execute("pragma synchronous = " + synchronous);
            statement.execute("pragma journal_size_limit = " + LOG_KEPT);
            file.remember();
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    /** A connection that writes nothing, and, if so wished, does not look at the log either. */
    Connection look(boolean withoutLog) throws SQLException {
        return connect(true, withoutLog ? file.uri() + "?immutable=1" : file.toString());
    }

    private Connection connect(boolean readOnly, String what) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout((int) patience.toMillis());
        return config.createConnection("jdbc:sqlite:" + what);
    }

    @Override
    public void release(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean hasSchema(Session session) throws SQLException {
        try (ResultSet row = session.prepared("select 1 from sqlite_master where name = 'steward_meta'")
                .executeQuery()) {
            return row.next();
        }
    }

    @Override
    public List<Migration> migrations() {
        return migrations;
    }

    @Override
    public void beginMigration(Session session) throws SQLException {
        session.execute(BEGIN);
    }

    @Override
    public void begin(Session session) throws SQLException {
        session.execute(BEGIN);
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.execute("commit");
    }

    @Override
    public void rollback(Session session) {
        try {
            session.execute("rollback");
        } catch (SQLException noTransaction) {
            session.forgetStatements(); // some errors have rolled it back already; if this one has not, the next begin
            // says so
        }
    }

    @Override
    public String bump() {
        return "update steward_meta set revision = revision + 1 where id = 1 returning revision, schema_version";
    }

    @Override
    public String amongKeys() {
        return "key in (select value from json_each(?))";
    }

    @Override
    public String amongPrefixes() {
        return "exists (select 1 from json_each(?) p where substr(r.key, 1, length(p.value)) = p.value)";
    }

    @Override
    public String inRange() {
        return "+r.key >= ? and +r.key < ?"; // else it goes by the key, and sorts all values of the range for each page
    }

    @Override
    public String keys(Iterable<String> keys) {
        String list = String.join("\",\"", keys); // no character of a key has a meaning in JSON
        return list.isEmpty() ? "[]" : "[\"" + list + "\"]";
    }

    @Override
    public String page(String condition) {
        return "select m.revision, m.purged, r.key, r.revision, r.value, r.deleted"
                + " from steward_meta m left join steward_record r on " + condition
                + " where m.id = 1 order by r.revision limit ?";
    }

    @Override
    public boolean mayHaveNews() {
        return true; // to ask is all that there is, and cheap
    }

    @Override
    public void beginReading(Session session) {
        // rows come one by one in any case
    }

    @Override
    public void endReading(Session session) {
        // as it has not begun
    }

    @Override
    public boolean batches() {
        return false; // there is no way to save, and a batch of this driver loses the number of an error
    }

    @Override
    public void checkInPlace() throws SQLException {
        file.checkInPlace();
    }

    static SQLiteErrorCode codeOf(SQLException error) {
        return SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xFF);
    }

    @Override
    public Fault faultOf(SQLException error) {
        return switch (codeOf(error)) {
            case SQLITE_CONSTRAINT -> Fault.CONFLICT;
            case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_TOOBIG, SQLITE_AUTH, SQLITE_PERM -> Fault.LASTING;
            case SQLITE_IOERR, SQLITE_NOMEM, SQLITE_INTERNAL, SQLITE_INTERRUPT, SQLITE_PROTOCOL -> Fault.DOUBTFUL;
            default -> Fault.PASSING;
        };
    }
}
