package dev.steward.store;

import static dev.steward.store.CacheScene.LIMIT;
import static dev.steward.store.CacheScene.NANO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.loop.Step;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordWriterTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final CommitAnswer CONFLICT = new CommitAnswer.Conflict(Set.of("a/1"));
    private static final StoreTrouble UNKNOWN = new StoreTrouble.Unknown("lost");

    private final CacheScene scene = new CacheScene();
    private final HeldStore store = scene.store;
    private final RecordWriter writer =
            new RecordWriter(scene.cache, "p", Backoff.exponential(FIRST, Duration.ofMillis(400)));
    private final List<CommitAnswer> answers = new ArrayList<>();

    static List<CommitAnswer> whatMayHaveChangedSomething() {
        return List.of(CONFLICT, UNKNOWN);
    }

    static List<CommitAnswer> whatHasCertainlyNot() {
        return List.of(new StoreTrouble.Unavailable("busy"), new StoreTrouble.Refused("too large"));
    }

    private void commit() {
        writer.commit(new Stage().create("a/1", RecordValue.utf8("x")), answers::add);
    }

    /** Commits; the store answers with this and holds every later call. */
    private void commitMeets(CommitAnswer answer) {
        store.holds = true;
        commit();
        store.answer(answer);
        scene.cache.poll();
    }

    private void answerRead() {
        store.answer();
        scene.cache.poll();
    }

    @Test
    void is_not_ready_before_the_cache_is_loaded() {
        assertThat(writer.isReady()).isFalse();
        assertThatIllegalStateException().isThrownBy(this::commit).withMessage("p: not ready to commit p#1");

        scene.loaded();
        assertThat(writer.isReady()).isTrue();
        assertThat(writer.next()).isEqualTo(Step.parked());
    }

    @Test
    void commits_one_batch_at_a_time_and_tells_its_answer_when_the_cache_is_polled() {
        scene.loaded();
        commit();

        assertThat(writer.isCommitting()).isTrue();
        assertThat(writer.isReady()).isFalse();
        assertThat(writer.next()).isEqualTo(Step.parked());
        assertThatIllegalStateException().isThrownBy(this::commit);
        assertThat(answers).isEmpty();

        scene.cache.poll();
        assertThat(answers).containsExactly(new CommitAnswer.Committed(1));
        assertThat(scene.text("a/1")).isEqualTo("x");
        assertThat(writer.isReady()).isTrue();
        assertThat(writer.trouble()).isEmpty();
    }

    @Test
    void names_no_two_batches_the_same_also_when_one_was_refused() {
        scene.loaded();
        assertThatIllegalArgumentException().isThrownBy(() -> writer.commit(new Stage(), answers::add));
        assertThat(writer.isReady()).isTrue();
        commit();
        scene.cache.poll();

        assertThat(store.asked).startsWith("commit p#2");
        assertThat(writer.nextId()).isEqualTo("p#3");
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveChangedSomething")
    void looks_before_it_is_ready_again_and_waits_for_nothing_else(CommitAnswer answer) {
        scene.loaded();
        commitMeets(answer);

        assertThat(answers).containsExactly(answer);
        assertThat(writer.trouble()).contains(answer);
        assertThat(writer.isReady()).isFalse();
        assertThat(store.asked).containsExactly("commit p#1", "changes after 0");
        assertThat(writer.next()).isEqualTo(Step.parked());

        answerRead();
        assertThat(writer.isReady()).isTrue();
        assertThat(writer.trouble()).contains(answer);
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveChangedSomething")
    void a_read_that_was_on_its_way_before_the_answer_is_no_look(CommitAnswer answer) {
        scene.loaded();
        store.holds = true;
        store.hint();
        scene.cache.poll();
        Runnable early = store.perform();
        commitMeets(answer);

        early.run();
        scene.cache.poll();
        assertThat(writer.isReady()).isFalse();
        answerRead();
        assertThat(writer.isReady()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveChangedSomething")
    void waits_too_from_the_second_in_a_row_on(CommitAnswer answer) {
        scene.loaded();
        commitMeets(answer);
        answerRead();
        commitMeets(answer);
        answerRead();

        Duration second = FIRST.multipliedBy(2);
        assertThat(writer.next()).isEqualTo(Step.after(second));
        scene.time.advance(second.minus(NANO));
        assertThat(writer.isReady()).isFalse();
        scene.time.advance(NANO);
        assertThat(writer.isReady()).isTrue();
        assertThat(writer.next()).isEqualTo(Step.parked());
    }

    @ParameterizedTest
    @MethodSource("whatHasCertainlyNot")
    void waits_ever_longer_and_does_not_look(CommitAnswer answer) {
        scene.loaded();
        for (long wait : new long[] {100, 200, 400, 400}) {
            store.asked.clear();
            commitMeets(answer);
            assertThat(store.asked).hasSize(1);
            assertThat(writer.trouble()).contains(answer);

            Duration delay = Duration.ofMillis(wait);
            assertThat(writer.next()).isEqualTo(Step.after(delay));
            scene.time.advance(delay.minus(NANO));
            assertThat(writer.isReady()).isFalse();
            scene.time.advance(NANO);
            assertThat(writer.isReady()).isTrue();
        }
    }

    @Test
    void a_commit_that_succeeds_ends_the_row_of_failures() {
        scene.loaded();
        commitMeets(new StoreTrouble.Unavailable("busy"));
        scene.time.advance(FIRST);
        store.holds = false;
        commit();
        scene.cache.poll();
        assertThat(writer.trouble()).isEmpty();

        scene.commit("a/1", "y", answers);
        scene.cache.poll();
        store.holds = true;
        writer.commit(new Stage().create("a/2", RecordValue.utf8("x")), answers::add);
        store.answer(new StoreTrouble.Unavailable("busy"));
        scene.cache.poll();
        assertThat(writer.next()).isEqualTo(Step.after(FIRST));
    }

    @Test
    void a_batch_without_an_answer_is_unknown_at_the_limit_and_what_comes_late_counts_for_nothing() {
        scene.loaded();
        store.hints = false;
        store.holds = true;
        commit();
        Runnable late = store.perform();
        scene.after(LIMIT.minus(NANO));
        assertThat(answers).isEmpty();

        scene.after(NANO);
        assertThat(answers).containsExactly(new StoreTrouble.Unknown("no answer within PT3S"));
        late.run();
        scene.cache.poll();
        assertThat(answers).hasSize(1);
        assertThat(writer.isReady()).isFalse();

        answerRead();
        assertThat(writer.isReady())
                .as("by the read that the period had begun before")
                .isFalse();
        answerRead();
        assertThat(writer.isReady()).isTrue();
        assertThat(scene.text("a/1")).as("it had landed").isEqualTo("x");
    }

    @Test
    void a_batch_that_lands_after_the_look_breaks_the_next_one_or_is_broken_by_it() {
        scene.loaded();
        store.hints = false;
        store.holds = true;
        commit();
        Runnable onItsWay = store.putOff();
        scene.after(LIMIT);
        answerRead();
        assertThat(scene.text("a/1")).isEmpty();

        commit();
        onItsWay.run();
        answerRead();

        assertThat(answers).last().isInstanceOf(CommitAnswer.Conflict.class);
        assertThat(writer.isReady()).isFalse();
    }

    @Test
    void goes_on_when_the_one_who_is_told_throws() {
        scene.loaded();
        writer.commit(new Stage().create("a/1", RecordValue.utf8("x")), answer -> {
            throw new IllegalStateException("told");
        });

        assertThatThrownBy(scene.cache::poll).hasMessage("told");

        assertThat(writer.isCommitting()).isFalse();
        assertThat(writer.isReady()).isTrue();
        assertThat(scene.text("a/1")).isEqualTo("x");
    }

    @Test
    void the_one_who_is_told_may_commit_the_next_batch_at_once() {
        scene.loaded();
        writer.commit(
                new Stage().create("a/1", RecordValue.utf8("x")),
                first -> writer.commit(
                        new Stage().put(scene.cache.get("a/1").orElseThrow(), RecordValue.utf8("y")), answers::add));
        scene.cache.poll();
        scene.cache.poll();

        assertThat(answers).containsExactly(new CommitAnswer.Committed(2));
        assertThat(scene.text("a/1")).isEqualTo("y");
    }

    @Test
    void two_writers_of_one_cache_do_not_wait_for_each_other() {
        scene.loaded();
        RecordWriter other = new RecordWriter(scene.cache, "q");
        store.holds = true;
        commit();

        other.commit(new Stage().create("a/2", RecordValue.utf8("x")), answers::add);
        store.answerAll();
        scene.cache.poll();

        assertThat(answers).containsExactly(new CommitAnswer.Committed(1), new CommitAnswer.Committed(2));
    }

    @Test
    void spreads_the_retries_of_several_owners() {
        scene.loaded();
        List<Long> waits = new ArrayList<>();
        store.trouble = new StoreTrouble.Unavailable("busy");
        for (int i = 0; i < 50; i++) {
            RecordWriter each = new RecordWriter(scene.cache, "owner" + i);
            each.commit(new Stage().create("a/1", RecordValue.utf8("x")), it -> {});
            scene.cache.poll();
            waits.add(each.next().delay().toMillis());
        }

        assertThat(waits).allMatch(wait -> wait >= 100 && wait <= 150);
        assertThat(Set.copyOf(waits)).hasSizeGreaterThan(15);
    }
}
