package dev.steward.testkit.event;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateFeed;
import dev.steward.testkit.contract.StateFeedContract;
import dev.steward.time.VirtualTime;

class InMemoryStateFeedContractTest extends StateFeedContract {
    @Override
    protected StateFeed open(VirtualTime time, int tail) {
        return new InMemoryStateFeed(time, tail);
    }
}
