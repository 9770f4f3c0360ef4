package dev.steward.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Batch;
import dev.steward.store.Changes;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.Versioned;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of the nodes of deleted records. */
@Execution(ExecutionMode.CONCURRENT)
class SweepTest {
    private final VirtualTime time = new VirtualTime();
    private final String root = Servers.ground();
    private final CuratorFramework client =
            CuratorRecordStore.client(Servers.shared().getConnectString(), CuratorOptions.defaults());
    private Asked store;

    @BeforeEach
    void open() {
        client.start();
        store = another();
    }

    private Asked another() {
        return new Asked(new CuratorRecordStore(client, Servers.options(root), time, "", false));
    }

    @AfterEach
    void close() {
        store.close();
        client.close();
    }

    private boolean exists(String key) throws Exception {
        Stat stat = client.checkExists().forPath(root + "/records/" + key);
        return stat != null;
    }

    private String data(String key) throws Exception {
        return new String(client.getData().forPath(root + "/records/" + key), UTF_8);
    }

    /**
     * Lets time go by once all that was answered is shown too, for only then its hour begins; the next commit sweeps before it is applied,
     * and then its stamp shows that for the servers no time has gone by.
     */
    private void sweep(Duration length) {
        store.changes(Cursor.START); // answered when all is shown
        time.advance(length);
        store.committed(Asked.creating("sweep/" + time.nanos(), ""));
    }

    @Test
    void stay_as_marks_for_an_hour_and_then_go_with_their_empty_folders() throws Exception {
        store.delete(store.write("a/b/c/d", "1"));
        store.delete(store.write("a/x", "1"));
        store.write("a/y", "1");

        sweep(Duration.ofMinutes(59));
        assertThat(data("a/b/c/d")).isEqualTo("D");
        sweep(Duration.ofMinutes(61));

        assertThat(exists("a/b")).isFalse();
        assertThat(exists("a/x")).isFalse();
        assertThat(exists("a/y")).isTrue();
        store.committed(Asked.creating("a/b/c/d", "anew"));
        assertThat(store.found("a/b/c/d", "a/x", "a/y"))
                .extracting(Versioned::key)
                .containsExactly("a/b/c/d", "a/y");
    }

    @Test
    void stay_for_an_hour_from_when_they_are_shown_here_which_may_be_after_the_answer() throws Exception {
        Versioned record = store.write("a", "1");
        BlockingQueue<CommitAnswer> answers = new LinkedBlockingQueue<>();
        store.store.commit(new Batch("late", List.of(new Batch.Delete("a", record.revision()))), answer -> {
            time.advance(Duration.ofMinutes(61)); // on the store's thread, which shows nothing meanwhile
            answers.add(answer);
        });
        assertThat(answers.poll(40, TimeUnit.SECONDS)).isInstanceOf(CommitAnswer.Committed.class);

        sweep(Duration.ofMinutes(59));
        assertThat(data("a")).isEqualTo("D");
        sweep(Duration.ofMinutes(61));

        assertThat(exists("a")).isFalse();
    }

    @Test
    void become_folders_while_others_are_below_them() throws Exception {
        Versioned high = store.write("a", "1");
        Versioned low = store.write("a/b", "1");
        store.delete(high);

        sweep(Duration.ofMinutes(61));
        assertThat(data("a")).isEqualTo("P");
        store.delete(low);
        sweep(Duration.ofMinutes(61));

        assertThat(exists("a")).isFalse();
    }

    @Test
    void do_not_keep_others_from_going_when_a_stranger_has_put_something_below_them() throws Exception {
        Versioned first = store.write("a", "1");
        Versioned second = store.write("b", "1");
        client.create().forPath(root + "/records/a/not a key", new byte[0]);
        store.delete(first);
        store.delete(second);

        sweep(Duration.ofMinutes(61)); // finds out
        sweep(Duration.ofMinutes(61));

        assertThat(exists("b")).isFalse();
        assertThat(data("a")).isEqualTo("P");
        assertThat(exists("a/not a key")).isTrue();
    }

    @Test
    void are_forgotten_by_those_who_open_the_store_later_too() {
        Versioned gone = store.write("a", "1");
        Changes before = (Changes) store.changes(Cursor.START);
        store.delete(gone);
        Changes after = (Changes) store.changes(before.next());
        sweep(Duration.ofMinutes(61));

        try (Asked late = another()) {
            late.found("a");
            assertThat(((Changes) late.changes(before.next())).reset())
                    .as("missed it")
                    .isTrue();
            assertThat(((Changes) late.changes(after.next())).reset())
                    .as("knows it")
                    .isFalse();
            assertThat(List.copyOf(late.all(""))).extracting(Versioned::key).doesNotContain("a");
        }
    }
}
