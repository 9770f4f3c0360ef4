package dev.steward.testkit.store;

import org.junit.jupiter.api.BeforeEach;

/** It does so too where calls are answered inside the call. */
class FakeRecordStoreInTheCallContractTest extends FakeRecordStoreContractTest {
    @BeforeEach
    void answerInTheCall() {
        ground.answersInTheCall();
    }
}
