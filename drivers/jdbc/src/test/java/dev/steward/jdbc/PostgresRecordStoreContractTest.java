package dev.steward.jdbc;

import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.RecordStoreContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The contract of stores, on a PostgreSQL server. */
@Timeout(60)
class PostgresRecordStoreContractTest extends RecordStoreContract {
    private static final JdbcOptions PATIENT = JdbcOptions.defaults().withPatience(Duration.ofSeconds(20));

    private final VirtualTime time = new VirtualTime();
    private final DataSource database = Server.running().newSchema();

    @BeforeAll
    static void needsServer() {
        Server.assumeRuns();
    }

    @Override
    protected RecordStore open() {
        return PostgresRecordStore.open("contract", database, time, PATIENT);
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
