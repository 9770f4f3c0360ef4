package dev.steward.jdbc;

import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Versions of the tables, on SQLite. */
class SqliteMigrationTest extends MigrationRules {
    @TempDir
    Path folder;

    @Override
    List<Migration> shipped() {
        return SqliteDatabase.MIGRATIONS;
    }

    @Override
    RecordStore open(List<Migration> migrations) {
        var database = new SqliteDatabase(folder.resolve("records"), PATIENCE, "full", migrations);
        return SqliteRecordStore.open(
                database, TimeSource.system(), JdbcOptions.defaults().withPatience(PATIENCE));
    }
}
