package dev.steward.lead;

import static dev.steward.lead.LeaderPhase.CATCHING_UP;
import static dev.steward.lead.LeaderPhase.CLAIMING;
import static dev.steward.lead.LeaderPhase.COMMITTING;
import static dev.steward.lead.LeaderPhase.FOLLOWING;
import static dev.steward.lead.LeaderPhase.LEADING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.HeldStore;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of phases, row by row, with each answer in each phase. */
class LeaderPhasesTest {
    private final LeadScene scene = new LeadScene();
    private final HeldStore store = scene.store;
    private final LeaderLoop loop = scene.loop;

    static List<CommitAnswer> uncertain() {
        return List.of(new CommitAnswer.Conflict(Set.of("work/c")), new StoreTrouble.Unknown("lost"));
    }

    static List<CommitAnswer> undone() {
        return List.of(new StoreTrouble.Unavailable("busy"), new StoreTrouble.Refused("too large"));
    }

    static List<CommitAnswer> failures() {
        return List.of(uncertain().get(0), uncertain().get(1), undone().get(0), undone().get(1));
    }

    @Test
    void following_asks_for_no_term_without_advice() {
        scene.in(FOLLOWING);
        scene.after(Duration.ofMillis(500));

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(store.asked).isEmpty();
        assertThat(scene.work.calls).isEmpty();
    }

    @Test
    void following_waits_for_the_cache_before_it_claims() {
        store.holds = true;
        scene.election.says(true);
        scene.pass();
        assertThat(scene.phase()).isEqualTo(FOLLOWING);

        scene.answered();
        assertThat(scene.phase()).isEqualTo(CLAIMING);
        assertThat(store.asked).containsExactly("changes after 0", "commit me#1");
    }

    @Test
    void a_claim_that_is_committed_is_caught_up_with_by_a_read_that_begins_after_it() {
        scene.in(CLAIMING);
        store.hint();
        scene.pass();
        assertThat(store.waiting()).isEqualTo(2);

        scene.answered(); // the claim
        assertThat(scene.phase()).isEqualTo(CATCHING_UP);
        scene.answered(); // the read from before
        assertThat(scene.phase()).isEqualTo(CATCHING_UP);
        assertThat(loop.leadership()).isEmpty();
        scene.answered();
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(loop.leadership()).contains(new Leadership("role", 1, "me"));
        assertThat(scene.work.calls).containsExactly("pass 1", "deliver 1");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_claim_that_fails_is_made_again_after_a_while(CommitAnswer answer) {
        scene.in(CLAIMING);
        scene.answered(answer);
        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(loop.status().cause().code()).isEqualTo(LeaderCause.CLAIM_FAILED);
        store.holds = false;
        store.answerAll();

        scene.after(Duration.ofMillis(99));
        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        scene.after(Duration.ofMillis(51));
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(loop.leadership().orElseThrow().term()).isOne();
        assertThat(scene.work.calls).doesNotContain("deposed");
    }

    @Test
    void a_claim_that_landed_unseen_is_claimed_over_and_never_adopted() {
        scene.in(CLAIMING);
        store.perform();
        store.holds = false;
        scene.after(Duration.ofSeconds(3)); // the limit
        scene.after(Duration.ofMillis(150));

        assertThat(loop.leadership()).contains(new Leadership("role", 2, "me"));
    }

    @Test
    void a_claim_over_another_holder_makes_the_next_term() {
        scene.fence(41, "other");
        scene.in(LEADING);

        assertThat(loop.leadership()).contains(new Leadership("role", 42, "me"));
    }

    @Test
    void one_that_was_superseded_while_it_caught_up_never_says_that_it_leads() {
        scene.in(CATCHING_UP);
        scene.fence(2, "other");
        scene.answered();

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(scene.events).containsExactly("following: term 2 is of other");
        assertThat(scene.work.calls).containsExactly("deposed");
    }

    @Test
    void leading_decides_and_delivers_in_each_pass_that_has_nothing_to_write() {
        scene.in(LEADING);
        scene.pass();
        scene.pass();

        assertThat(scene.work.calls).containsExactly("pass 1", "deliver 1", "pass 1", "deliver 1");
        assertThat(store.asked).isEmpty();
    }

    @Test
    void a_leader_that_is_superseded_follows() {
        scene.in(LEADING);
        scene.fence(2, "other");
        store.hint();
        scene.pass();
        scene.answered();

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(loop.leadership()).isEmpty();
        assertThat(scene.events).containsExactly("following: term 2 is of other");
        assertThat(scene.work.calls).endsWith("deposed").doesNotContain("pass 2");
    }

    @Test
    void a_leader_whose_fence_is_gone_follows_and_claims_the_role_anew() {
        scene.in(LEADING);
        store.write(LeadScene.FENCE, null);
        store.holds = false;
        store.hint();
        scene.pass();
        assertThat(scene.events).containsExactly("following: its fence is gone");

        scene.after(Duration.ofMillis(150));
        assertThat(scene.phase()).isEqualTo(LEADING);
    }

    @Test
    void a_leader_whose_fence_a_newer_version_has_written_follows_and_leaves_it_alone() {
        scene.in(LEADING);
        store.write(LeadScene.FENCE, RecordValue.of((byte) 2));
        store.holds = false;
        store.hint();
        scene.pass();
        store.asked.clear();
        for (int i = 0; i < 30; i++) {
            scene.after(Duration.ofSeconds(1));
        }

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(loop.status().cause().code()).isEqualTo(LeaderCause.UNREADABLE);
        assertThat(store.asked).allMatch(it -> it.startsWith("changes"));
        assertThat(scene.work.calls).endsWith("deposed").containsOnlyOnce("deposed");
    }

    @Test
    void a_batch_that_is_committed_is_delivered_in_the_same_pass_and_then_it_decides_again() {
        scene.in(COMMITTING);
        scene.pass();
        assertThat(scene.work.calls).as("while a batch is in flight").isEmpty();

        scene.answered();

        assertThat(scene.count()).isOne();
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(scene.work.calls).containsExactly("deliver 1", "pass 1", "deliver 1");
    }

    @ParameterizedTest
    @MethodSource("undone")
    void a_batch_that_was_certainly_not_done_is_decided_again_after_a_while(CommitAnswer answer) {
        scene.in(COMMITTING);
        Step step = scene.answered(answer);
        String told = "not committed 1: " + answer.getClass().getSimpleName();

        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(loop.status().trouble()).contains(answer);
        assertThat(scene.work.calls).containsExactly(told);
        assertThat(step.delay()).isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
        scene.after(step.delay().minusNanos(1));
        assertThat(scene.work.calls).containsExactly(told);
        scene.after(Duration.ofNanos(1));
        assertThat(scene.work.calls).containsExactly(told, "pass 1");
        scene.answered();
        assertThat(scene.count()).isOne();
        assertThat(loop.status().trouble()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("uncertain")
    void a_batch_of_which_nobody_knows_is_looked_for_and_then_decided_again_in_the_same_term(CommitAnswer answer) {
        scene.in(COMMITTING);
        String told = "not committed 1: " + answer.getClass().getSimpleName();
        scene.answered(answer);
        assertThat(scene.phase()).isEqualTo(CATCHING_UP);
        assertThat(loop.status().cause().code()).isEqualTo(LeaderCause.UNCERTAIN);
        assertThat(scene.work.calls).containsExactly(told);

        for (int reads = 0; reads < 2 && scene.phase() == CATCHING_UP; reads++) {
            scene.answered();
        }
        assertThat(scene.phase()).isEqualTo(COMMITTING);
        scene.answered();
        assertThat(scene.work.calls).startsWith(told, "pass 1", "deliver 1");
        assertThat(scene.count()).isOne();
    }

    @Test
    void a_batch_that_landed_although_its_answer_got_lost_is_found_and_not_written_twice() {
        scene.in(COMMITTING);
        store.perform();
        scene.answeredNothingUntilTheLimit();
        store.answerAll();
        scene.pass();
        store.answerAll();
        scene.pass();

        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(scene.count()).isOne();
        assertThat(loop.leadership().orElseThrow().term()).isOne();
    }

    @Test
    void a_batch_that_lands_after_the_look_breaks_the_next_one_and_it_goes_on() {
        scene.in(COMMITTING);
        Runnable late = store.putOff();
        scene.answeredNothingUntilTheLimit();
        store.answerAll();
        scene.pass();
        store.answerAll();
        scene.pass();
        assertThat(scene.phase()).isEqualTo(COMMITTING);
        late.run();

        scene.answered(); // a conflict
        assertThat(scene.phase()).isEqualTo(CATCHING_UP);
        store.holds = false;
        store.answerAll();
        scene.pass();
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(scene.count()).isOne();
        assertThat(loop.leadership().orElseThrow().term()).isOne();
    }

    @ParameterizedTest
    @EnumSource(value = LeaderPhase.class, names = "FOLLOWING", mode = EnumSource.Mode.EXCLUDE)
    void advice_that_is_lost_ends_every_phase(LeaderPhase phase) {
        scene.in(phase);
        scene.election.says(false);
        scene.pass();

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(loop.leadership()).isEmpty();
        assertThat(scene.events).containsExactly("following: the election advises it no more");
        assertThat(scene.work.calls).containsExactly("deposed");
    }

    @Test
    void the_answer_to_a_batch_still_feeds_the_cache_when_the_advice_is_lost() {
        scene.in(COMMITTING);
        scene.election.says(false);
        scene.pass();
        scene.answered();

        assertThat(scene.count()).isOne();
        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(scene.work.calls).containsExactly("deposed");
    }

    @Test
    void one_that_is_advised_again_waits_for_its_old_batch_before_it_claims() {
        scene.in(COMMITTING);
        scene.election.says(false);
        scene.pass();
        scene.election.says(true);
        scene.after(Duration.ofMillis(150));
        assertThat(scene.phase()).isEqualTo(FOLLOWING);

        store.holds = false;
        scene.answered();
        assertThat(loop.leadership()).contains(new Leadership("role", 2, "me"));
    }

    @ParameterizedTest
    @EnumSource(LeaderPhase.class)
    void closing_ends_every_phase_and_the_election_but_not_the_cache(LeaderPhase phase) {
        scene.in(phase);
        loop.close();
        loop.close();
        store.answerAll();

        assertThat(scene.pass()).isEqualTo(Step.finished());
        assertThat(loop.status().phase()).isEqualTo(FOLLOWING);
        assertThat(loop.status().cause()).hasToString("was closed");
        assertThat(scene.events).hasSize(phase == FOLLOWING ? 0 : 1);
        assertThat(scene.election.closed).isTrue();
        assertThat(scene.work.calls).hasSize(phase == FOLLOWING ? 0 : 1);
        store.holds = false;
        scene.cache.refresh();
        store.asked.clear();
        scene.cache.poll();
        assertThat(store.asked).isNotEmpty();
    }
}
