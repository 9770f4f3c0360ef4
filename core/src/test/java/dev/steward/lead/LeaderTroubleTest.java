package dev.steward.lead;

import static dev.steward.lead.LeaderPhase.CATCHING_UP;
import static dev.steward.lead.LeaderPhase.CLAIMING;
import static dev.steward.lead.LeaderPhase.COMMITTING;
import static dev.steward.lead.LeaderPhase.FOLLOWING;
import static dev.steward.lead.LeaderPhase.LEADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.loop.Step;
import dev.steward.store.HeldStore;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work that throws or asks too much, what a leader says of itself, and when it wants its next pass. */
class LeaderTroubleTest {
    private final LeadScene scene = new LeadScene();
    private final HeldStore store = scene.store;
    private final LeaderLoop loop = scene.loop;

    @Test
    void work_that_throws_when_it_decides_loses_its_stage_and_is_asked_again() {
        scene.in(LEADING);
        scene.work.decides = (leadership, stage) -> {
            stage.create("work/never", RecordValue.utf8("x"));
            throw new IllegalStateException("no idea");
        };
        assertThatThrownBy(scene::pass).hasMessage("no idea");
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(store.asked).isEmpty();

        scene.countsTo(1);
        scene.pass();
        scene.answered();
        assertThat(scene.count()).isOne();
        assertThat(scene.cache.get("work/never")).isEmpty();
    }

    @Test
    void work_that_throws_when_it_delivers_is_asked_again_and_its_batch_is_kept() {
        scene.in(COMMITTING);
        scene.work.throwsIn = "deliver";
        store.answer();
        assertThatThrownBy(scene::pass).hasMessageStartingWith("deliver");
        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(scene.count()).isOne();

        scene.work.throwsIn = null;
        scene.pass();
        assertThat(scene.work.calls).containsExactly("deliver 1", "pass 1", "deliver 1");
    }

    @Test
    void work_that_throws_when_it_is_deposed_is_deposed_all_the_same() {
        scene.in(LEADING);
        scene.work.throwsIn = "deposed";
        scene.election.says(false);
        assertThatThrownBy(scene::pass).hasMessageStartingWith("deposed");

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(loop.leadership()).isEmpty();
        scene.pass();
        assertThat(scene.work.calls).containsExactly("deposed");
    }

    @Test
    void the_election_is_closed_also_when_the_work_throws() {
        scene.in(LEADING);
        scene.work.throwsIn = "deposed";

        assertThatThrownBy(loop::close).hasMessageStartingWith("deposed");

        assertThat(scene.election.closed).isTrue();
        assertThat(scene.pass()).isEqualTo(Step.finished());
    }

    @Test
    void the_work_has_a_whole_batch_but_for_the_fence() {
        scene.in(LEADING);
        List<Boolean> fits = new ArrayList<>();
        scene.work.decides = (leadership, stage) -> {
            for (int i = stage.mark(); scene.cache.get("work/0").isEmpty() && i < 499; i++) {
                stage.create("work/" + i, RecordValue.utf8("x"));
            }
            fits.add(stage.fits(1, 0));
        };
        scene.pass();
        scene.answered();

        assertThat(fits).containsExactly(false, true);
        assertThat(scene.cache.size()).isEqualTo(500);
    }

    @Test
    void work_that_stages_too_much_is_refused_where_it_does_so() {
        scene.in(LEADING);
        scene.work.decides = (leadership, stage) -> {
            for (int i = 0; i < 500; i++) {
                stage.create("work/" + i, RecordValue.utf8("x"));
            }
        };

        assertThatIllegalStateException()
                .isThrownBy(scene::pass)
                .withMessage("work/499: the stage is full with 499 changes");
        assertThat(store.asked).isEmpty();
    }

    @Test
    void work_that_stages_the_fence_itself_is_refused_and_the_leader_leads_on() {
        scene.in(LEADING);
        scene.work.decides = (leadership, stage) ->
                stage.delete(scene.cache.get(LeadScene.FENCE).orElseThrow());
        assertThatIllegalArgumentException().isThrownBy(scene::pass).withMessageContaining("two changes of lead/role");
        assertThat(scene.phase()).isEqualTo(LEADING);

        scene.countsTo(1);
        scene.pass();
        scene.answered();
        assertThat(scene.count()).isOne();
    }

    @Test
    void refuses_passes_within_a_pass_and_to_be_closed_by_its_work() {
        scene.in(LEADING);
        scene.work.decides = (leadership, stage) -> loop.manageOnce();
        assertThatIllegalStateException().isThrownBy(scene::pass);
        scene.work.decides = (leadership, stage) -> loop.close();
        assertThatIllegalStateException().isThrownBy(scene::pass).withMessage("close during a pass of loop 'role'");
    }

    @Test
    void says_on_the_feed_what_it_is_and_nothing_for_each_commit() {
        scene.election.says(true);
        scene.countsTo(5);
        scene.pass();
        scene.election.says(false);
        scene.pass();

        assertThat(scene.count()).isEqualTo(5);
        assertThat(scene.events)
                .containsExactly(
                        "claiming: asks for term 1",
                        "catching-up: has term 1",
                        "leading: leads in term 1",
                        "following: the election advises it no more");
    }

    @Test
    void explains_itself_in_each_phase() {
        assertThat(loop.status().explain())
                .isEqualTo("me is following for role: nothing has happened yet; there was no term yet");
        scene.in(CLAIMING);
        assertThat(loop.status().explain())
                .isEqualTo("me is claiming for role: asks for term 1; there was no term yet");
        scene.answered();
        assertThat(loop.status().explain()).isEqualTo("me is catching-up for role: has term 1; term 1 is of me");
        scene.countsTo(1);
        scene.answered();
        assertThat(loop.status().explain()).isEqualTo("me is committing for role: leads in term 1; term 1 is of me");
        scene.answered(new StoreTrouble.Unavailable("busy"));
        assertThat(loop.status().explain())
                .isEqualTo(
                        "me is leading for role: leads in term 1; term 1 is of me; the store: Unavailable[reason=busy]");
    }

    @Test
    void one_that_follows_says_who_leads_and_what_the_election_says() {
        scene.election.advice = new Advice(false, Step.parked(), "the lease is held by other");
        scene.fence(7, "other");
        scene.pass();
        assertThat(loop.status().explain())
                .isEqualTo("me is following for role: the lease is held by other; term 7 is of other");

        scene.fence(8, "third");
        scene.pass();
        assertThat(loop.status().leader()).contains(new Leadership("role", 8, "third"));
    }

    @Test
    void tells_no_trouble_that_is_over() {
        scene.in(CLAIMING);
        store.holds = false;
        scene.answered(new StoreTrouble.Unavailable("busy"));
        assertThat(loop.status().trouble()).isPresent();

        scene.election.says(false);
        scene.after(Duration.ofSeconds(1));
        assertThat(loop.status().trouble()).isEmpty();
    }

    @Test
    void says_that_the_store_cannot_be_read() {
        store.trouble = new StoreTrouble.Unavailable("no route");
        scene.pass();

        assertThat(loop.status().explain()).endsWith("; the store: Unavailable[reason=no route]");
    }

    @Test
    void a_follower_wants_a_pass_for_the_advice_and_for_the_period_of_its_cache() {
        assertThat(scene.pass()).isEqualTo(Step.after(Duration.ofSeconds(1)));
        scene.election.advice = new Advice(false, Step.after(Duration.ofMillis(300)));
        assertThat(scene.pass()).isEqualTo(Step.after(Duration.ofMillis(300)));
    }

    @Test
    void a_leader_wants_a_pass_for_what_its_work_wants_first() {
        scene.in(LEADING);
        scene.work.next = Step.after(Duration.ofMillis(500));
        assertThat(scene.pass()).isEqualTo(Step.after(Duration.ofMillis(500)));
        scene.work.nextDelivery = Step.after(Duration.ofMillis(400));
        assertThat(scene.pass()).isEqualTo(Step.after(Duration.ofMillis(400)));
        scene.work.next = Step.again();
        assertThat(scene.pass()).isEqualTo(Step.again());
    }

    @Test
    void a_call_in_flight_wants_a_pass_for_its_limit() {
        for (LeaderPhase phase : List.of(CLAIMING, COMMITTING, CATCHING_UP)) {
            LeadScene each = new LeadScene();
            each.in(phase);
            assertThat(each.pass().delay()).as("in %s", phase).isLessThanOrEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void a_claim_that_has_to_wait_wants_a_pass_when_the_wait_is_over() {
        scene.in(CLAIMING);
        Step step = scene.answered(new StoreTrouble.Refused("not allowed"));

        assertThat(step.delay()).isBetween(Duration.ofMillis(100), Duration.ofMillis(150));
    }

    @Test
    void is_woken_by_hints_and_answers_and_by_nothing_once_it_is_closed() {
        List<String> woken = new ArrayList<>();
        scene.in(COMMITTING);
        store.hints = true;
        loop.wakeWith(() -> woken.add("woken"));
        woken.clear();

        store.answer();
        assertThat(woken).isNotEmpty();
        scene.pass();
        woken.clear();
        store.hint();
        assertThat(woken).hasSize(1);

        loop.close();
        woken.clear();
        scene.cache.poll();
        store.hint();
        assertThat(woken).isEmpty();
    }

    @Test
    void a_work_that_always_has_more_to_write_leaves_the_pass_now_and_then() {
        scene.countsTo(1_000_000);
        scene.election.says(true);

        assertThat(scene.pass()).isEqualTo(Step.again());
        assertThat(scene.count()).isBetween(5L, 16L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void refuses_a_holder_that_no_fence_has_room_for(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaderLoop(
                        "role",
                        "x".repeat(length),
                        scene.election,
                        scene.cache,
                        scene.work,
                        new InMemoryStateFeed(scene.time),
                        scene.time))
                .withMessageStartingWith("role: no holder");
    }

    @Test
    void refuses_a_cache_that_does_not_follow_the_fences() {
        RecordCache other = new RecordCache(store, Set.of("work/"), scene.time);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaderLoop(
                        "role", "me", scene.election, other, scene.work, new InMemoryStateFeed(scene.time), scene.time))
                .withMessage("the cache does not follow lead/");
    }

    @Test
    void the_longest_holder_and_role_fit_the_room_that_is_left_for_the_fence() {
        Fence fence = new Fence(Long.MAX_VALUE, "日".repeat(200), "日".repeat(200) + "#" + Long.MAX_VALUE);
        String key = Fence.TYPE.key("r".repeat(255));

        assertThat(key.length() + Fence.TYPE.encode(fence).size()).isLessThan(2_048);
    }
}
