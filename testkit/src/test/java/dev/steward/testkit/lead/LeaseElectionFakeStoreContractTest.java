package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.contract.LeaderElectionContract;
import java.time.Duration;
import java.util.IdentityHashMap;

/** Leases do so too over a store that takes its time, and in processes that get cut off. */
class LeaseElectionFakeStoreContractTest extends LeaderElectionContract {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_CALL = Duration.ofMillis(50);

    private final Simulation simulation = new Simulation(5);
    private final FakeStoreGround ground = new FakeStoreGround(simulation).takes(Duration.ofMillis(1), LONGEST_CALL);
    private final IdentityHashMap<LeaderElection, FakeRecordStore> stores = new IdentityHashMap<>();

    @Override
    protected LeaderElection candidate(String role, String process) {
        FakeRecordStore store = ground.client(process);
        LeaderElection candidate = new LeaseElection(role, process, store, simulation.time(), LEASE);
        stores.put(candidate, store);
        return candidate;
    }

    private FakeRecordStore storeOf(LeaderElection candidate) {
        return stores.getOrDefault(candidate, ground.client("nobody"));
    }

    @Override
    protected Duration bound() {
        return LEASE.multipliedBy(16).dividedBy(10).plus(LONGEST_CALL.multipliedBy(2));
    }

    @Override
    protected boolean kill(LeaderElection candidate) {
        storeOf(candidate).crash();
        return true;
    }

    @Override
    protected boolean cutOff(LeaderElection candidate) {
        storeOf(candidate).loseSession(Duration.ofDays(1));
        return true;
    }

    @Override
    protected void reconnect(LeaderElection candidate) {
        storeOf(candidate).endSessionLoss();
    }

    @Override
    protected void letTimePass(Duration length) {
        simulation.run(length);
    }
}
