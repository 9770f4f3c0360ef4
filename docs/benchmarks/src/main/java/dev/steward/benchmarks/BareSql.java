package dev.steward.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Updates of rows of a plain table through one connection, one row or a hundred for each commit. */
final class BareSql implements BareWrites {
    private final Connection connection;
    private final PreparedStatement update;
    private final int rows;
    private int next;

    /**
     * Makes a table of so many rows.
     *
     * @param settings run first, so that a commit promises what one of ours does
     * @param bytes the type of a column of bytes
     */
    BareSql(Connection connection, List<String> settings, String bytes, int rows) throws SQLException {
        this.connection = connection;
        this.rows = rows;
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute(setting);
            }
            statement.execute("create table bare (key text primary key, value " + bytes + ")");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into bare values (?, ?)")) {
            for (int i = 0; i < rows; i++) {
                insert.setString(1, key(i));
                insert.setBytes(2, BareWrites.value(i));
                insert.executeUpdate();
            }
        }
        connection.commit();
        update = connection.prepareStatement("update bare set value = ? where key = ?");
    }

    private static String key(int i) {
        return "decision/thing-" + i;
    }

    private void update() throws SQLException {
        update.setBytes(1, BareWrites.value(next));
        update.setString(2, key(next++ % rows));
        update.executeUpdate();
    }

    @Override
    public void one() throws SQLException {
        update();
        connection.commit();
    }

    @Override
    public void hundred() throws SQLException {
        for (int i = 0; i < HUNDRED; i++) {
            update();
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
