package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InMemoryRecordStoreTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RecordValue VALUE = RecordValue.utf8("v");

    private final VirtualTime time = new VirtualTime();
    private final InMemoryRecordStore store = new InMemoryRecordStore(time);

    private long commit(Stage stage) {
        List<CommitAnswer> answers = new ArrayList<>();
        store.commit(stage.toBatch("b"), answers::add);
        return ((CommitAnswer.Committed) answers.get(0)).revision();
    }

    private long create(String... keys) {
        Stage stage = new Stage();
        for (String key : keys) {
            stage.create(key, VALUE);
        }
        return commit(stage);
    }

    private long delete(String key, long revision) {
        return commit(new Stage().delete(new Versioned(key, revision, VALUE)));
    }

    private Changes changes(Cursor cursor, int limit, String... prefixes) {
        List<ChangesAnswer> answers = new ArrayList<>();
        store.changes(
                new ChangeQuery(Set.of(prefixes.length == 0 ? new String[] {""} : prefixes), cursor, limit),
                answers::add);
        return (Changes) answers.get(0);
    }

    private static List<String> keys(Changes page) {
        return page.changes().stream()
                .map(it -> (it instanceof Deleted ? "-" : "") + it.key())
                .toList();
    }

    @Test
    void tells_a_follower_of_a_deletion_until_it_is_an_hour_old() {
        long revision = create("a");
        Cursor before = Cursor.at(revision);
        delete("a", revision);

        time.advance(HOUR.minusNanos(1));
        create("b"); // what is old is forgotten by commits
        assertThat(changes(before, 10)).satisfies(page -> {
            assertThat(keys(page)).containsExactly("-a", "b");
            assertThat(page.reset()).isFalse();
        });
    }

    @Test
    void begins_again_with_a_follower_who_misses_a_deletion_that_is_an_hour_old() {
        long revision = create("a");
        Cursor before = Cursor.at(revision);
        long deleted = delete("a", revision);

        time.advance(HOUR);
        create("b");

        assertThat(changes(before, 10)).satisfies(page -> {
            assertThat(keys(page)).containsExactly("b");
            assertThat(page.reset()).isTrue();
        });
        assertThat(changes(Cursor.at(deleted), 10).reset()).isFalse();
    }

    @Test
    void forgets_every_deletion_of_a_commit_and_none_of_a_record_that_was_made_again() {
        long revision = create("a", "b", "c");
        Stage all = new Stage();
        for (String key : List.of("a", "b", "c")) {
            all.delete(new Versioned(key, revision, VALUE));
        }
        commit(all);
        create("b");
        time.advance(HOUR);
        create("d");

        assertThat(keys(changes(Cursor.START, 10))).containsExactly("b", "d");
        assertThat(keys(changes(Cursor.at(revision), 10))).containsExactly("b", "d");
    }

    @Test
    void a_first_load_goes_on_over_a_purge_between_its_pages() {
        long revision = create("a");
        create("b");
        create("c");
        delete("a", revision);
        Changes first = changes(Cursor.START, 1);
        time.advance(HOUR);
        create("d");

        Changes second = changes(first.next(), 1);
        Changes third = changes(second.next(), 1);

        assertThat(first.reset()).isTrue();
        assertThat(second.reset()).isFalse();
        assertThat(third.reset()).isFalse();
        assertThat(keys(first)).containsExactly("b");
        assertThat(keys(second)).containsExactly("c");
        assertThat(keys(third)).containsExactly("d");
        assertThat(third.more()).isFalse();
    }

    @Test
    void a_first_load_is_told_of_what_is_deleted_behind_it_and_of_nothing_that_was_before() {
        long a = create("a");
        create("b");
        delete("a", a);
        long c = create("c");
        create("d");
        Changes first = changes(Cursor.START, 2);
        delete("c", c);

        assertThat(keys(first)).containsExactly("b", "c");
        assertThat(keys(changes(first.next(), 10))).containsExactly("d", "-c");
    }

    @Test
    void a_page_ends_between_commits_and_has_at_least_one() {
        create("a");
        create(IntStream.range(0, 500).mapToObj(i -> "b/" + i).toArray(String[]::new));
        create("c");

        Changes first = changes(Cursor.START, 1);
        Changes second = changes(first.next(), 1);
        Changes third = changes(second.next(), 1);

        assertThat(keys(first)).containsExactly("a");
        assertThat(second.changes()).hasSize(500);
        assertThat(second.more()).isTrue();
        assertThat(keys(third)).containsExactly("c");
        assertThat(third.more()).isFalse();
        assertThat(third.next()).isEqualTo(Cursor.at(3));
    }

    @Test
    void a_page_that_is_just_full_at_the_end_has_no_more_behind_it() {
        create("a");
        create("b");

        assertThat(changes(Cursor.START, 2).more()).isFalse();
        assertThat(changes(Cursor.START, 1).more()).isTrue();
    }

    @Test
    void a_follower_of_some_prefixes_goes_over_the_others_and_reaches_the_head() {
        create("a/1");
        create("b/1");
        create("a/2");
        create("b/2");

        Changes page = changes(Cursor.START, 2, "a/");

        assertThat(keys(page)).containsExactly("a/1", "a/2");
        assertThat(changes(Cursor.at(3), 1, "a/").next()).isEqualTo(Cursor.at(4));
    }

    @Test
    void begins_again_with_a_cursor_that_is_ahead_of_it() {
        create("a");

        assertThat(changes(Cursor.at(7), 10)).satisfies(page -> {
            assertThat(page.reset()).isTrue();
            assertThat(keys(page)).containsExactly("a");
            assertThat(page.next()).isEqualTo(Cursor.at(1));
        });
    }

    @Test
    void a_batch_that_only_requires_makes_a_revision_and_no_change() {
        long revision = create("a");

        long next = commit(new Stage().require(new Versioned("a", revision, VALUE)));

        assertThat(next).isEqualTo(revision + 1);
        assertThat(changes(Cursor.at(revision), 10))
                .isEqualTo(new Changes(List.of(), Cursor.at(next), next, false, false));
    }

    @Test
    void names_all_keys_that_were_not_as_expected() {
        long revision = create("a", "b", "c");
        List<CommitAnswer> answers = new ArrayList<>();
        Stage stage = new Stage()
                .create("a", VALUE)
                .put(new Versioned("b", revision, VALUE), VALUE)
                .delete(new Versioned("c", revision + 1, VALUE))
                .require(new Versioned("d", 1, VALUE));

        store.commit(stage.toBatch("b"), answers::add);

        assertThat(answers).containsExactly(new CommitAnswer.Conflict(Set.of("a", "c", "d")));
        assertThat(keys(changes(Cursor.at(revision), 10))).isEmpty();
    }

    @Test
    void hints_once_a_commit_and_never_at_a_conflict_or_to_one_who_has_left() {
        List<String> hints = new ArrayList<>();
        RecordStore.Hinting first = store.onHint(() -> hints.add("first"));
        store.onHint(() -> hints.add("second"));

        create("a");
        assertThat(hints).containsExactlyInAnyOrder("first", "second");
        store.commit(new Stage().create("a", VALUE).toBatch("b"), it -> {});
        assertThat(hints).hasSize(2);
        first.close();
        first.close();
        create("b");
        assertThat(hints).hasSize(3);
    }

    @Test
    void is_shown_as_committed_to_whoever_is_hinted() {
        List<List<String>> seen = new ArrayList<>();
        store.onHint(() -> seen.add(keys(changes(Cursor.START, 10))));

        create("a");

        assertThat(seen).containsExactly(List.of("a"));
    }

    @Test
    void refuses_everything_once_it_is_closed() {
        List<Object> answers = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        store.onHint(() -> hints.add("hint"));
        store.close();
        store.close();

        store.commit(new Stage().create("a", VALUE).toBatch("b"), answers::add);
        store.changes(new ChangeQuery(Set.of(""), Cursor.START, 1), answers::add);
        store.read(Set.of("a"), answers::add);

        assertThat(answers).hasSize(3).allMatch(new StoreTrouble.Refused("the store is closed")::equals);
        assertThat(hints).isEmpty();
    }

    @Test
    void reads_in_the_order_of_keys_what_is_there() {
        create("b", "a");
        List<ReadAnswer> answers = new ArrayList<>();

        store.read(Set.of("b", "c", "a"), answers::add);

        assertThat(answers)
                .containsExactly(
                        new ReadAnswer.Found(List.of(new Versioned("a", 1, VALUE), new Versioned("b", 1, VALUE)), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store.read(Set.of("../a"), answers::add));
    }
}
