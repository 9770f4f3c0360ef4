package dev.steward.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL behind a data source; the tables are where its connections look first. Used by one thread at a time. */
final class PostgresDatabase implements Database {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);

    /** What the shipped schema is made of. */
    static final List<Migration> MIGRATIONS = List.of(new Migration(
            1,
            List.of(
                    "create table steward_meta (id integer primary key check (id = 1), revision bigint not null,"
                            + " purged bigint not null, schema_version integer not null, incarnation text not null)",
                    "insert into steward_meta (id, revision, purged, schema_version, incarnation)"
                            + " values (1, 0, 0, 0, md5(random()::text || clock_timestamp()::text))",
                    "create table steward_record (key text collate \"C\" primary key, revision bigint not null, value bytea,"
                            + " deleted bigint, check ((value is null) = (deleted is not null)))",
                    "create index steward_record_by_revision on steward_record (revision, key)",
                    "create index steward_record_by_deletion on steward_record (deleted) where deleted is not null")));

    private static final long MIGRATION_LOCK = 0x5374657761726431L;
    /** Where each commit says that there was one. */
    static final String CHANNEL = "steward_records";

    private static final int ASKED_ANYWAY = 20;
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final String name;
    private final DataSource source;
    private final Duration patience;
    private final List<Migration> migrations;
    private @Nullable Notices notices;
    private int isolation = Connection.TRANSACTION_READ_COMMITTED; // that the connection came with
    private int looks;

    PostgresDatabase(String name, DataSource source, Duration patience, List<Migration> migrations) {
        this.name = name;
        this.source = source;
        this.patience = patience;
        this.migrations = migrations;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(
                    Runnable::run, (int) patience.plus(GRACE).toMillis());
            connection.setAutoCommit(true);
            isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(
                    Connection.TRANSACTION_READ_COMMITTED); // writers wait for one row, and see it then
            // A process that is stopped in the middle of a commit would keep all others out.
            statement.execute("set idle_in_transaction_session_timeout = " + patience.toMillis());
            statement.execute("set lock_timeout = " + patience.toMillis());
            if (setting(statement, "synchronous_commit").equals("off")) {
                statement.execute("set synchronous_commit = on");
            }
            if (setting(statement, "fsync").equals("off")) {
                log.atWarn()
                        .addKeyValue("store", name)
                        .log("the server runs with fsync=off: if its machine fails, acknowledged commits may be lost");
            }
            notices = Notices.listen(connection);
            return connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    private static String setting(Statement statement, String of) throws SQLException {
        try (ResultSet row = statement.executeQuery("show " + of)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Override
    public void release(Connection connection) throws SQLException {
        try (connection) {
            undo(connection); // it may go back to a pool
        }
    }

    /** Sets the connection back to what it was when it was given. */
    void undo(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        connection.setTransactionIsolation(isolation);
        try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten " + CHANNEL);
            statement.execute("reset idle_in_transaction_session_timeout");
            statement.execute("reset lock_timeout");
            statement.execute("reset synchronous_commit");
            connection.setNetworkTimeout(Runnable::run, 0);
        }
    }

    @Override
    public boolean hasSchema(Session session) throws SQLException {
        // Not to_regclass, which may not see what another session has made since this transaction began.
        try (ResultSet row = session.prepared("select 1 from pg_catalog.pg_tables where tablename = 'steward_meta'"
                        + " and schemaname = any (current_schemas(false))")
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
        begin(session);
        session.execute("select pg_advisory_xact_lock(" + MIGRATION_LOCK + ")");
    }

    @Override
    public void begin(Session session) throws SQLException {
        session.connection().setAutoCommit(false);
    }

    @Override
    public void commit(Session session) throws SQLException {
        session.connection().commit();
        session.connection().setAutoCommit(true);
    }

    @Override
    public void rollback(Session session) throws SQLException {
        if (!session.connection().getAutoCommit()) {
            session.connection().rollback();
            session.connection().setAutoCommit(true);
        }
    }

    @Override
    public String bump() {
        return "with counted as (update steward_meta set revision = revision + 1 where id = 1"
                + " returning revision, schema_version)"
                + " select revision, schema_version, pg_notify('" + CHANNEL + "', '') from counted";
    }

    @Override
    public String amongKeys() {
        return "key = any (string_to_array(?, '|'))";
    }

    @Override
    public String amongPrefixes() {
        return "exists (select 1 from unnest(string_to_array(?, '|')) p where starts_with(r.key, p))";
    }

    @Override
    public String inRange() {
        return "r.key >= ? and r.key < ?"; // a planner with statistics knows better
    }

    @Override
    public String keys(Iterable<String> keys) {
        return String.join("|", keys); // which no key has
    }

    @Override
    public String page(String condition) {
        return "select m.revision, m.purged, r.key, r.revision, r.value, r.deleted"
                + " from steward_meta m left join (select * from steward_record r where " + condition
                + " order by r.revision limit ?) r on true where m.id = 1 order by r.revision";
    }

    @Override
    public boolean mayHaveNews() throws SQLException {
        looks++;
        // To ask now and then costs little, and helps where notices are lost on their way.
        return notices == null || notices.any() || looks % ASKED_ANYWAY == 0;
    }

    @Override
    public void beginReading(Session session) throws SQLException {
        session.connection().setAutoCommit(false); // else the driver fetches everything, whatever the size of a portion
    }

    @Override
    public void endReading(Session session) throws SQLException {
        rollback(session);
    }

    @Override
    public boolean batches() {
        return true;
    }

    @Override
    public void checkInPlace() {
        // a server knows where its files are
    }

    @Override
    public Fault faultOf(SQLException error) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P") || state.isEmpty()) {
            return Fault.LOST;
        }
        if (state.equals("40003")) {
            return Fault.DOUBTFUL; // "statement completion unknown"
        }
        if (state.startsWith("23") || state.startsWith("40")) {
            return Fault.CONFLICT;
        }
        boolean lasting =
                state.startsWith("22") || state.startsWith("54") || state.startsWith("XX0") || state.equals("42501");
        return lasting ? Fault.LASTING : Fault.PASSING;
    }
}
