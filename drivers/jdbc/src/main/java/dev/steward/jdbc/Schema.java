package dev.steward.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables of a store, and brings those of an earlier version up to date; those of a later one are refused as they are.
 *
 * <p>{@code steward_record} has a row for each key: the revision of its last commit, its value, or, of a deleted one, when it was
 * deleted by the wall clock of whoever did. {@code steward_meta} has one row: the revision of the store, up to where deletions are
 * forgotten, the version of the schema, and a name at random of the incarnation: two stores have two, and whoever restores one from a backup may
 * give it another.
 */
final class Schema {
    private static final Logger log = LoggerFactory.getLogger(Schema.class);

    private Schema() {}

    /** The newest version of the schema that these migrations lead to. */
    static int newest(List<Migration> migrations) {
        return migrations.get(migrations.size() - 1).version();
    }

    /** @throws StoreOpenException if the store is of a newer version than this */
    static void bringUpToDate(Database database, Session session) throws SQLException {
        int newest = newest(database.migrations());
        if (version(database, session) == newest) {
            return;
        }
        database.beginMigration(session);
        try {
            int found = version(database, session); // another process may have been first
            for (Migration migration : database.migrations()) {
                if (migration.version() > found) {
                    apply(session, migration);
                }
            }
            database.commit(session);
            if (found < newest) {
                log.atInfo()
                        .addKeyValue("store", database.name())
                        .addKeyValue("from", found)
                        .addKeyValue("to", newest)
                        .log(found == 0 ? "store made" : "store migrated");
            }
        } catch (SQLException | RuntimeException failed) {
            database.rollback(session);
            throw failed;
        }
    }

    /** The version of the schema; 0 if there is none. */
    static int version(Database database, Session session) throws SQLException {
        if (!database.hasSchema(session)) {
            return 0;
        }
        try (ResultSet row = session.prepared("select schema_version from steward_meta where id = 1")
                .executeQuery()) {
            int found = row.next() ? row.getInt(1) : 0;
            int newest = newest(database.migrations());
            if (found > newest) {
                throw newer(database, found);
            }
            return found;
        }
    }

    static StoreOpenException newer(Database database, int found) {
        return new StoreOpenException(
                database.name(),
                "its schema is of version " + found + ", newer than " + newest(database.migrations())
                        + ", which is the newest that this software knows",
                null);
    }

    private static void apply(Session session, Migration migration) throws SQLException {
        for (String statement : migration.statements()) {
            session.execute(statement);
        }
        PreparedStatement stamp = session.prepared("update steward_meta set schema_version = ? where id = 1");
        stamp.setInt(1, migration.version());
        if (stamp.executeUpdate() != 1) {
            throw new SQLException("no row in steward_meta");
        }
        session.forgetStatements(); // the tables may look different now
    }
}
