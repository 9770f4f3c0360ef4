package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.begin;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server is killed with {@code kill -9} while a store writes, and started again on what it has left. */
@Timeout(900)
class ServerKillTest {
    /** 3, or 50 with {@code -Dsteward.nightly=true}. */
    private static final int KILLS =
            Boolean.getBoolean("steward.nightly") ? 50 : Boolean.getBoolean("steward.brief") ? 1 : 3;

    @TempDir
    Path folder;

    private EmbeddedPostgres server;
    private int port;

    @BeforeAll
    static void needsServer() {
        Server.assumeRuns();
    }

    @Test
    void loses_nothing_and_tears_nothing_and_connects_again_by_itself() throws Exception {
        start();
        Random random = new Random(21);
        Tally tally = new Tally();
        int unknown = 0;
        try (RecordStore store = PostgresRecordStore.open("kept", Server.source(port, "public"), TimeSource.system())) {
            for (int kill = 0; kill < KILLS; kill++) {
                Writing writing = new Writing(store, "s" + kill, 20 + random.nextInt(200));
                writing.enough.await(60, TimeUnit.SECONDS);
                kill();
                assertThat(writing.over.await(60, TimeUnit.SECONDS)).isTrue();
                start();
                awaitConnection(store, "after/" + kill);
                unknown += writing.trouble instanceof StoreTrouble.Unknown ? 1 : 0;
                tally.add(writing.run, writing.acknowledged);
                tally.check(Ask.all(store));
            }
        } finally {
            server.close();
        }
        System.out.println(tally.of("postgres server: kills " + KILLS + ", in a commit " + unknown));
        assertThat(tally.lost()).isZero();
        assertThat(tally.torn()).isZero();
    }

    /** Writes triples, the next when one is acknowledged, until there is trouble. */
    private static final class Writing {
        final CountDownLatch enough = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        final String run;
        private final RecordStore store;
        private final int after;
        volatile int acknowledged;
        volatile CommitAnswer trouble;

        Writing(RecordStore store, String run, int after) {
            this.store = store;
            this.run = run;
            this.after = after;
            next(0);
        }

        private void next(int number) {
            store.commit(Ask.batch(Writer.triple(run, number)), answer -> {
                if (!(answer instanceof CommitAnswer.Committed)) {
                    trouble = answer;
                    over.countDown();
                    return;
                }
                acknowledged = number + 1;
                if (acknowledged == after) {
                    enough.countDown();
                }
                next(number + 1);
            });
        }
    }

    private void start() throws IOException {
        EmbeddedPostgres.Builder builder =
                Server.durable().setDataDirectory(folder.resolve("data")).setCleanDataDirectory(false);
        server = (port == 0 ? builder : builder.setPort(port)).start();
        port = server.getPort();
    }

    /** Kills the postmaster; its children find out and end. */
    private void kill() throws Exception {
        String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                .get(0);
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        assertThat(postmaster.destroyForcibly()).isTrue();
        await(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        server.close();
    }

    private static void awaitConnection(RecordStore store, String key) {
        await(() -> Ask.await(begin(store, creating(key, "1"))) instanceof CommitAnswer.Committed);
    }

    private static void await(BooleanSupplier condition) {
        TimeSource time = TimeSource.system();
        long begun = time.nanos();
        while (!condition.getAsBoolean()) {
            assertThat(time.nanos() - begun).isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(10_000_000);
        }
    }
}
