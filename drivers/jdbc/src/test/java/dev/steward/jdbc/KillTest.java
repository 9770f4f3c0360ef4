package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write are killed with {@code kill -9}; what was acknowledged is there afterwards, and nothing is there by half. */
@Timeout(600)
class KillTest {
    /** 5, or 50 with {@code -Dsteward.nightly=true}. */
    static final int KILLS = Boolean.getBoolean("steward.nightly") ? 50 : Boolean.getBoolean("steward.brief") ? 1 : 5;

    @TempDir
    Path folder;

    @Test
    void loses_nothing_and_tears_nothing_on_SQLite() throws Exception {
        Path file = folder.resolve("records");
        killWriters(
                "sqlite",
                () -> SqliteRecordStore.open(file, TimeSource.system()),
                "triples",
                "sqlite",
                file.toString());
    }

    @Test
    void loses_nothing_and_tears_nothing_on_PostgreSQL() throws Exception {
        Server server = Server.running();
        var source = server.newSchema();
        killWriters(
                "postgres",
                () -> PostgresRecordStore.open("killed", source, TimeSource.system()),
                "triples",
                "postgres",
                Integer.toString(server.port()),
                source.getCurrentSchema());
    }

    private static void killWriters(String name, Supplier<RecordStore> reopen, String... where) throws Exception {
        Random random = new Random(20);
        Tally tally = new Tally();
        for (int kill = 0; kill < KILLS; kill++) {
            String run = "k" + kill;
            List<String> arguments = new ArrayList<>(List.of(where));
            arguments.addAll(List.of(run, "1000000"));
            try (OtherJvm writer = OtherJvm.start(List.of(), arguments.toArray(String[]::new))) {
                tally.add(run, killed(writer, 20 + random.nextInt(300)));
            }
            try (RecordStore store = reopen.get()) {
                tally.check(Ask.all(store));
            }
        }
        System.out.println(tally.of(name + ": kills " + KILLS));
        assertThat(tally.lost()).isZero();
        assertThat(tally.torn()).isZero();
    }

    /** How many writes were acknowledged when it was killed, somewhere after so many. */
    private static int killed(OtherJvm writer, int after) throws IOException, InterruptedException {
        int acknowledged = 0;
        for (String line = writer.line(); line != null; line = writer.line()) {
            assertThat(line).isEqualTo(Integer.toString(acknowledged));
            acknowledged++;
            if (acknowledged == after) {
                writer.kill();
            }
        }
        assertThat(acknowledged).isGreaterThanOrEqualTo(after);
        return acknowledged;
    }

    @Test
    void counts_right_with_two_processes_on_one_file() throws Exception {
        Path file = folder.resolve("records");
        LinkedBlockingQueue<String> hints = new LinkedBlockingQueue<>();
        try (RecordStore store = SqliteRecordStore.open(file, TimeSource.system())) {
            committed(store, creating("count", "0"));
            store.onHint(() -> hints.add("hint"));
            try (OtherJvm one = OtherJvm.start(List.of(), "count", "sqlite", file.toString(), "one", "100");
                    OtherJvm two = OtherJvm.start(List.of(), "count", "sqlite", file.toString(), "two", "100")) {
                assertThat(hints.poll(30, TimeUnit.SECONDS)).isEqualTo("hint");
                assertThat(one.awaitEnd()).isZero();
                assertThat(two.awaitEnd()).isZero();
                List<Integer> all = new ArrayList<>();
                for (OtherJvm each : List.of(one, two)) {
                    for (String line = each.line(); line != null; line = each.line()) {
                        all.add(Integer.valueOf(line));
                    }
                }
                assertThat(all).hasSize(200).doesNotHaveDuplicates();
            }
            Map<String, Versioned> records = Ask.all(store);
            assertThat(records.get("count").value().toUtf8()).isEqualTo("200");
            assertThat(records.get("count").revision()).isEqualTo(201);
        }
    }
}
