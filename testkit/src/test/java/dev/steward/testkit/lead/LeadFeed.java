package dev.steward.testkit.lead;

import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.Subscription;
import dev.steward.lead.LeaderPhase;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Hears the phases of the candidates of one process, and whether each may follow the one before. Not safe for use by many threads. */
final class LeadFeed implements StateFeed {
    private final LeadWorld world;
    private final String holder;
    private final Map<String, LeaderPhase> phases = new HashMap<>();

    LeadFeed(LeadWorld world, String holder) {
        this.world = world;
        this.holder = holder;
    }

    @Override
    public StateEvent publish(StateChange change) {
        LeaderPhase before = phases.getOrDefault(change.name(), LeaderPhase.FOLLOWING);
        LeaderPhase now = Arrays.stream(LeaderPhase.values())
                .filter(phase -> LeaderPhase.ROLE.text(phase).equals(change.state()))
                .findFirst()
                .orElseThrow();
        boolean legal = LeaderPhase.GRAPH.allows(before, now)
                || (before == LeaderPhase.LEADING && LeaderPhase.GRAPH.allows(LeaderPhase.COMMITTING, now));
        if (!legal) {
            throw world.fail(holder + " was " + before + " for " + change.name() + ", and is " + now);
        }
        phases.put(change.name(), now);
        return new StateEvent(1, Instant.EPOCH, change);
    }

    @Override
    public Position position() {
        throw new UnsupportedOperationException("nobody reads it");
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        throw new UnsupportedOperationException("nobody reads it");
    }
}
