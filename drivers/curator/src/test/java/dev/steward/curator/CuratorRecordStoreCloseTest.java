package dev.steward.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.test.InstanceSpec;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is done when {@code close} is back, and how many calls a store takes. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorRecordStoreCloseTest {
    private static final String SERVER = Servers.shared().getConnectString();

    private final String root = Servers.ground();
    private final CuratorOptions options = Servers.options(root);
    private final CuratorFramework eye = CuratorRecordStore.client(SERVER, CuratorOptions.defaults());
    private final BlockingQueue<String> wakes = new LinkedBlockingQueue<>();

    @BeforeEach
    void connect() {
        eye.start();
    }

    @AfterEach
    void disconnect() {
        eye.close();
    }

    private CuratorLeaderElection leader(CuratorRecordStore store) throws InterruptedException {
        CuratorLeaderElection candidate = store.election("r", "p");
        candidate.wakeWith(() -> wakes.add("wake"));
        for (int turns = 0; turns < 300 && !candidate.poll().lead(); turns++) {
            wakes.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(candidate.poll().lead()).isTrue();
        return candidate;
    }

    private List<String> candidates() throws Exception {
        return eye.getChildren().forPath(root + "/roles/r");
    }

    @Test
    void has_done_and_told_what_it_was_asked_before() throws Exception {
        CuratorFramework client = CuratorRecordStore.client(SERVER, options);
        client.start();
        CuratorRecordStore store = new CuratorRecordStore(client, options, TimeSource.system(), "", true);
        BlockingQueue<CommitAnswer> answers = new LinkedBlockingQueue<>();
        BlockingQueue<ReadAnswer> found = new LinkedBlockingQueue<>();
        for (int i = 0; i < 500; i++) {
            store.commit(new Batch("b" + i, List.of(Asked.creating("k/" + i, "1"))), answers::add);
        }
        store.read(Set.of("k/1"), found::add);

        store.close();

        assertThat(answers).hasSize(500).allMatch(CommitAnswer.Committed.class::isInstance);
        assertThat(found).hasSize(1).allMatch(ReadAnswer.Found.class::isInstance);
        assertThat(eye.getChildren().forPath(root + "/records/k")).hasSize(500);
        assertThat(client.getState()).isEqualTo(CuratorFrameworkState.STOPPED);
        store.close();
    }

    @Test
    void has_ended_its_session_and_with_it_its_candidates() throws Exception {
        CuratorRecordStore store = CuratorRecordStore.connect(SERVER, options);
        leader(store);
        assertThat(candidates()).hasSize(1);

        store.close();

        assertThat(candidates()).isEmpty();
    }

    @Test
    void has_removed_the_node_of_a_candidate_that_was_closed_before_over_a_connection_of_the_hosts() throws Exception {
        try (CuratorFramework client = CuratorRecordStore.client(SERVER, CuratorOptions.defaults())) {
            client.start();
            CuratorRecordStore store = new CuratorRecordStore(client, options);
            CuratorLeaderElection candidate = leader(store);
            assertThat(candidates()).hasSize(1);

            candidate.close();
            store.close();

            assertThat(candidates()).isEmpty();
            assertThat(client.getZookeeperClient().isConnected()).isTrue();
        }
    }

    @Test
    void may_be_closed_by_an_answer_which_waits_for_nothing() throws Exception {
        CuratorRecordStore store = CuratorRecordStore.connect(SERVER, options);
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        store.read(Set.of("a"), answer -> {
            store.close();
            told.add("closed");
        });

        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
        store.close();
    }

    @Test
    void keeps_an_interruption_and_still_does_everything() throws Exception {
        CuratorRecordStore store = CuratorRecordStore.connect(SERVER, options);
        BlockingQueue<CommitAnswer> answers = new LinkedBlockingQueue<>();
        store.commit(new Batch("b", List.of(Asked.creating("a", "1"))), answers::add);

        Thread.currentThread().interrupt();
        store.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(answers).hasSize(1).allMatch(CommitAnswer.Committed.class::isInstance);
    }

    @Test
    void takes_10_000_calls_at_a_time_and_answers_them_all_in_the_end() {
        CuratorRecordStore store = CuratorRecordStore.connect(
                "127.0.0.1:" + InstanceSpec.getRandomPort(), options.withPatience(Duration.ofMinutes(1)));
        BlockingQueue<ReadAnswer> answers = new LinkedBlockingQueue<>();
        for (int i = 0; i < 10_000; i++) {
            store.read(Set.of("a"), answers::add);
        }
        assertThat(answers).isEmpty();
        store.read(Set.of("a"), answers::add);
        assertThat(answers).hasSize(1);
        assertThat(((StoreTrouble.Unavailable) answers.remove()).reason()).contains("busy", "10000");

        store.close();

        assertThat(answers).hasSize(10_000).allMatch(StoreTrouble.Refused.class::isInstance);
    }

    @Test
    void gives_candidates_the_access_of_records_when_the_connection_is_authenticated_otherwise_than_by_logins()
            throws Exception {
        Access access = new Access(options);
        CuratorFramework client = CuratorRecordStore.client(SERVER, options, access);
        client.start();
        client.getZookeeperClient().getZooKeeper().addAuthInfo("digest", "steward:secret".getBytes(UTF_8));
        try (CuratorRecordStore store =
                new CuratorRecordStore(client, options, TimeSource.system(), "", true, access)) {
            leader(store);

            for (String path : List.of(root + "/records", root + "/roles", root + "/roles/r")) {
                List<ACL> acl = client.getACL().forPath(path);
                assertThat(acl).as(path).hasSize(1);
                assertThat(acl.get(0).getId().getId()).as(path).startsWith("steward:");
            }
            String node = client.getChildren().forPath(root + "/roles/r").get(0);
            assertThat(client.getACL().forPath(root + "/roles/r/" + node)).isNotEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
        }
    }
}
