package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.all;
import static dev.steward.jdbc.Ask.begin;
import static dev.steward.jdbc.Ask.commit;
import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static dev.steward.jdbc.Ask.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trouble with a SQLite file that is open. */
@Timeout(60)
class SqliteTroubleTest {
    private static final JdbcOptions IMPATIENT = JdbcOptions.defaults().withPatience(Duration.ofMillis(50));
    private static final String TEXT = "x".repeat(10_000);

    @TempDir
    Path folder;

    @Test
    void is_unavailable_while_somebody_else_holds_the_file() throws SQLException {
        Path file = folder.resolve("records");
        try (SqliteRecordStore store = SqliteRecordStore.open(file, TimeSource.system(), IMPATIENT)) {
            committed(store, creating("a", "1"));
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement direct = other.createStatement()) {
                direct.execute("begin immediate");

                assertThat(commit(store, putting("a", 1, "2")))
                        .isInstanceOfSatisfying(
                                StoreTrouble.Unavailable.class,
                                trouble -> assertThat(trouble.reason()).contains(file.toString(), "locked"));
                assertThat(all(store).get("a").value().toUtf8()).isEqualTo("1");
                direct.execute("rollback");
            }

            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
        }
    }

    @Test
    void does_not_begin_what_has_waited_for_too_long() throws SQLException {
        Path file = folder.resolve("records");
        List<CompletableFuture<CommitAnswer>> answers = new ArrayList<>();
        try (SqliteRecordStore store = SqliteRecordStore.open(file, TimeSource.system(), IMPATIENT);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement direct = other.createStatement()) {
            direct.execute("begin immediate");
            for (int i = 0; i < 100; i++) {
                answers.add(begin(store, creating("a/" + i, "1")));
            }

            assertThat(reason(Ask.await(answers.get(0)))).contains("locked");
            assertThat(reason(Ask.await(answers.get(99)))).contains("for its turn");
            assertThat(answers).allSatisfy(answer -> reason(answer.join()));
            direct.execute("rollback");
            assertThat(all(store)).isEmpty();
            assertThat(committed(store, creating("b", "1"))).isEqualTo(1);
        }
    }

    private static String reason(CommitAnswer answer) {
        assertThat(answer).isInstanceOf(StoreTrouble.Unavailable.class);
        return ((StoreTrouble.Unavailable) answer).reason();
    }

    @Test
    void looks_around_no_more_often_and_connects_anew_when_that_meets_a_defect() throws InterruptedException {
        Duration pause = Duration.ofMillis(50);
        var database = new Defective(folder.resolve("records"));
        try (SqliteRecordStore store = SqliteRecordStore.open(
                database, TimeSource.system(), JdbcOptions.defaults().withLook(pause))) {
            long begun = TimeSource.system().nanos();
            store.onHint(() -> {});

            assertThat(database.looks.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(TimeSource.system().nanos() - begun).isGreaterThan(pause.toNanos() * 3);
            assertThat(database.connections.get()).isGreaterThanOrEqualTo(4);
            committed(store, creating("a", "1"));
        }
    }

    @Test
    void is_unavailable_while_the_database_may_not_grow_and_goes_on_when_it_may() {
        var database = new Narrow(folder.resolve("records"));
        try (SqliteRecordStore store = SqliteRecordStore.open(database, TimeSource.system(), JdbcOptions.defaults())) {
            fillUntilFull(store, () -> database.most(40), () -> database.most(1_000_000));
        }
    }

    @Test
    void is_unavailable_while_the_disk_is_full_and_goes_on_when_there_is_room() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "size=1m")) {
            Path ballast = disk.path().resolve("ballast");
            Files.write(ballast, new byte[300_000]);
            Path file = disk.path().resolve("records");
            Map<String, Versioned> before;
            try (SqliteRecordStore store = SqliteRecordStore.open(file, TimeSource.system())) {
                before = fillUntilFull(store, () -> {}, () -> Files.delete(ballast));
            }
            try (SqliteRecordStore store = SqliteRecordStore.open(file, TimeSource.system())) {
                assertThat(all(store)).containsAllEntriesOf(before).hasSize(before.size() + 2);
            }
        }
    }

    private interface Act {
        void run() throws Exception;
    }

    private static Map<String, Versioned> fillUntilFull(SqliteRecordStore store, Act narrow, Act widen) {
        Map<String, Versioned> acknowledged = new TreeMap<>();
        committed(store, creating("counter", "0"));
        act(narrow);
        CommitAnswer answer;
        int count = 0;
        do {
            assertThat(count).isLessThan(1_000);
            String key = "fill/" + count++;
            answer = commit(store, creating(key + "/a", TEXT), creating(key + "/b", TEXT));
            if (answer instanceof CommitAnswer.Committed committed) {
                for (String name : new String[] {key + "/a", key + "/b"}) {
                    Batch.Create made = (Batch.Create) creating(name, TEXT);
                    acknowledged.put(name, new Versioned(name, committed.revision(), made.value()));
                }
            }
        } while (answer instanceof CommitAnswer.Committed);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        StoreTrouble.Unavailable.class,
                        trouble -> assertThat(trouble.reason()).contains("full"));
        acknowledged.put(
                "counter",
                ((ReadAnswer.Found) Ask.read(store, "counter")).records().get(0));
        assertThat(acknowledged).hasSizeGreaterThan(4);
        assertThat(all(store)).isEqualTo(acknowledged);
        assertThat(commit(store, creating("one/more", TEXT + TEXT))).isInstanceOf(StoreTrouble.Unavailable.class);

        act(widen);
        committed(store, creating("one/more", TEXT), putting("counter", 1, "1"));
        acknowledged.remove("counter");
        assertThat(all(store)).containsAllEntriesOf(acknowledged).hasSize(acknowledged.size() + 2);
        return acknowledged;
    }

    private static void act(Act act) {
        try {
            act.run();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void is_unavailable_while_the_disk_is_read_only_and_is_not_opened_there() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "size=4m")) {
            Path file = disk.path().resolve("records");
            SqliteRecordStore.open(file, TimeSource.system()).close();
            disk.remount("ro");

            assertThatThrownBy(() -> SqliteRecordStore.open(file, TimeSource.system()))
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("may not be written to");
            assertThatThrownBy(() -> SqliteRecordStore.open(disk.path().resolve("new"), TimeSource.system()))
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessageContaining("may not be written to");
        }
    }

    @Test
    void refuses_a_file_that_may_not_be_written() throws IOException {
        Path file = folder.resolve("records");
        SqliteRecordStore.open(file, TimeSource.system()).close();
        try (SmallDisk disk = SmallDisk.bindReadOnly(file)) {
            assertThat(disk.path()).isEqualTo(file);
            assertThatThrownBy(() -> SqliteRecordStore.open(file, TimeSource.system()))
                    .isInstanceOf(StoreOpenException.class)
                    .hasMessage(file + ": may not be read and written");
        }
    }

    /** A database that nobody can ask whether there is news. */
    private static final class Defective extends SqliteDatabase {
        private final CountDownLatch looks = new CountDownLatch(4);
        private final AtomicInteger connections = new AtomicInteger();

        Defective(Path file) {
            super(file, Duration.ofSeconds(1));
        }

        @Override
        public Connection connect() throws SQLException {
            connections.incrementAndGet();
            return super.connect();
        }

        @Override
        public boolean mayHaveNews() {
            looks.countDown();
            throw new IllegalStateException("planted in a look");
        }
    }

    /** A database whose file can be kept from growing. */
    private static final class Narrow extends SqliteDatabase {
        private Connection connection;

        Narrow(Path file) {
            super(file, Duration.ofSeconds(1));
        }

        @Override
        public Connection connect() throws SQLException {
            connection = super.connect();
            return connection;
        }

        void most(int pages) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma max_page_count = " + pages);
            }
        }
    }
}
