package dev.steward.jdbc;

import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line to the database: one connection at a time, made anew when it is lost, with growing waits while that fails. Where a new connection finds
 * another store, or the same one set back, there is none any more: what is known of the old one would be wrong. Not safe for use by many threads,
 * but for {@link #abort}.
 */
final class Line {
    private static final Logger log = LoggerFactory.getLogger(Line.class);
    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(5)).withJitter(0.2);

    private static final String STATE = "select incarnation, revision from steward_meta where id = 1";

    private final Database database;
    private final TimeSource time;
    private volatile @Nullable Session session;
    private int failures;
    private long againAt;
    private String trouble = "";
    private String incarnation = ""; // of the first connection
    private long reached; // the newest revision that anybody was told of
    private String replaced = ""; // why there is no connection any more

    /** A line that stands; made by {@link #open}. */
    Line(Database database, TimeSource time) {
        this.database = database;
        this.time = time;
    }

    /**
     * Makes the first connection, and the tables if there are none.
     *
     * @throws StoreOpenException if that fails
     */
    void open() {
        try {
            session = connected();
        } catch (SQLException failed) {
            throw new StoreOpenException(database.name(), String.valueOf(failed.getMessage()), failed);
        }
    }

    private Session connected() throws SQLException {
        Session made = new Session(database, database.connect());
        try {
            Schema.bringUpToDate(database, made);
            checkSame(made);
            return made;
        } catch (SQLException | RuntimeException failed) {
            made.close();
            throw failed;
        }
    }

    private void checkSame(Session made) throws SQLException {
        try (ResultSet row = made.prepared(STATE).executeQuery()) {
            if (!row.next()) {
                throw new SQLException("steward_meta has no row", "58000");
            }
            String found = row.getString(1);
            long revision = row.getLong(2);
            if (incarnation.isEmpty()) {
                incarnation = found;
            } else if (!incarnation.equals(found)) {
                replaced = "another store stands in its place (incarnation " + found + ", not " + incarnation
                        + "): open it anew";
            } else if (revision < reached) {
                replaced = "it was set back from revision " + reached + " to " + revision
                        + " (restored, or failed over with a loss): open it anew";
            }
        }
        checkNotReplaced();
    }

    private void checkNotReplaced() {
        if (!replaced.isEmpty()) {
            throw new StoreOpenException(database.name(), replaced, null);
        }
    }

    /** Takes note of how far the store is. */
    void reached(long revision) {
        reached = Math.max(reached, revision);
    }

    /**
     * The connection, if need be a new one.
     *
     * @throws SQLException if there is none, or not yet again
     * @throws StoreOpenException if what there is now is not to be used
     */
    Session session() throws SQLException {
        Session standing = session;
        if (standing != null) {
            return standing;
        }
        checkNotReplaced();
        long now = time.nanos();
        if (failures > 0 && now - againAt < 0) {
            throw new SQLException("not connected: " + trouble, "08001");
        }
        try {
            Session made = connected();
            log.atInfo()
                    .addKeyValue("store", database.name())
                    .addKeyValue("failures", failures)
                    .log("connected again");
            failures = 0;
            session = made;
            return made;
        } catch (SQLException | RuntimeException failed) {
            failures++;
            againAt = time.nanos()
                    + BACKOFF.delay(failures, RandomGenerator.getDefault()).toNanos();
            trouble = String.valueOf(failed.getMessage());
            throw failed;
        }
    }

    /** Drops the connection if it is of no use any more. */
    void dropIfLost() {
        Session standing = session;
        if (standing != null && standing.isLost()) {
            log.atWarn().addKeyValue("store", database.name()).log("connection lost");
            drop();
        }
    }

    /** Has everything prepared anew, if there is a connection. */
    void forgetStatements() {
        Session standing = session;
        if (standing != null) {
            standing.forgetStatements();
        }
    }

    /** Drops the connection. */
    void drop() {
        Session standing = session;
        if (standing != null) {
            session = null;
            standing.close();
        }
    }

    /** Breaks off whatever the connection is at; from any thread. */
    void abort() {
        Session standing = session;
        if (standing != null) {
            standing.abort();
        }
    }
}
