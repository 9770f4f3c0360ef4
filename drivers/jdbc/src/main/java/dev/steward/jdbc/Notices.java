package dev.steward.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL says of the commits of other processes, as far as the connection is of PostgreSQL's own driver. That one is called by its
 * names: JDBC has no notices, and a store needs no certain driver. Not safe for use by many threads.
 */
final class Notices {
    private final Object connection;
    private final Method arrived;
    private final Method sender;
    private final int self;

    private Notices(Class<?> type, Object connection) throws ReflectiveOperationException {
        this.connection = connection;
        this.arrived = type.getMethod("getNotifications");
        this.sender = arrived.getReturnType().getComponentType().getMethod("getPID");
        this.self = (int) type.getMethod("getBackendPID").invoke(connection);
    }

    /** Begins to listen, if the connection can; else null. */
    static @Nullable Notices listen(Connection connection) throws SQLException {
        try {
            Class<?> type = Class.forName("org.postgresql.PGConnection");
            if (!connection.isWrapperFor(type)) {
                return null;
            }
            Notices notices = new Notices(type, connection.unwrap(type));
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen " + PostgresDatabase.CHANNEL);
            }
            return notices;
        } catch (ReflectiveOperationException | LinkageError anotherDriver) {
            return null;
        }
    }

    /** Whether another connection has committed since this was asked last; takes what has arrived, and waits for nothing. */
    boolean any() throws SQLException {
        try {
            Object[] all = (Object[]) arrived.invoke(connection);
            boolean others = false;
            for (int i = 0; all != null && i < all.length; i++) {
                others |= (int) sender.invoke(all[i]) != self;
            }
            return others;
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof SQLException trouble ? trouble : new SQLException(thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new SQLException(impossible);
        }
    }
}
