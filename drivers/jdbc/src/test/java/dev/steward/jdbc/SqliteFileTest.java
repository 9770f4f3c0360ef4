package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static dev.steward.jdbc.Ask.putting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.store.Batch;
import dev.steward.store.Cursor;
import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the place of a store's file. */
@Timeout(60)
class SqliteFileTest {
    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("records.db");
    }

    private SqliteRecordStore open() {
        return SqliteRecordStore.open(file, TimeSource.system());
    }

    private void refusedAsItIs(String... parts) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        StoreOpenException.class,
                        refusal -> assertThat(refusal.store()).isEqualTo(file.toString()))
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void makes_a_file_for_its_owner_only() throws IOException {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void leaves_one_file_behind_when_it_is_closed() throws IOException {
        try (SqliteRecordStore store = open()) {
            committed(store, creating("a", "1"));
        }

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void refuses_to_open_where_there_is_no_folder() {
        file = folder.resolve("nowhere").resolve("records.db");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreOpenException.class)
                .hasMessage(file + ": there is no folder " + folder.resolve("nowhere"));
    }

    @Test
    void refuses_a_folder_in_the_place_of_the_file() {
        file = folder;

        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class).hasMessage(folder + ": is a folder");
    }

    @Test
    void refuses_a_name_that_SQLite_would_read_otherwise() {
        file = folder.resolve("records?mode=memory");

        assertThatThrownBy(this::open).isInstanceOf(StoreOpenException.class).hasMessageContaining("question mark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "this is a text of somebody, and it is longer than the head of a database",
                "SQLite format 2\0"
            })
    void refuses_a_file_that_is_no_database(String content) throws IOException {
        Files.writeString(file, content);

        refusedAsItIs("is no SQLite database");
    }

    @Test
    void refuses_a_database_of_something_else() throws Exception {
        sql("create table somebody (name text)");

        refusedAsItIs("is a SQLite database of something else");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4_096, 3 * 4_096, 6 * 4_096 + 17, 30 * 4_096})
    void refuses_a_broken_database(int at) throws IOException {
        fill();
        byte[] garbage = new byte[5_000];
        Arrays.fill(garbage, (byte) 0xA5);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            assertThat(bytes.length()).isGreaterThan(at + garbage.length);
            bytes.seek(at);
            bytes.write(garbage);
        }

        refusedAsItIs("is a broken SQLite database");
    }

    @Test
    void refuses_a_database_that_was_cut_off() throws IOException {
        fill();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }

        refusedAsItIs("is a broken SQLite database");
    }

    @Test
    void does_not_bring_in_the_log_of_a_broken_database() throws Exception {
        Path log = Path.of(file + "-wal");
        Path keptLog = folder.resolve("kept");
        try (SqliteRecordStore store = open()) {
            for (int i = 0; i < 50; i++) {
                committed(store, creating("a/" + i, "x".repeat(500)));
            }
            Files.copy(log, keptLog);
        }
        Files.move(keptLog, log);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.write("this was somebody's".getBytes(UTF_8));
        }

        refusedAsItIs("is no SQLite database");
        assertThat(log).exists();
    }

    private void fill() {
        try (SqliteRecordStore store = open()) {
            Batch.Op[] records = IntStream.range(0, 400)
                    .mapToObj(i -> creating("a/" + i, ("value " + i + " ").repeat(50)))
                    .toArray(Batch.Op[]::new);
            committed(store, records);
        }
    }

    @Test
    void refuses_a_store_of_a_newer_version() throws Exception {
        open().close();
        sql("update steward_meta set schema_version = 7");

        refusedAsItIs("of version 7", "newer than 1");
    }

    @Test
    void takes_a_name_of_any_other_characters() {
        file = folder.resolve("re cords #1%20&=\u00e9.db");
        for (int i = 1; i <= 2; i++) {
            try (SqliteRecordStore store = open()) {
                assertThat(committed(store, creating("a/" + i, "1"))).isEqualTo(i);
            }
        }
        assertThat(file).exists();
    }

    @Test
    void takes_an_empty_file() throws IOException {
        Files.createFile(file);

        try (SqliteRecordStore store = open()) {
            assertThat(committed(store, creating("a", "1"))).isEqualTo(1);
        }
    }

    @Test
    void neither_writes_nor_shows_anything_when_another_file_stands_in_its_place() throws IOException {
        try (SqliteRecordStore store = open()) {
            committed(store, creating("a", "1"));
            Path away = folder.resolve("away.db");
            Files.move(file, away);
            assertThat(Ask.commit(store, putting("a", 1, "2")))
                    .isInstanceOfSatisfying(
                            StoreTrouble.Unavailable.class,
                            trouble -> assertThat(trouble.reason()).contains(file.toString(), "taken away"));
            Files.writeString(file, "another");
            assertThat(Ask.commit(store, putting("a", 1, "2")))
                    .isInstanceOfSatisfying(
                            StoreTrouble.Unavailable.class,
                            trouble -> assertThat(trouble.reason()).contains(file.toString(), "replaced"));
            assertThat(List.of(Ask.read(store, "a"), Ask.changes(store, Cursor.START, 10)))
                    .allSatisfy(answer -> assertThat(answer)
                            .isInstanceOfSatisfying(
                                    StoreTrouble.Unavailable.class,
                                    trouble -> assertThat(trouble.reason())
                                            .contains("has been replaced by another: open the store anew")));

            Files.move(away, file, StandardCopyOption.REPLACE_EXISTING);
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
            assertThat(Ask.all(store)).containsOnlyKeys("a");
        }
    }

    /** A process that closes a file, however it opened it, has no lock on it any more; another would then take the log away under it. */
    @Test
    void keeps_its_hold_on_the_file_when_the_same_process_opens_it_once_more() throws IOException {
        assumeTrue(Files.isReadable(LOCKS), "there is no list of locks");
        try (SqliteRecordStore store = open()) {
            committed(store, creating("a", "1"));
            List<String> before = locks();
            open().close();

            assertThat(locks()).isEqualTo(before).isNotEmpty();
        }
    }

    private List<String> locks() throws IOException {
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        try (Stream<String> all = Files.lines(LOCKS)) {
            return all.filter(line -> line.contains(inode))
                    .map(line -> line.substring(line.indexOf("POSIX")))
                    .toList();
        }
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement direct = connection.createStatement()) {
            direct.execute(statement);
        }
    }
}
