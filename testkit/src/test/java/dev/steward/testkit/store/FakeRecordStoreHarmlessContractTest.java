package dev.steward.testkit.store;

import dev.steward.testkit.FakeStoreTrouble;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** It does so too where calls take their time and overtake each other, the disk is slow now and then, and hints come for nothing. */
class FakeRecordStoreHarmlessContractTest extends FakeRecordStoreContractTest {
    @BeforeEach
    void takeTime() {
        ground.takes(Duration.ofMillis(1), Duration.ofMillis(300));
        ground.faults()
                .chance("store.hint.idle", 0.1)
                .chance(FakeStoreTrouble.SLOW.commitPoint(), 0.02)
                .chance(FakeStoreTrouble.SLOW.lookPoint(), 0.02);
    }
}
