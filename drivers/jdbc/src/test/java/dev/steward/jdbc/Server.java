package dev.steward.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL server of all tests of this module: on the loopback, on a free port, until the JVM ends. Safe for use by many threads. */
final class Server {
    /** A role that has to say a password; all others need none. */
    static final String GUARDED = "guest";

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final EmbeddedPostgres postgres;

    private Server(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    private static final class Holder {
        static @Nullable Server server;
        static String trouble = "";

        static {
            try {
                server = new Server(start());
            } catch (IOException | RuntimeException | LinkageError failed) {
                trouble = failed.toString();
            }
        }
    }

    private static EmbeddedPostgres start() throws IOException {
        Path rules = Files.createTempFile("steward", ".hba");
        rules.toFile().deleteOnExit();
        Files.writeString(rules, "host all " + GUARDED + " all scram-sha-256\nhost all all all trust\n");
        return EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .start();
    }

    /** A server that keeps what it has acknowledged, unlike the one of all tests, which is faster. */
    static EmbeddedPostgres.Builder durable() {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
    }

    /** Leaves the test out, with a reason, where the server's binaries do not run. */
    static void assumeRuns() {
        assumeTrue(Holder.server != null, () -> "PostgreSQL does not run here: " + Holder.trouble);
    }

    static Server running() {
        assumeRuns();
        return Holder.server;
    }

    int port() {
        return postgres.getPort();
    }

    /** Connections to a schema of its own, which is empty. */
    PGSimpleDataSource newSchema() {
        String schema = "s" + SCHEMAS.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema " + schema);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return source(port(), schema);
    }

    static PGSimpleDataSource source(int port, String schema) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        source.setCurrentSchema(schema);
        return source;
    }
}
