package dev.steward.testkit;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.testkit.contract.StateFeedContract;
import dev.steward.time.VirtualTime;

class RecordingFeedContractTest extends StateFeedContract {
    @Override
    protected StateFeed open(VirtualTime time, int tail) {
        return new RecordingFeed(new InMemoryStateFeed(time, tail));
    }
}
