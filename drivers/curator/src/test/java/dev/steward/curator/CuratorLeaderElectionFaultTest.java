package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who is advised while sessions and servers come and go. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorLeaderElectionFaultTest {
    private final String path = Servers.ground();
    private final BlockingQueue<String> wakes = new LinkedBlockingQueue<>();
    private final List<CuratorFramework> clients = new ArrayList<>();
    private final List<LeaderElection> candidates = new ArrayList<>();

    @AfterEach
    void close() {
        candidates.forEach(LeaderElection::close);
        clients.forEach(CuratorFramework::close);
    }

    private LeaderElection candidate(String connectString) {
        CuratorFramework client = CuratorRecordStore.client(
                connectString, CuratorOptions.defaults().withSessionTimeout(Duration.ofSeconds(2)));
        client.start();
        LeaderElection candidate = new CuratorLeaderElection(client, path, "p" + clients.size());
        candidate.wakeWith(() -> wakes.add("wake"));
        clients.add(client);
        candidates.add(candidate);
        return candidate;
    }

    /** Asks everybody, again after each wake-up, until exactly these many are advised. */
    private List<LeaderElection> await(int many) throws InterruptedException {
        for (int turns = 0; turns < 500; turns++) {
            List<LeaderElection> advised = advised();
            if (advised.size() == many) {
                return advised;
            }
            wakes.poll(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("never " + many + " advised, now " + advised());
    }

    private List<LeaderElection> advised() {
        return candidates.stream().filter(candidate -> candidate.poll().lead()).toList();
    }

    @Test
    void advises_one_again_each_time_the_session_of_the_leader_ends() throws Exception {
        String server = Servers.shared().getConnectString();
        candidate(server);
        candidate(server);
        for (int i = 0; i < 4; i++) {
            LeaderElection leader = await(1).get(0);
            ZooKeeper zk =
                    clients.get(candidates.indexOf(leader)).getZookeeperClient().getZooKeeper();
            wakes.clear();

            Servers.endSession(zk, server);

            assertThat(wakes.poll(20, TimeUnit.SECONDS)).as("somebody is woken").isNotNull();
        }
        LeaderElection leader = await(1).get(0);
        leader.close();
        assertThat(await(1)).as("the other one").doesNotContain(leader);
    }

    @Test
    void advises_nobody_while_the_server_is_away_and_one_afterwards() throws Exception {
        try (TestingServer server = Servers.server()) {
            candidate(server.getConnectString());
            candidate(server.getConnectString());
            await(1);

            server.stop();
            assertThat(await(0)).isEmpty();
            server.restart();

            await(1);
        }
    }

    @Test
    void asks_to_be_asked_again_soon_when_nobody_can_wake_it() {
        CuratorFramework unstarted =
                CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
        LeaderElection candidate = new CuratorLeaderElection(unstarted, path, "p");

        assertThat(candidate.poll()).isEqualTo(new Advice(false, Step.after(Duration.ofMillis(50))));
        candidate.resign();
        candidate.close();
        assertThat(candidate.poll()).isEqualTo(new Advice(false, Step.parked()));
    }

    @Test
    void stands_in_line_over_the_connection_of_a_store() throws Exception {
        try (CuratorRecordStore store =
                CuratorRecordStore.connect(Servers.shared().getConnectString(), Servers.options(path))) {
            new Asked(store).committed(Asked.creating("a", "1"));
            LeaderElection candidate = store.election("decider 1/x", "p");
            candidate.wakeWith(() -> wakes.add("wake"));
            candidates.add(candidate);

            await(1);

            new Asked(store).committed(Asked.creating("b", "1"));
            candidate.close();
        }
    }
}
