package dev.steward.store;

import static dev.steward.store.CacheScene.LIMIT;
import static dev.steward.store.CacheScene.NANO;
import static dev.steward.store.CacheScene.PERIOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cache makes of stores that lag, fail, lose answers and forget; and of own commits beside that. */
class RecordCacheTroubleTest {
    private static final StoreTrouble BUSY = new StoreTrouble.Unavailable("busy");

    private final CacheScene scene = new CacheScene();
    private final HeldStore store = scene.store;
    private final RecordCache cache = scene.cache;
    private final List<CommitAnswer> answers = new ArrayList<>();

    private static Versioned record(String key, long revision, String text) {
        return new Versioned(key, revision, RecordValue.utf8(text));
    }

    private void answerWith(Changes page) {
        store.answer(page);
        cache.poll();
    }

    @Test
    void an_own_commit_is_in_when_its_answer_is_told_without_a_read() {
        scene.loaded();
        store.hints = false;
        List<String> whenTold = new ArrayList<>();
        cache.commit(
                new Stage().create("a/1", RecordValue.utf8("x")).toBatch("own"),
                answer -> whenTold.add(scene.text("a/1")));
        assertThat(scene.seen).isEmpty();

        cache.poll();

        assertThat(whenTold).containsExactly("x");
        assertThat(scene.seen).containsExactly(">a/1=x@1");
        assertThat(store.asked).containsExactly("commit own");
    }

    @Test
    void an_own_batch_shows_what_it_puts_and_deletes_of_what_is_followed() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.loaded();
        store.hints = false;
        Stage stage = new Stage()
                .put(cache.get("a/1").orElseThrow(), RecordValue.utf8("z"))
                .delete(cache.get("a/2").orElseThrow())
                .create("b/1", RecordValue.utf8("elsewhere"));

        cache.commit(stage.toBatch("own"), answers::add);
        cache.poll();

        assertThat(scene.seen).containsExactly("a/1=x@1>a/1=z@3", "a/2=y@2>");
        assertThat(cache.get("b/1")).isEmpty();
    }

    @Test
    void a_conflict_changes_nothing_here() {
        scene.loaded();
        store.hints = false;
        scene.write("a/1", "theirs");

        scene.commit("a/1", "ours", answers);
        cache.poll();

        assertThat(answers).hasSize(1).first().isInstanceOf(CommitAnswer.Conflict.class);
        assertThat(scene.seen).isEmpty();
    }

    @Test
    void a_commit_without_an_answer_is_unknown_at_the_limit_and_its_late_answer_is_dropped() {
        scene.loaded();
        store.hints = false;
        store.holds = true;
        scene.commit("a/1", "x", answers);
        Runnable late = store.perform();

        scene.time.advance(LIMIT.minus(NANO));
        cache.poll();
        assertThat(answers).isEmpty();
        scene.after(NANO);
        assertThat(answers).containsExactly(new StoreTrouble.Unknown("no answer within PT3S"));

        late.run();
        cache.poll();
        assertThat(answers).hasSize(1);
        assertThat(scene.seen).as("not by its answer").isEmpty();
        store.answerAll();
        cache.poll();
        assertThat(scene.text("a/1")).as("by a read").isEqualTo("x");
    }

    @Test
    void its_writer_is_told_also_when_a_listener_throws() {
        scene.loaded();
        cache.follow("a/", (before, after) -> {
            throw new IllegalStateException("listener");
        });
        scene.commit("a/1", "x", answers);

        assertThatThrownBy(cache::poll).hasMessage("listener");

        assertThat(answers).containsExactly(new CommitAnswer.Committed(1));
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void a_read_that_was_on_its_way_beside_an_own_commit_is_complete_and_no_trouble() {
        scene.loaded();
        RecordCache.Ticket ticket = cache.refresh();
        store.holds = true;
        cache.poll();
        Runnable early = store.perform();
        scene.commit("a/1", "x", answers);
        store.answer();
        cache.poll();

        early.run();
        cache.poll();

        assertThat(cache.trouble()).isEmpty();
        assertThat(cache.isComplete(ticket)).isTrue();
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void a_store_that_does_not_show_an_own_commit_that_was_answered_before_is_asked_again_later() {
        scene.write("a/0", "x");
        scene.loaded();
        store.hints = false;
        scene.commit("a/1", "x", answers);
        cache.poll();
        RecordCache.Ticket ticket = cache.refresh();
        store.holds = true;
        cache.poll();

        answerWith(new Changes(List.of(), Cursor.at(1), 1, false, false));

        assertThat(cache.isComplete(ticket)).isFalse();
        assertThat(cache.trouble()).contains(new StoreTrouble.Unavailable("the store shows 1, and has been at 2"));
        assertThat(cache.next()).isEqualTo(Step.after(Duration.ofMillis(100)));
        scene.after(Duration.ofMillis(100));
        store.answer();
        cache.poll();
        assertThat(cache.isComplete(ticket)).isTrue();
        assertThat(cache.trouble()).isEmpty();
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void pages_that_go_back_make_no_complete_read() {
        store.holds = true;
        cache.poll();
        RecordCache.Ticket ticket = cache.refresh();

        answerWith(new Changes(List.of(record("a/1", 2, "x")), new Cursor(9, 2), 9, true, true));
        answerWith(new Changes(List.of(record("a/2", 4, "y")), Cursor.at(5), 5, false, false));

        assertThat(cache.isLoaded()).isFalse();
        assertThat(cache.get("a/2"))
                .as("it may have been deleted by 9, which nobody would tell")
                .isEmpty();
        scene.after(Duration.ofMillis(100));
        answerWith(new Changes(List.of(record("a/3", 8, "z")), Cursor.at(9), 9, false, false));
        assertThat(cache.isLoaded()).isTrue();
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.isComplete(ticket)).isFalse();
    }

    @Test
    void no_record_ever_goes_back() {
        scene.write("a/1", "old");
        scene.write("a/1", "new");
        scene.write("a/2", "old");
        scene.loaded();
        scene.delete("a/2");
        cache.poll();
        scene.seen.clear();
        store.holds = true;
        cache.refresh();
        cache.poll();

        answerWith(
                new Changes(List.of(record("a/1", 1, "old"), record("a/2", 3, "old")), Cursor.at(4), 4, false, false));

        assertThat(scene.text("a/1")).isEqualTo("new");
        assertThat(cache.get("a/2")).isEmpty();
        assertThat(scene.seen).isEmpty();
    }

    @Test
    void a_record_that_is_made_again_comes_back() {
        scene.write("a/1", "x");
        scene.loaded();
        scene.delete("a/1");
        cache.poll();
        scene.write("a/1", "y");
        cache.poll();

        assertThat(scene.seen).containsExactly("a/1=x@1>", ">a/1=y@3");
    }

    @Test
    void what_a_whole_sweep_does_not_show_is_gone() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();

        answerWith(new Changes(List.of(record("a/2", 2, "y")), new Cursor(9, 2), 9, true, true));
        assertThat(scene.seen).as("before the sweep is over").isEmpty();
        answerWith(new Changes(List.of(record("a/3", 7, "z")), Cursor.at(9), 9, false, false));

        assertThat(scene.seen).containsExactly(">a/3=z@7", "a/1=x@1>");
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void a_sweep_keeps_what_an_own_commit_has_written_behind_its_back() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();
        answerWith(new Changes(List.of(), new Cursor(2, 1), 2, true, true));
        store.hints = false;
        store.putOff();
        scene.commit("a/1", "ours", answers);
        scene.commit("a/3", "ours too", answers);
        store.answerAll();
        cache.poll();
        scene.seen.clear();
        scene.after(LIMIT);
        scene.after(Duration.ofMillis(100));

        answerWith(new Changes(List.of(record("a/2", 2, "y")), Cursor.at(4), 4, false, false));

        assertThat(scene.seen).isEmpty();
        assertThat(scene.text("a/1")).isEqualTo("ours");
        assertThat(scene.text("a/2")).isEqualTo("y");
        assertThat(scene.text("a/3")).isEqualTo("ours too");
    }

    @Test
    void a_sweep_that_begins_anew_forgets_what_the_broken_off_one_has_shown() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.loaded();
        store.holds = true;
        store.hint();
        cache.poll();

        answerWith(new Changes(List.of(record("a/1", 1, "x")), new Cursor(5, 1), 5, true, true));
        answerWith(new Changes(List.of(record("a/2", 2, "y")), Cursor.at(6), 6, false, true));

        assertThat(scene.seen).containsExactly("a/1=x@1>");
    }

    @Test
    void follows_a_store_that_has_forgotten_what_happened_meanwhile() {
        scene.write("a/1", "x");
        scene.write("a/2", "y");
        scene.loaded();
        store.hints = false;
        scene.delete("a/1");
        scene.time.advance(Duration.ofHours(1));
        scene.write("b/1", "makes the store forget");

        cache.poll();

        assertThat(scene.seen).containsExactly("a/1=x@1>");
        assertThat(cache.trouble()).isEmpty();
    }

    @Test
    void waits_ever_longer_after_trouble_and_is_well_again_with_the_first_page() {
        store.trouble = BUSY;
        cache.poll();
        assertThat(cache.trouble()).contains(BUSY);

        for (long wait : new long[] {100, 200, 400, 800, 1600, 3200, 5000, 5000}) {
            assertThat(cache.next()).isEqualTo(Step.after(Duration.ofMillis(wait)));
            store.asked.clear();
            assertThat(scene.after(Duration.ofMillis(wait).minus(NANO))).isEqualTo(Step.after(NANO));
            assertThat(store.asked).isEmpty();
            scene.after(NANO);
            assertThat(store.asked).hasSize(1);
        }
        store.trouble = null;
        scene.after(Duration.ofSeconds(5));
        assertThat(cache.trouble()).isEmpty();
        assertThat(cache.isLoaded()).isTrue();

        store.trouble = BUSY;
        scene.after(PERIOD);
        assertThat(cache.next()).isEqualTo(Step.after(Duration.ofMillis(100)));
    }

    @Test
    void a_store_that_throws_has_not_answered() {
        store.thrown = new IllegalStateException("broken (this is part of the test)");

        cache.poll();
        scene.commit("a/1", "x", answers);
        cache.poll();

        StoreTrouble.Unknown unknown = new StoreTrouble.Unknown(
                "the store threw java.lang.IllegalStateException: broken (this is part of the test)");
        assertThat(cache.trouble()).contains(unknown);
        assertThat(answers).containsExactly(unknown);
        store.thrown = null;
        scene.after(Duration.ofMillis(100));
        assertThat(cache.isLoaded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_read_without_an_answer_is_given_up_at_the_limit_and_begun_again(boolean answersLate) {
        store.hints = false;
        store.holds = true;
        cache.poll();
        assertThat(cache.next()).isEqualTo(Step.after(LIMIT));
        assertThat(scene.after(LIMIT.minus(NANO))).isEqualTo(Step.after(NANO));
        assertThat(cache.trouble()).isEmpty();
        scene.write("a/1", "x");
        Runnable late = store.perform();

        assertThat(scene.after(NANO)).isEqualTo(Step.after(Duration.ofMillis(100)));
        assertThat(cache.trouble()).contains(new StoreTrouble.Unknown("no answer within PT3S"));
        if (answersLate) {
            late.run();
            cache.poll();
            assertThat(cache.isLoaded()).isFalse();
        }
        scene.after(Duration.ofMillis(100));
        store.answer();
        cache.poll();

        assertThat(store.asked).startsWith("changes after 0", "changes after 0");
        assertThat(scene.seen).containsExactly(">a/1=x@1");
    }

    @Test
    void says_how_stale_it_is_through_all_trouble() {
        scene.loaded();
        store.trouble = BUSY;
        for (int i = 0; i < 20; i++) {
            scene.after(PERIOD);
        }
        assertThat(cache.staleness()).isEqualTo(Duration.ofSeconds(20));

        store.trouble = null;
        scene.after(Duration.ofSeconds(5));
        assertThat(cache.staleness()).isEqualTo(Duration.ZERO);
    }

    @Test
    void a_wall_clock_that_is_set_changes_nothing() {
        scene.loaded();
        scene.time.stepWall(Duration.ofDays(-1));
        cache.poll();
        scene.time.stepWall(Duration.ofDays(2));
        cache.poll();

        assertThat(store.asked).isEmpty();
        assertThat(cache.next()).isEqualTo(Step.after(PERIOD));
    }
}
