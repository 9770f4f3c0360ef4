package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a store answers while its connection comes and goes. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorRecordStoreConnectionTest {
    private final String root = Servers.ground();

    private CuratorOptions brisk() {
        return Servers.options(root).withPatience(Duration.ofMillis(200)).withSessionTimeout(Duration.ofMillis(800));
    }

    @Test
    void answers_that_it_is_not_available_until_there_is_a_server() throws Exception {
        int port = InstanceSpec.getRandomPort();
        try (Asked store = new Asked(CuratorRecordStore.connect("127.0.0.1:" + port, brisk()))) {
            BlockingQueue<String> hints = new LinkedBlockingQueue<>();
            store.store.onHint(() -> hints.add("hint"));
            assertThat(store.commit(Asked.creating("a", "1"))).isInstanceOf(StoreTrouble.Unavailable.class);
            assertThat(store.read("a")).isInstanceOf(StoreTrouble.Unavailable.class);
            assertThat(store.changes(Cursor.START)).isInstanceOf(StoreTrouble.Unavailable.class);

            try (TestingServer server = new TestingServer(port, true)) {
                assertThat(server.getPort()).isEqualTo(port);
                assertThat(hints.poll(20, TimeUnit.SECONDS))
                        .as("a hint when it is there")
                        .isNotNull();
                assertThat(store.commit(Asked.creating("a", "1"))).isInstanceOf(CommitAnswer.Committed.class);
            }
        }
    }

    @Test
    void tells_everything_that_happened_while_it_was_cut_off() throws Exception {
        try (Wire wire = new Wire(Servers.shared().getPort());
                CuratorFramework client = CuratorRecordStore.client(wire.connectString(), brisk());
                Asked elsewhere = new Asked(
                        CuratorRecordStore.connect(Servers.shared().getConnectString(), Servers.options(root)))) {
            BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
            client.getConnectionStateListenable().addListener((same, state) -> states.add(state));
            client.start();
            Asked store = new Asked(new CuratorRecordStore(client, brisk()));
            Versioned kept = elsewhere.write("kept", "1");
            Versioned gone = elsewhere.write("gone", "1");
            elsewhere.write("untouched", "1");
            store.found("kept");
            Changes before = (Changes) store.changes(Cursor.START);

            // SUSPENDED, and back within the session
            wire.cut();
            await(states, ConnectionState.SUSPENDED);
            assertThat(store.commit(Asked.creating("a", "1"))).isInstanceOf(StoreTrouble.Unavailable.class);
            Versioned anew = elsewhere.write(kept, "2");
            wire.mend();
            await(states, ConnectionState.RECONNECTED);
            Changes first = page(store, before.next());
            assertThat(first.reset()).isFalse();
            assertThat(first.changes()).containsExactly(anew);

            // SUSPENDED, LOST, and back with another session
            wire.cut();
            await(states, ConnectionState.SUSPENDED);
            await(states, ConnectionState.LOST);
            assertThat(store.read("kept")).isInstanceOf(StoreTrouble.Unavailable.class);
            elsewhere.delete(gone);
            Versioned late = elsewhere.write("late", "1");
            wire.mend();
            await(states, ConnectionState.RECONNECTED);
            Changes second = page(store, first.next());
            assertThat(second.reset()).isFalse();
            assertThat(second.changes()).hasSize(2).contains(late);
            assertThat(store.found("gone", "kept", "late", "untouched"))
                    .extracting(Versioned::key)
                    .containsExactly("kept", "late", "untouched");
            store.close();
        }
    }

    private static void await(BlockingQueue<ConnectionState> states, ConnectionState wanted)
            throws InterruptedException {
        ConnectionState state;
        do {
            state = states.poll(20, TimeUnit.SECONDS);
            assertThat(state).as("a state, on the way to %s", wanted).isNotNull();
        } while (state != wanted);
    }

    private static Changes page(Asked store, Cursor cursor) {
        store.found("kept"); // it is back, and up to date
        ChangesAnswer answer = store.changes(cursor);
        assertThat(answer).isInstanceOf(Changes.class);
        return (Changes) answer;
    }

    @Test
    void begins_anew_for_a_follower_when_nodes_were_removed_by_hand_meanwhile() throws Exception {
        try (Wire wire = new Wire(Servers.shared().getPort());
                CuratorFramework elsewhere =
                        CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
                Asked store = new Asked(CuratorRecordStore.connect(wire.connectString(), brisk()))) {
            elsewhere.start();
            store.committed(Asked.creating("kept", "1"), Asked.creating("removed", "1"));
            Changes before = (Changes) store.changes(Cursor.START);
            wire.cut();
            elsewhere.delete().forPath(root + "/records/removed");
            wire.mend();

            Changes after = page(store, before.next());

            assertThat(after.reset()).isTrue();
            assertThat(after.changes()).extracting("key").containsExactly("kept");
        }
    }

    @Test
    void stays_with_its_records_when_the_root_is_removed_and_made_anew() throws Exception {
        try (CuratorFramework elsewhere =
                        CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
                Asked store = new Asked(
                        CuratorRecordStore.connect(Servers.shared().getConnectString(), Servers.options(root)))) {
            elsewhere.start();
            store.committed(Asked.creating("a/b", "1"));

            elsewhere.delete().deletingChildrenIfNeeded().forPath(root);

            CommitAnswer answer = store.commitWhenAvailable(Asked.creating("a/b", "2"));
            for (int tries = 0; !(answer instanceof CommitAnswer.Committed) && tries < 200; tries++) {
                Asked.pause();
                answer = store.commitWhenAvailable(Asked.creating("a/b", "2"));
            }
            assertThat(answer).isInstanceOf(CommitAnswer.Committed.class);
            assertThat(store.found("a/b"))
                    .extracting(record -> record.value().toUtf8())
                    .containsExactly("2");
        }
    }
}
