package dev.steward.benchmarks;

import dev.steward.jdbc.PostgresRecordStore;
import dev.steward.jdbc.SqliteRecordStore;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/** A seat at a database, where a lease elects. Safe for use by many threads. */
final class JdbcSeat implements Seat {
    private static final TimeSource TIME = TimeSource.system();

    private final MeteredStore store;
    private final Duration lease;

    private JdbcSeat(MeteredStore store, Duration lease) {
        this.store = store;
        this.lease = lease;
    }

    static JdbcSeat sqlite(Path file, Duration lease) {
        return new JdbcSeat(new MeteredStore(SqliteRecordStore.open(file, TIME)), lease);
    }

    static JdbcSeat postgres(DataSource source, Duration lease) {
        return new JdbcSeat(new MeteredStore(PostgresRecordStore.open("bench", source, TIME)), lease);
    }

    @Override
    public MeteredStore store() {
        return store;
    }

    @Override
    public LeaderElection election(String role, String holder) {
        return new LeaseElection(role, holder, store.unmetered(), TIME, lease);
    }

    @Override
    public void close() {
        store.close();
    }
}
