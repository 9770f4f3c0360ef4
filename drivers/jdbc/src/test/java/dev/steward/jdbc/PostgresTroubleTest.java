package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.all;
import static dev.steward.jdbc.Ask.commit;
import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static dev.steward.jdbc.Ask.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Trouble with a PostgreSQL server, and what the store makes of it. */
@Timeout(60)
class PostgresTroubleTest {
    private static final JdbcOptions IMPATIENT = JdbcOptions.defaults().withPatience(Duration.ofMillis(300));

    private final PGSimpleDataSource source = Server.running().newSchema();
    private final Breakable breakable = new Breakable(source);

    @BeforeAll
    static void needsServer() {
        Server.assumeRuns();
    }

    private RecordStore open(JdbcOptions options) {
        return PostgresRecordStore.open("trouble", breakable, TimeSource.system(), options);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement direct = connection.createStatement()) {
            direct.execute(statement);
        }
    }

    private static String setting(Connection connection, String of) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show " + of)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    // ---- opening

    @Test
    void does_not_open_without_a_server() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        source.setPortNumbers(new int[] {free});

        assertThatThrownBy(() -> open(IMPATIENT))
                .isInstanceOfSatisfying(
                        StoreOpenException.class,
                        refusal -> assertThat(refusal.store()).isEqualTo("trouble"))
                .hasMessageContaining("127.0.0.1:" + free + " refused");
    }

    @Test
    void does_not_open_with_wrong_credentials_and_does_not_tell_them() throws SQLException {
        sql("drop role if exists " + Server.GUARDED);
        sql("create role " + Server.GUARDED + " login password 'right'");
        PGSimpleDataSource guest = Server.source(Server.running().port(), "public");
        guest.setUser(Server.GUARDED);
        guest.setPassword("planted-secret");

        assertThatThrownBy(() -> PostgresRecordStore.open("guarded", guest, TimeSource.system()))
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("guarded: FATAL: password authentication failed for user \"guest\"")
                .satisfies(refusal -> {
                    StringWriter everything = new StringWriter();
                    refusal.printStackTrace(new PrintWriter(everything));
                    assertThat(everything.toString()).doesNotContain("planted-secret");
                });
    }

    @Test
    void does_not_open_where_it_may_not_make_tables() throws SQLException {
        source.setReadOnly(true);

        assertThatThrownBy(() -> open(IMPATIENT))
                .isInstanceOf(StoreOpenException.class)
                .hasMessageContaining("read-only");
    }

    // ---- settings

    @Test
    void turns_durable_commits_on_and_gives_the_connection_back_as_it_was() throws SQLException {
        source.setOptions("-c synchronous_commit=off -c default_transaction_isolation=serializable");
        try (Connection pooled = source.getConnection()) {
            String locks = setting(pooled, "lock_timeout");
            String idle = setting(pooled, "idle_in_transaction_session_timeout");
            var database = new PostgresDatabase("set", source, Duration.ofSeconds(7), PostgresDatabase.MIGRATIONS);

            Connection connection = database.connect();
            assertThat(setting(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(connection, "transaction_isolation")).isEqualTo("read committed");
            assertThat(setting(connection, "lock_timeout")).isEqualTo("7s");
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo("7s");
            assertThat(connection.getNetworkTimeout()).isPositive();

            database.undo(connection);
            assertThat(setting(connection, "synchronous_commit")).isEqualTo("off");
            assertThat(setting(connection, "transaction_isolation")).isEqualTo("serializable");
            assertThat(setting(connection, "lock_timeout")).isEqualTo(locks);
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo(idle);
            assertThat(connection.getNetworkTimeout()).isZero();
            connection.close();
        }
    }

    // ---- while it is open

    @Test
    void is_unavailable_when_the_connection_is_lost_and_connects_again() throws SQLException {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            sql("select pg_terminate_backend(" + pid(breakable.newest()) + ", 10000)");

            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unavailable.class);
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
        }
    }

    @Test
    void refuses_everything_when_the_store_was_set_back_until_it_is_opened_anew() throws SQLException {
        refusedAfter("update steward_meta set revision = 1", "set back from revision 2 to 1");
    }

    @Test
    void refuses_everything_when_another_store_stands_in_its_place_until_it_is_opened_anew() throws SQLException {
        refusedAfter("update steward_meta set incarnation = 'another', revision = 50", "incarnation another, not ");
    }

    private void refusedAfter(String change, String reason) throws SQLException {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            committed(store, creating("b", "1"));
            sql(change);
            sql("select pg_terminate_backend(" + pid(breakable.newest()) + ", 10000)");
            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unavailable.class);

            for (int i = 0; i < 2; i++) {
                assertThat(commit(store, putting("a", 1, "2")))
                        .isInstanceOfSatisfying(
                                StoreTrouble.Refused.class,
                                refused -> assertThat(refused.reason()).contains(reason, "open it anew"));
                sql("update steward_meta set revision = 100");
            }
        }
        try (RecordStore store = open(JdbcOptions.defaults())) {
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(101);
        }
    }

    @Test
    void does_not_know_when_the_connection_is_lost_after_the_commit() {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            breakable.instead(connection -> {
                connection.commit();
                connection.abort(Runnable::run);
                throw new SQLException("planted: connection lost", "08006");
            });
            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unknown.class);
            breakable.instead(Connection::commit);

            assertThat(all(store).get("a").value().toUtf8()).isEqualTo("2");
            assertThat(commit(store, putting("a", 1, "3"))).isInstanceOf(CommitAnswer.Conflict.class);
        }
    }

    @Test
    void does_not_know_when_the_connection_is_lost_before_the_commit_arrives() {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            breakable.instead(connection -> {
                connection.abort(Runnable::run);
                throw new SQLException("planted: connection lost", "08006");
            });
            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unknown.class);
            breakable.instead(Connection::commit);

            assertThat(all(store).get("a").value().toUtf8()).isEqualTo("1");
            assertThat(committed(store, putting("a", 1, "3"))).isEqualTo(2);
        }
    }

    @Test
    void does_not_know_when_the_server_does_not_say_what_became_of_the_commit() {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            breakable.instead(connection -> {
                connection.commit();
                throw new SQLException("planted: statement completion unknown", "40003");
            });
            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unknown.class);
            breakable.instead(Connection::commit);

            assertThat(committed(store, putting("a", 2, "3"))).isEqualTo(3);
        }
    }

    @Test
    void tells_a_conflict_when_the_server_gives_another_transaction_way() {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            breakable.instead(connection -> {
                throw new SQLException("planted: could not serialize access", "40001");
            });

            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(CommitAnswer.Conflict.class);
            breakable.instead(Connection::commit);
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
        }
    }

    @Test
    void is_unavailable_while_somebody_else_holds_the_store() throws SQLException {
        try (RecordStore store = open(IMPATIENT);
                Connection other = source.getConnection();
                Statement direct = other.createStatement()) {
            committed(store, creating("a", "1"));
            other.setAutoCommit(false);
            direct.execute("update steward_meta set revision = revision + 1");

            assertThat(commit(store, putting("a", 1, "2"))).isInstanceOf(StoreTrouble.Unavailable.class);
            assertThat(all(store)).containsOnlyKeys("a");
            other.rollback();
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
        }
    }

    @Test
    void lets_the_others_go_on_when_a_process_stands_still_in_the_middle_of_a_commit() {
        try (RecordStore stuck = open(IMPATIENT);
                RecordStore other = PostgresRecordStore.open("other", source, TimeSource.system())) {
            committed(stuck, creating("a", "1"));
            breakable.instead(connection -> {
                assertThat(committed(other, putting("a", 1, "of the other"))).isEqualTo(2);
                connection.commit();
            });

            assertThat(commit(stuck, putting("a", 1, "2")))
                    .isInstanceOfSatisfying(
                            StoreTrouble.Unavailable.class,
                            trouble -> assertThat(trouble.reason()).contains("idle-in-transaction timeout"));
            breakable.instead(Connection::commit);
            assertThat(all(stuck)).isEqualTo(all(other));
            assertThat(committed(stuck, putting("a", 2, "3"))).isEqualTo(3);
        }
    }

    @Test
    void refuses_what_it_is_not_allowed_to_do() throws SQLException {
        try (RecordStore store = open(JdbcOptions.defaults())) {
            committed(store, creating("a", "1"));
            sql("drop role if exists reader");
            sql("create role reader login");
            sql("grant usage on schema " + source.getCurrentSchema() + " to reader");
            sql("grant select on steward_meta, steward_record to reader");
        }
        source.setUser("reader");
        try (RecordStore store = open(JdbcOptions.defaults())) {
            assertThat(all(store)).containsOnlyKeys("a");
            assertThat(commit(store, putting("a", 1, "2")))
                    .isInstanceOfSatisfying(
                            StoreTrouble.Refused.class,
                            refused -> assertThat(refused.reason()).contains("permission denied"));
        }
    }
}
