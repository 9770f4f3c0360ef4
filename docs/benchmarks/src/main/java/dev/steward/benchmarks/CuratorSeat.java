package dev.steward.benchmarks;

import dev.steward.curator.CuratorOptions;
import dev.steward.curator.CuratorRecordStore;
import dev.steward.lead.LeaderElection;
import org.apache.curator.framework.CuratorFramework;

/** A seat at ZooKeeper, with a connection of its own. Safe for use by many threads. */
final class CuratorSeat implements Seat {
    private final CuratorFramework client;
    private final CuratorRecordStore records;
    private final MeteredStore store;

    CuratorSeat(String connectString, int sessionMillis) {
        client = ZooServer.connect(connectString, sessionMillis);
        records = new CuratorRecordStore(client, CuratorOptions.defaults());
        store = new MeteredStore(records);
    }

    CuratorFramework client() {
        return client;
    }

    /** How many stand in line for a role: the nodes of the latch below it. */
    int candidates(String role) {
        try {
            return client.getChildren()
                    .forPath(CuratorOptions.defaults().root() + "/roles/" + role)
                    .size();
        } catch (Exception notYet) {
            return -1;
        }
    }

    @Override
    public MeteredStore store() {
        return store;
    }

    @Override
    public LeaderElection election(String role, String holder) {
        return records.election(role, holder);
    }

    @Override
    public void close() {
        store.close();
        client.close();
    }
}
