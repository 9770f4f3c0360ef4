package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table();

    private void put(String key, long revision, int size) {
        table.put(key, new Znode(Znode.Kind.RECORD, revision, 0, 0, RecordValue.of(new byte[size])));
        table.asOf(revision);
    }

    private Changes page(Cursor cursor) {
        return table.changes(new ChangeQuery(Set.of(""), cursor, 1_000));
    }

    @Test
    void ends_a_page_at_the_commit_with_which_it_passes_4_mebibytes() {
        for (int revision = 1; revision <= 10; revision++) {
            put("a" + revision, revision, 700_000);
            put("b" + revision, revision, 700_000);
        }
        List<Integer> sizes = new ArrayList<>();
        List<Change> told = new ArrayList<>();
        Changes page = page(Cursor.START);
        for (; page.more(); page = page(page.next())) {
            sizes.add(page.changes().size());
            told.addAll(page.changes());
        }
        sizes.add(page.changes().size());
        told.addAll(page.changes());

        assertThat(sizes).containsExactly(6, 6, 6, 2);
        assertThat(told).extracting(Change::key).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void tells_of_a_commit_that_is_larger_than_a_page() {
        for (int i = 0; i < 9; i++) {
            put("k" + i, 7, 1 << 20);
        }
        assertThat(page(Cursor.START).changes()).hasSize(9);
        assertThat(page(Cursor.START).more()).isFalse();
    }

    @Test
    void begins_anew_for_followers_when_a_record_is_spoilt_and_tells_of_it_when_it_is_whole_again() {
        put("a", 5, 1);
        put("b", 6, 1);
        table.put("a", Znode.unreadable(7, 1));
        table.asOf(7);

        assertThat(page(Cursor.at(6)).reset()).isTrue();
        assertThat(page(Cursor.at(6)).changes()).extracting(Change::key).containsExactly("b");
        assertThat(page(Cursor.at(7)).reset()).isFalse();
        put("a", 8, 1);
        assertThat(page(Cursor.at(7)).changes()).extracting(Change::key).containsExactly("a");
    }

    @Test
    void begins_anew_for_followers_when_a_reading_finds_a_record_spoilt() {
        put("a", 5, 1);
        table.replace(Map.of("a", Znode.unreadable(1, -1)), Set.of(), 9);

        assertThat(page(Cursor.at(5)).reset()).isTrue();
        assertThat(page(Cursor.at(5)).changes()).isEmpty();
    }

    @Test
    void gives_no_mark_away_that_was_not_seen_for_long() {
        for (int revision = 1; revision <= 3; revision++) {
            table.put("k" + revision, new Znode(Znode.Kind.DELETED, revision, 1, 100, Znode.NOTHING));
        }
        assertThat(table.graves(100, 2, 10)).containsOnlyKeys("k1", "k2");
        assertThat(table.graves(99, 3, 10)).isEmpty();
        assertThat(table.graves(100, -1, 10)).isEmpty();
    }
}
