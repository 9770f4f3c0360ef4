package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Batch;
import dev.steward.store.Change;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How large values are divided among pages. */
@Timeout(60)
class PagesTest {
    private static final JdbcOptions PATIENT = JdbcOptions.defaults().withPatience(Duration.ofSeconds(20));
    private static final int COMMITS = 50;
    private static final int SIZE = 250_000;
    private static final long MOST = (4L << 20) + Batch.MOST_BYTES;

    @TempDir
    Path folder;

    @Test
    void are_of_some_megabytes_on_SQLite() {
        try (RecordStore store = SqliteRecordStore.open(folder.resolve("records"), TimeSource.system(), PATIENT)) {
            fillAndFollow(store);
        }
    }

    @Test
    void are_of_some_megabytes_on_PostgreSQL() {
        try (RecordStore store =
                PostgresRecordStore.open("large", Server.running().newSchema(), TimeSource.system(), PATIENT)) {
            fillAndFollow(store);
        }
    }

    private static void fillAndFollow(RecordStore store) {
        String text = "x".repeat(SIZE);
        for (int i = 0; i < COMMITS; i++) {
            committed(store, creating("a/" + i, text), creating("b/" + i, text));
        }

        List<Changes> pages = new ArrayList<>();
        Cursor cursor = Cursor.START;
        do {
            pages.add((Changes) Ask.changes(store, cursor, 10_000));
            cursor = pages.get(pages.size() - 1).next();
        } while (pages.get(pages.size() - 1).more());

        assertThat(pages).hasSizeBetween(6, 7);
        Set<Long> revisions = new HashSet<>();
        for (Changes page : pages) {
            assertThat(page.changes().stream().mapToLong(PagesTest::size).sum()).isLessThanOrEqualTo(MOST);
            Set<Long> here = new HashSet<>();
            page.changes().forEach(change -> here.add(change.revision()));
            assertThat(page.changes()).as("two of each commit").hasSize(here.size() * 2);
            assertThat(revisions).doesNotContainAnyElementsOf(here);
            revisions.addAll(here);
        }
        assertThat(revisions).hasSize(COMMITS);
    }

    private static long size(Change change) {
        return ((Versioned) change).value().size();
    }
}
