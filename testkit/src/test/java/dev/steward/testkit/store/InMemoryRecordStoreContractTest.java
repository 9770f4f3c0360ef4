package dev.steward.testkit.store;

import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.RecordStoreContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** The store in memory does what every store must do, within the call. */
class InMemoryRecordStoreContractTest extends RecordStoreContract {
    private final VirtualTime time = new VirtualTime();

    @Override
    protected RecordStore open() {
        return new InMemoryRecordStore(time);
    }

    @Override
    protected boolean forgetDeletions() {
        time.advance(Duration.ofHours(1));
        return true;
    }

    @Override
    protected <T> @Nullable T poll(BlockingQueue<T> news, Duration limit) {
        return news.poll();
    }
}
