package dev.steward.curator;

import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.RecordStoreContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class CuratorRecordStoreContractTest extends RecordStoreContract {
    private static CuratorFramework connection;
    private static CuratorFramework anotherConnection;

    private final VirtualTime time = new VirtualTime();
    private String root = "";

    @BeforeAll
    static void connect() {
        connection = CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
        connection.start();
        anotherConnection = CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
        anotherConnection.start();
    }

    @AfterAll
    static void disconnect() {
        connection.close();
        anotherConnection.close();
    }

    @Override
    protected RecordStore open() {
        root = Servers.ground();
        return store(connection);
    }

    @Override
    protected Optional<RecordStore> openAnother() {
        return Optional.of(store(anotherConnection));
    }

    private RecordStore store(CuratorFramework client) {
        return new CuratorRecordStore(client, Servers.options(root), time, "", false);
    }

    @Override
    protected boolean forgetDeletions() {
        time.advance(Duration.ofMinutes(61));
        return true;
    }
}
