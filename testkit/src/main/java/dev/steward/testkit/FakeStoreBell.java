package dev.steward.testkit;

import dev.steward.loop.WakeUp;
import dev.steward.store.RecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hints of one client of a fake store. Not safe for use by many threads. */
final class FakeStoreBell {
    private final FakeStoreGround ground;
    private final String client;
    private final List<Tie> ties = new ArrayList<>();

    private final class Tie implements RecordStore.Hinting {
        private final WakeUp wakeUp;

        private Tie(WakeUp wakeUp) {
            this.wakeUp = wakeUp;
        }

        @Override
        public void close() {
            ties.remove(this);
        }
    }

    FakeStoreBell(FakeStoreGround ground, String client) {
        this.ground = ground;
        this.client = client;
    }

    RecordStore.Hinting tie(WakeUp wakeUp) {
        Tie tie = new Tie(wakeUp);
        ties.add(tie);
        return tie;
    }

    void untieAll() {
        ties.clear();
    }

    /** Something was committed. */
    void ring() {
        FaultPlan faults = ground.faults();
        if (ties.isEmpty() || faults.decide("store.hint.lost")) {
            return;
        }
        Duration delay = faults.decide("store.hint.late") ? ground.someLag() : ground.someLeg();
        if (delay.isZero() && ground.isInTheCall()) {
            tell();
        } else {
            ground.simulation().after(delay, "store hints at " + client, this::tell);
        }
    }

    /** Tells those who are there now. */
    void tell() {
        for (Tie tie : List.copyOf(ties)) {
            if (ties.contains(tie)) {
                tie.wakeUp.wake();
            }
        }
    }
}
