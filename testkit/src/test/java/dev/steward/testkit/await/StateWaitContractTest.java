package dev.steward.testkit.await;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.StateChange;
import dev.steward.loop.ControlLoop;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.ControlLoopContract;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class StateWaitContractTest extends ControlLoopContract {
    private static final Kind<String> LAMP = Kind.open("lamp", word -> !word.isEmpty());

    private final Map<ControlLoop, InMemoryStateFeed> feeds = new HashMap<>();

    @Override
    protected ControlLoop open(Simulation simulation, TimeSource time) {
        InMemoryStateFeed feed = new InMemoryStateFeed(time);
        StateWait wait = StateWait.on(feed, time)
                .forAll(LAMP, "red", "green")
                .toReach(Collections.nCopies(10_000, "on")) // each is a step, of which the listener is to be told
                .onProgress(step -> {})
                .within(Duration.ofHours(1))
                .open();
        feeds.put(wait, feed);
        return wait;
    }

    @Override
    protected Optional<Runnable> stimulus(ControlLoop loop) {
        InMemoryStateFeed feed = feeds.get(loop);
        return Optional.of(() -> feed.publish(StateChange.entered(LAMP, "red", "on")));
    }
}
