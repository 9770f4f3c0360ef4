package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.KillSession;
import org.apache.curator.test.TestingCluster;
import org.apache.curator.test.TestingServer;
import org.apache.curator.test.TestingZooKeeperServer;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two processes count while something breaks: nothing that was acknowledged is lost, nothing is done twice, nothing by halves. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorRecordStoreFaultTest {
    private final String root = Servers.ground();
    private final List<CuratorFramework> clients = new ArrayList<>();
    private final List<Asked> stores = new ArrayList<>();

    @AfterEach
    void close() {
        stores.forEach(Asked::close);
        clients.forEach(CuratorFramework::close);
    }

    private Asked store(String connectString) {
        CuratorFramework client = CuratorRecordStore.client(
                connectString, CuratorOptions.defaults().withSessionTimeout(Duration.ofSeconds(2)));
        client.start();
        clients.add(client);
        Asked store = new Asked(new CuratorRecordStore(client, Servers.options(root)));
        stores.add(store);
        return store;
    }

    /** Runs two counters and a follower, breaks something {@code times} times, and judges. */
    private void judge(String what, String connectString, int times, Breaking breaking) throws Exception {
        Asked first = store(connectString);
        Counter.begin(first);
        Asked second = store(connectString);
        Counter.Running one = new Counter.Running(first, "one");
        Counter.Running two = new Counter.Running(second, "two");
        Follower follower = new Follower(store(connectString));
        for (int i = 0; i < times; i++) {
            one.await(10);
            two.await(3);
            breaking.breakIt(i);
        }
        one.await(10);
        two.await(3);
        one.end();
        two.end();
        follower.end();

        Set<String> acknowledged = new HashSet<>(one.acknowledged());
        acknowledged.addAll(two.acknowledged());
        Set<String> notDone = new HashSet<>(one.notDone());
        notDone.addAll(two.notDone());
        String verdict = Counter.verdict(store(connectString), acknowledged, notDone);
        System.out.println("zookeeper: " + what + " " + times + ", " + verdict + ", looks " + follower.looks());
        assertThat(verdict).endsWith("lost 0, doubled 0, torn 0");
        assertThat(follower.seen())
                .as("what the follower has seen in the end")
                .isEqualTo(new Follower(store(connectString)).end());
    }

    /** How something breaks for the i-th time. */
    private interface Breaking {
        void breakIt(int time) throws Exception;
    }

    @Test
    void loses_nothing_when_sessions_are_killed() throws Exception {
        judge("sessions killed", Servers.shared().getConnectString(), 6, time -> {
            ZooKeeper zk = clients.get(time % 2).getZookeeperClient().getZooKeeper();
            if (time % 3 == 0) {
                KillSession.kill(zk);
            } else {
                Servers.endSession(zk, Servers.shared().getConnectString());
            }
        });
    }

    @Test
    void loses_nothing_when_the_wire_is_cut() throws Exception {
        try (Wire wire = new Wire(Servers.shared().getPort())) {
            judge("wire cut", wire.connectString(), 4, time -> {
                wire.cut();
                wire.mend();
            });
        }
    }

    @Test
    void loses_nothing_when_the_server_is_restarted() throws Exception {
        try (TestingServer server = Servers.server()) {
            judge("server restarted", server.getConnectString(), 2, time -> server.restart());
        }
    }

    @Test
    void loses_nothing_when_the_leader_of_three_servers_is_killed() throws Exception {
        List<InstanceSpec> specs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            specs.add(Servers.spec(Files.createTempDirectory("steward-zookeeper")));
        }
        try (TestingCluster cluster = new TestingCluster(specs)) {
            cluster.start();
            judge("leader of three killed", cluster.getConnectString(), 1, time -> {
                for (TestingZooKeeperServer server : cluster.getServers()) {
                    int port = server.getInstanceSpec().getPort();
                    if (FourLetterWordMain.send4LetterWord("127.0.0.1", port, "srvr")
                            .contains("Mode: leader")) {
                        server.kill();
                    }
                }
            });
        }
    }
}
