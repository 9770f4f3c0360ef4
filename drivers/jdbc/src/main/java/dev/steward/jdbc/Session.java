package dev.steward.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, and the statements that are prepared on it. Not safe for use by many threads, but for {@link #abort}. */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final int MOST_STATEMENTS = 32;

    private final Database database;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private boolean lost;

    Session(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The statement, prepared; it is used again, so whoever takes it closes what it answers, and not the statement. */
    PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) {
            return known;
        }
        if (statements.size() >= MOST_STATEMENTS) {
            var oldest = statements.entrySet().iterator();
            PreparedStatement dropped = oldest.next().getValue();
            oldest.remove();
            dropped.close();
        }
        PreparedStatement made = connection.prepareStatement(sql);
        statements.put(sql, made);
        return made;
    }

    void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** Closes all statements; an error may have left any of them useless. */
    void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException closed) {
                log.atDebug().setCause(closed).log("{}: a statement could not be closed", database.name());
            }
        }
        statements.clear();
    }

    /** Says that the connection is of no use any more. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** Breaks the connection off, from any thread, so that whoever waits for it is told. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failed) {
            log.atWarn().setCause(failed).log("{}: the connection could not be broken off", database.name());
        }
    }

    void close() {
        forgetStatements();
        try {
            database.release(connection);
        } catch (SQLException failed) {
            log.atDebug().setCause(failed).log("{}: the connection could not be closed in order", database.name());
        }
    }
}
