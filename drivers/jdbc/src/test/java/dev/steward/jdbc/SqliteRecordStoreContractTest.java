package dev.steward.jdbc;

import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.RecordStoreContract;
import dev.steward.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of stores, on a SQLite file. */
@Timeout(60)
class SqliteRecordStoreContractTest extends RecordStoreContract {
    private static final JdbcOptions PATIENT = JdbcOptions.defaults().withPatience(Duration.ofSeconds(20));

    private final VirtualTime time = new VirtualTime();

    @TempDir
    Path folder;

    @Override
    protected RecordStore open() {
        return SqliteRecordStore.open(folder.resolve("records"), time, PATIENT);
    }

    @Override
    protected Optional<RecordStore> openAnother() {
        return Optional.of(open());
    }

    @Override
    protected boolean forgetDeletions() {
        time.advance(Duration.ofHours(1));
        return true;
    }
}
