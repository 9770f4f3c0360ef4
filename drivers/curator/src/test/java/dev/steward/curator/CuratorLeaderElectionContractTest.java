package dev.steward.curator;

import dev.steward.lead.LeaderElection;
import dev.steward.testkit.contract.LeaderElectionContract;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.curator.framework.CuratorFramework;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each candidate has a connection of its own, over a wire that can be cut. */
@Execution(ExecutionMode.CONCURRENT) // most of it is waiting for sessions to end
class CuratorLeaderElectionContractTest extends LeaderElectionContract {
    private final String ground = Servers.ground();
    private final Map<LeaderElection, Wire> wires = new HashMap<>();
    private final Map<LeaderElection, CuratorFramework> clients = new HashMap<>();

    @Override
    protected LeaderElection candidate(String role, String process) {
        Wire wire = new Wire(Servers.shared().getPort());
        CuratorFramework client = CuratorRecordStore.client(
                wire.connectString(), CuratorOptions.defaults().withSessionTimeout(Duration.ofSeconds(1)));
        client.start();
        LeaderElection candidate = new CuratorLeaderElection(client, ground + "/" + role, process);
        wires.put(candidate, wire);
        clients.put(candidate, client);
        return candidate;
    }

    @Override
    protected Duration bound() {
        return Duration.ofSeconds(3);
    }

    @Override
    protected boolean kill(LeaderElection candidate) {
        wire(candidate).cut();
        return true;
    }

    @Override
    protected boolean cutOff(LeaderElection candidate) {
        wire(candidate).cut();
        return true;
    }

    @Override
    protected void reconnect(LeaderElection candidate) {
        wire(candidate).mend();
    }

    private Wire wire(LeaderElection candidate) {
        return Objects.requireNonNull(wires.get(candidate));
    }

    @AfterEach
    void disconnect() {
        clients.values().forEach(CuratorFramework::close);
        wires.values().forEach(Wire::close);
    }
}
