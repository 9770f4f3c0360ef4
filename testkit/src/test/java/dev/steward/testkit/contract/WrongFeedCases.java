package dev.steward.testkit.contract;

import dev.steward.event.StateFeed;
import dev.steward.time.VirtualTime;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract over every wrong feed; {@link ContractsTest} runs it and wants it to fail. */
@ParameterizedClass(name = "{0}")
@EnumSource(WrongFeed.class)
class WrongFeedCases extends StateFeedContract {
    private final WrongFeed wrong;

    WrongFeedCases(WrongFeed wrong) {
        this.wrong = wrong;
    }

    @Override
    protected StateFeed open(VirtualTime time, int tail) {
        return wrong.open(time, tail);
    }
}
