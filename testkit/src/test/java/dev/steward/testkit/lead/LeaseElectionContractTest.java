package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaseElection;
import dev.steward.store.InMemoryRecordStore;
import dev.steward.store.RecordStore;
import dev.steward.testkit.contract.LeaderElectionContract;
import dev.steward.time.VirtualTime;
import java.time.Duration;

/** Leases do what every election must do; here over one store in memory. */
class LeaseElectionContractTest extends LeaderElectionContract {
    private static final Duration LEASE = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final RecordStore store = new InMemoryRecordStore(time);

    @Override
    protected LeaderElection candidate(String role, String process) {
        return new LeaseElection(role, process, store, time, LEASE);
    }

    @Override
    protected Duration bound() {
        return LEASE.multipliedBy(16).dividedBy(10);
    }

    @Override
    protected boolean kill(LeaderElection candidate) {
        return true; // nobody asks it any more
    }

    @Override
    protected void letTimePass(Duration length) {
        time.advance(length);
    }
}
