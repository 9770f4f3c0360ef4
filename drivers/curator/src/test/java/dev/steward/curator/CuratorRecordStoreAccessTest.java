package dev.steward.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.Batch;
import dev.steward.store.Changes;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who may use a store, what may be in it, and what does not fit. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorRecordStoreAccessTest {
    private static final String SERVER = Servers.shared().getConnectString();

    private final String root = Servers.ground();
    private final CuratorOptions options = Servers.options(root).withPatience(Duration.ofSeconds(20));
    private final CuratorFramework plain = CuratorRecordStore.client(SERVER, CuratorOptions.defaults());

    @BeforeEach
    void connect() {
        plain.start();
    }

    @AfterEach
    void disconnect() {
        plain.close();
    }

    private Asked open(CuratorOptions with) {
        return new Asked(CuratorRecordStore.connect(SERVER, with));
    }

    private static CuratorOptions as(CuratorOptions options, String login) {
        return options.withLogin("digest", login.getBytes(UTF_8));
    }

    private static String refusal(Object answer) {
        assertThat(answer).isInstanceOf(StoreTrouble.Refused.class);
        return ((StoreTrouble.Refused) answer).reason();
    }

    private String text(String path) throws Exception {
        return new String(plain.getData().forPath(path), UTF_8);
    }

    // ---- who

    @Test
    void belongs_to_its_creator_alone_when_the_connection_is_authenticated() throws Exception {
        try (Asked owner = open(as(options, "steward:secret"));
                CuratorFramework eye = CuratorRecordStore.client(SERVER, as(options, "steward:secret"))) {
            eye.start();
            owner.committed(Asked.creating("a/b", "1"));
            for (String path : List.of(root, root + "/commit", root + "/records/a", root + "/records/a/b")) {
                List<ACL> acl = eye.getACL().forPath(path);
                assertThat(acl).as(path).hasSize(1);
                assertThat(acl.get(0).getId().getId()).as(path).startsWith("steward:");
            }

            try (Asked again = open(as(options, "steward:secret"));
                    Asked stranger = open(as(options, "somebody:else"));
                    Asked nobody = open(options)) {
                assertThat(again.found("a/b")).hasSize(1);
                again.committed(Asked.creating("a/c", "1"));
                for (Asked wrong : List.of(stranger, nobody)) {
                    assertThat(refusal(wrong.read("a/b"))).contains(root, "NOAUTH");
                    assertThat(refusal(wrong.changes(Cursor.START))).contains(root, "NOAUTH");
                    assertThat(refusal(wrong.commit(Asked.creating("x", "1")))).contains(root, "NOAUTH");
                }
            }
            assertThat(owner.all("")).hasSize(2);
        }
    }

    @Test
    void is_open_to_all_when_the_connection_is_not_authenticated() throws Exception {
        try (Asked first = open(options)) {
            first.committed(Asked.creating("a", "1"));

            assertThat(plain.getACL().forPath(root + "/records/a")).isEqualTo(ZooDefs.Ids.OPEN_ACL_UNSAFE);
            try (Asked second = open(as(options, "some:body"))) {
                assertThat(second.found("a")).hasSize(1);
            }
        }
    }

    @Test
    void gives_its_nodes_the_access_list_that_the_host_wants() throws Exception {
        List<ACL> wanted = List.of(ZooDefs.Ids.CREATOR_ALL_ACL.get(0), ZooDefs.Ids.READ_ACL_UNSAFE.get(0));
        try (Asked owner = open(as(options, "steward:secret").withAcl(wanted))) {
            owner.committed(Asked.creating("a", "1"));

            assertThat(plain.getACL().forPath(root + "/records/a")).hasSize(2);
            try (Asked reader = open(options)) {
                assertThat(refusal(reader.commit(Asked.creating("b", "1")))).contains(root, "NOAUTH");
            }
        }
    }

    @Test
    void leaves_the_credentials_out_of_what_it_shows() {
        assertThat(as(options, "steward:secret").toString())
                .contains(root, "logins=1")
                .doesNotContain("secret");
    }

    // ---- what

    @Test
    void refuses_a_store_of_a_newer_format_and_leaves_it_as_it_is() throws Exception {
        plain.create().forPath(root, "steward-records/2".getBytes(UTF_8));
        try (Asked store = open(options)) {
            assertThat(refusal(store.commit(Asked.creating("a", "1")))).contains(root, "format 2", "newer than 1");
            assertThat(refusal(store.read("a"))).contains("format 2");
        }
        assertThat(text(root)).isEqualTo("steward-records/2");
        assertThat(plain.getChildren().forPath(root)).isEmpty();
    }

    @Test
    void refuses_a_root_that_is_something_else() throws Exception {
        plain.create().forPath(root, "my precious data".getBytes(UTF_8));
        try (Asked store = open(options)) {
            assertThat(refusal(store.changes(Cursor.START))).contains(root, "no store of records");
        }
        assertThat(text(root)).isEqualTo("my precious data");
        assertThat(plain.getChildren().forPath(root)).isEmpty();
    }

    @Test
    void leaves_nodes_alone_that_no_store_has_written() throws Exception {
        try (Asked store = open(options)) {
            Versioned good = store.write("a/good", "1");
            plain.create().forPath(root + "/records/a/bad", "garbage".getBytes(UTF_8));
            plain.create().forPath(root + "/records/a/empty", new byte[0]);
            plain.create().forPath(root + "/records/a/not a key", new byte[0]);
            Versioned again = store.write(good, "2");

            assertThat(((Changes) store.changes(Cursor.START)).changes()).containsExactly(again);
            assertThat(refusal(store.commit(Asked.creating("a/bad", "1")))).contains("/records/a/bad");
            assertThat(refusal(store.read("a/empty"))).contains("/records/a/empty");
            try (Asked late = open(options)) {
                assertThat(late.all("")).containsExactly(again);
                assertThat(refusal(late.commit(Asked.creating("a/bad", "1")))).contains("/records/a/bad");
                store.committed(Asked.creating("a/bad/below", "1"));
                assertThat(late.found("a/bad/below")).hasSize(1);
            }
        }
        assertThat(text(root + "/records/a/bad")).isEqualTo("garbage");
    }

    @Test
    void counts_a_record_as_deleted_that_somebody_has_spoilt() throws Exception {
        try (Asked store = open(options)) {
            Versioned good = store.write("a/good", "1");
            store.write("a/spoilt", "1");
            Changes before = (Changes) store.changes(Cursor.START);
            plain.setData().forPath(root + "/records/a/spoilt", "garbage".getBytes(UTF_8));
            assertThat(refusal(store.read("a/spoilt"))).contains("/records/a/spoilt");

            Changes after = (Changes) store.changes(before.next());

            assertThat(after.reset()).isTrue();
            assertThat(after.changes()).containsExactly(good);
            assertThat(((Changes) store.changes(after.next())).reset()).isFalse();
        }
    }

    @Test
    void gives_hints_to_the_others_when_one_fails() throws Exception {
        try (Asked store = open(options)) {
            store.found("a");
            BlockingQueue<Integer> hints = new LinkedBlockingQueue<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                store.store.onHint(() -> {
                    if (number % 2 == 0) {
                        throw new IllegalStateException("a test's");
                    }
                    hints.add(number);
                });
            }
            store.committed(Asked.creating("a", "1"));

            Set<Integer> hinted = new HashSet<>();
            while (hinted.size() < 8) {
                Integer hint = hints.poll(20, TimeUnit.SECONDS);
                assertThat(hint).as("a hint, beside those of %s", hinted).isNotNull();
                hinted.add(hint);
            }
        }
    }

    @Test
    void makes_the_chroot_and_stays_within_it() throws Exception {
        try (Asked store = new Asked(CuratorRecordStore.connect(SERVER + root + "/in/here", Servers.options("/mine")));
                Asked same = new Asked(CuratorRecordStore.connect(SERVER, Servers.options(root + "/in/here/mine")))) {
            store.committed(Asked.creating("a", "1"));

            assertThat(text(root + "/in/here/mine")).startsWith("steward-records/");
            assertThat(same.found("a")).hasSize(1);
        }
    }

    @Test
    void says_that_the_chroot_of_a_connection_does_not_exist() {
        try (CuratorFramework client =
                CuratorRecordStore.client(SERVER + root + "/absent", CuratorOptions.defaults())) {
            client.start();
            Asked store = new Asked(new CuratorRecordStore(client, options));
            assertThat(refusal(store.read("a"))).contains("chroot").contains("does not exist");
            store.close();
        }
    }

    @Test
    void stands_below_the_namespace_of_a_connection() throws Exception {
        CuratorFramework client = plain.usingNamespace(root.substring(1));
        Asked store = new Asked(new CuratorRecordStore(client, Servers.options("/mine")));
        store.committed(Asked.creating("a", "1"));

        assertThat(text(root + "/mine/records/a")).isEqualTo("R1");
        store.close();
        assertThat(plain.getZookeeperClient().isConnected())
                .as("the host's connection")
                .isTrue();
    }

    // ---- how much

    @Test
    void refuses_by_name_what_does_not_fit_a_request() {
        byte[] large = new byte[200_000];
        try (Asked store = open(options.withMostBytes(128 * 1024))) {
            store.committed(Asked.creating("small", "1"));

            CommitAnswer answer = store.commit(
                    new Batch.Create("folder/large", RecordValue.of(large)),
                    new Batch.Create("b", RecordValue.utf8("1")));

            assertThat(refusal(answer)).contains("folder/large", "200012", "jute.maxbuffer");
            assertThat(store.all("")).hasSize(1);
            store.committed(Asked.creating("after", "1"));
        }
    }

    @Test
    void refuses_options_that_make_no_sense() {
        CuratorOptions usual = CuratorOptions.defaults();
        for (String wrong : List.of("", "/", "steward", "/a/", "/a//b", "/a/../b")) {
            assertThatThrownBy(() -> usual.withRoot(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> usual.withMostBytes(100)).hasMessageContaining("100");
        assertThatThrownBy(() -> usual.withRemembered(Duration.ofSeconds(59))).hasMessageContaining("PT59S");
        assertThatThrownBy(() -> usual.withSessionTimeout(Duration.ofMinutes(21)))
                .hasMessageContaining("PT21M")
                .hasMessageContaining("PT1H");
        assertThatThrownBy(() -> usual.withPatience(Duration.ofMillis(-1))).hasMessageContaining("PT-0.001S");
        assertThatThrownBy(() -> usual.withSessionTimeout(Duration.ofDays(1))).hasMessageContaining("PT24H");
        assertThatThrownBy(() -> CuratorRecordStore.connect("127.0.0.1:1/a//b", usual))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
