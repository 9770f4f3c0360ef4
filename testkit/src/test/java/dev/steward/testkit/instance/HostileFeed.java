package dev.steward.testkit.instance;

import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.testkit.FaultPlan;
import java.time.Instant;
import java.util.Random;

/** A feed that takes no events now and then, and has a subscriber whose wake-up throws. Not safe for use by many threads. */
final class HostileFeed implements StateFeed {
    private final StateFeed good;
    private final FaultPlan faults;
    private final Planted planted;
    private final Random luck;
    private final Steps steps;
    private final boolean hostile;

    HostileFeed(StateFeed good, FaultPlan faults, boolean hostile, Planted planted, Random luck, Steps steps) {
        this.good = good;
        this.faults = faults;
        this.planted = planted;
        this.luck = luck;
        this.steps = steps;
        this.hostile = hostile;
    }

    @Override
    public StateEvent publish(StateChange change) {
        if (hostile && faults.decide("feed.throws")) {
            throw new IllegalStateException("the feed is full");
        }
        if (planted.losesEvent(luck)) {
            return new StateEvent(1, Instant.EPOCH, change);
        }
        steps.step("publication of " + change.name() + " " + change.state());
        StateEvent event = good.publish(change);
        steps.step("published " + change.name() + " " + change.state());
        return event;
    }

    @Override
    public Position position() {
        return good.position();
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        return good.subscribe(after, wakeUp);
    }
}
