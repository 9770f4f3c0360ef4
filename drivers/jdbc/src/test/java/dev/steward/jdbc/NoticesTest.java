package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a PostgreSQL store hears of the commits of others. */
@Timeout(60)
class NoticesTest {
    private final DataSource source = Server.running().newSchema();

    @BeforeAll
    static void needsServer() {
        Server.assumeRuns();
    }

    @Test
    void are_of_the_commits_of_others() throws SQLException {
        try (RecordStore store = PostgresRecordStore.open("heard", source, TimeSource.system());
                Connection connection = source.getConnection()) {
            Notices notices = Notices.listen(connection);
            assertThat(notices.any()).isFalse();

            committed(store, creating("a", "1"));
            awaitAny(notices);

            assertThat(notices.any()).isFalse();
        }
    }

    @Test
    void are_not_of_its_own() throws SQLException {
        try (RecordStore store = PostgresRecordStore.open("heard", source, TimeSource.system());
                Connection connection = source.getConnection()) {
            Notices notices = Notices.listen(connection);
            try (var statement = connection.createStatement()) {
                statement.execute("notify " + PostgresDatabase.CHANNEL);
            }
            assertThat(notices.any()).isFalse();

            committed(store, creating("a", "1"));
            awaitAny(notices);
        }
    }

    @Test
    void are_done_without_where_the_driver_is_another() throws InterruptedException {
        LinkedBlockingQueue<String> hints = new LinkedBlockingQueue<>();
        JdbcOptions options = JdbcOptions.defaults().withLook(Duration.ofMillis(10));
        try (RecordStore store = PostgresRecordStore.open("heard", source, TimeSource.system());
                RecordStore deaf =
                        PostgresRecordStore.open("deaf", new Breakable(source), TimeSource.system(), options)) {
            committed(deaf, creating("a", "1"));
            deaf.onHint(() -> hints.add("hint"));

            committed(store, creating("b", "1"));

            assertThat(hints.poll(30, TimeUnit.SECONDS)).isEqualTo("hint");
        }
    }

    private static void awaitAny(Notices notices) throws SQLException {
        TimeSource time = TimeSource.system();
        long begun = time.nanos();
        while (!notices.any()) {
            assertThat(time.nanos() - begun).isLessThan(TimeUnit.SECONDS.toNanos(30));
            LockSupport.parkNanos(1_000_000);
        }
    }
}
