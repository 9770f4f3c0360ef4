package dev.steward.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source whose connections can be made to fail where it matters, and do not say of which driver they are. Safe for use by many threads. */
final class Breakable implements DataSource {
    /** What happens instead of a commit. */
    interface Commit {
        void of(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private volatile Commit commit = Connection::commit;
    private volatile Connection newest;

    Breakable(DataSource source) {
        this.source = source;
    }

    /** From now on this is done instead of a commit. */
    void instead(Commit commit) {
        this.commit = commit;
    }

    /** The connection given last. */
    Connection newest() {
        return newest;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection made = source.getConnection();
        newest = made;
        return (Connection) Proxy.newProxyInstance(
                Breakable.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        commit.of(made);
                        return null;
                    }
                    if (method.getName().equals("isWrapperFor")) {
                        return false;
                    }
                    try {
                        return method.invoke(made, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return source.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
