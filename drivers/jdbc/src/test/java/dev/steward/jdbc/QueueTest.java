package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.batch;
import static dev.steward.jdbc.Ask.begin;
import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How calls wait for the one thread of a store. */
@Timeout(60)
class QueueTest {
    private static final StoreTrouble REFUSED = new StoreTrouble.Refused("the store is closed");

    @TempDir
    Path folder;

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private SqliteRecordStore store;

    @BeforeEach
    void open() {
        store = opened();
    }

    private SqliteRecordStore opened() {
        return SqliteRecordStore.open(
                folder.resolve("records"),
                TimeSource.system(),
                JdbcOptions.defaults().withWaiting(3).withPatience(Duration.ofSeconds(20)));
    }

    @AfterEach
    void close() {
        release.countDown();
        store.close();
    }

    /** Keeps the store's thread in an answer until it is released. */
    private CompletableFuture<CommitAnswer> hold(String key) throws InterruptedException {
        CompletableFuture<CommitAnswer> answer = new CompletableFuture<>();
        store.commit(batch(creating(key, "1")), told -> {
            held.countDown();
            awaitQuietly(release);
            answer.complete(told);
        });
        assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void answers_that_it_is_busy_when_too_many_calls_wait() throws InterruptedException {
        hold("held");
        List<CompletableFuture<CommitAnswer>> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(begin(store, creating("w/" + i, "1")));
        }

        CompletableFuture<CommitAnswer> oneMore = begin(store, creating("more", "1"));

        assertThat(oneMore)
                .isCompletedWithValueMatching(answer -> answer instanceof StoreTrouble.Unavailable busy
                        && busy.reason().contains("busy: 3 calls"));
        release.countDown();
        for (CompletableFuture<CommitAnswer> each : waiting) {
            assertThat(Ask.await(each)).isInstanceOf(CommitAnswer.Committed.class);
        }
        assertThat(Ask.all(store)).containsOnlyKeys("held", "w/0", "w/1", "w/2");
    }

    @Test
    void does_what_waits_when_it_is_closed_and_refuses_what_comes_later() throws Exception {
        CompletableFuture<CommitAnswer> atHand = hold("held");
        CompletableFuture<CommitAnswer> waiting = begin(store, creating("waiting", "1"));

        Thread closing = closeElsewhere();
        release.countDown();
        closing.join(30_000);

        assertThat(Ask.await(atHand)).isInstanceOf(CommitAnswer.Committed.class);
        assertThat(Ask.await(waiting)).isInstanceOf(CommitAnswer.Committed.class);
        assertThat(Ask.commit(store, creating("later", "1"))).isEqualTo(REFUSED);
    }

    @Test
    void refuses_what_waits_when_there_is_no_time_left_for_it() throws Exception {
        CompletableFuture<CommitAnswer> atHand = hold("held");
        CompletableFuture<CommitAnswer> waiting = begin(store, creating("waiting", "1"));

        closeElsewhere().join(30_000);
        release.countDown();

        assertThat(Ask.await(atHand)).isInstanceOf(CommitAnswer.Committed.class);
        assertThat(Ask.await(waiting)).isEqualTo(REFUSED);
        try (SqliteRecordStore again = opened()) {
            assertThat(Ask.all(again)).containsOnlyKeys("held");
        }
    }

    /** Begins to close the store; when this returns it takes no more calls. */
    private Thread closeElsewhere() {
        Thread closing = new Thread(store::close);
        closing.start();
        while (!refusesAtOnce()) {
            Thread.onSpinWait();
        }
        return closing;
    }

    private boolean refusesAtOnce() {
        CompletableFuture<ReadAnswer> answer = new CompletableFuture<>();
        store.read(Set.of("a"), answer::complete);
        return REFUSED.equals(answer.getNow(null));
    }

    @Test
    void may_be_closed_from_within_an_answer() {
        CompletableFuture<CommitAnswer> last = new CompletableFuture<>();
        store.commit(batch(creating("a", "1")), answer -> {
            store.close();
            store.commit(batch(creating("b", "1")), last::complete);
        });

        assertThat(Ask.await(last)).isInstanceOf(StoreTrouble.Refused.class);
    }

    @Test
    void goes_on_when_answers_and_hints_throw() {
        store.onHint(() -> {
            throw new IllegalStateException("planted in a hint");
        });
        for (int i = 0; i < 2; i++) {
            store.commit(batch(creating("a/" + i, "1")), answer -> {
                throw new IllegalStateException("planted in an answer");
            });
        }

        assertThat(committed(store, creating("b", "1"))).isEqualTo(3);
    }

    @Test
    void has_one_daemon_thread_until_it_is_closed() {
        assertThat(threads()).hasSize(1).allMatch(Thread::isDaemon);

        store.close();

        assertThat(threads()).isEmpty();
    }

    private List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("steward-sqlite-records"))
                .toList();
    }
}
