package dev.steward.examples.roles;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steward.curator.CuratorOptions;
import dev.steward.curator.CuratorRecordStore;
import dev.steward.jdbc.SqliteRecordStore;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.store.RecordStore;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the records are: all that the rest of the example knows of it. Immutable.
 *
 * @param kind what kind of store
 * @param where the file, or the address of the server
 */
record Place(Kind kind, String where) {
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final CuratorOptions OPTIONS = CuratorOptions.defaults()
            .withSessionTimeout(LEASE)
            .withLogin("digest", "steward:example".getBytes(UTF_8)); // what it makes is its own

    enum Kind {
        SQLITE,
        ZOOKEEPER
    }

    static Place sqlite(Path file) {
        return new Place(Kind.SQLITE, file.toString());
    }

    static Place zookeeper(String address) {
        return new Place(Kind.ZOOKEEPER, address);
    }

    /** What {@link #toString} wrote. */
    static Place parse(String text) {
        int colon = text.indexOf(':');
        return new Place(Kind.valueOf(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return kind + ":" + where;
    }

    RecordStore openStore(TimeSource time) {
        return switch (kind) {
            case SQLITE -> SqliteRecordStore.open(Path.of(where), time);
            case ZOOKEEPER -> CuratorRecordStore.connect(where, OPTIONS);
        };
    }

    LeaderElection election(String role, String holder, RecordStore store, TimeSource time) {
        // region WhichElection
        return store instanceof CuratorRecordStore zookeeper
                ? zookeeper.election(role, holder)
                : new LeaseElection(role, holder, store, time, LEASE);
        // endregion
    }
}
