package dev.steward.jdbc;

import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;

/** Versions of the tables, on PostgreSQL. */
class PostgresMigrationTest extends MigrationRules {
    private final DataSource source = Server.running().newSchema();

    @BeforeAll
    static void needsServer() {
        Server.assumeRuns();
    }

    @Override
    List<Migration> shipped() {
        return PostgresDatabase.MIGRATIONS;
    }

    @Override
    RecordStore open(List<Migration> migrations) {
        var database = new PostgresDatabase("migrated", source, PATIENCE, migrations);
        return PostgresRecordStore.open(
                database, TimeSource.system(), JdbcOptions.defaults().withPatience(PATIENCE));
    }
}
