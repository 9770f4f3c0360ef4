package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.FakeStoreTrouble;
import dev.steward.testkit.QuietLog;
import dev.steward.testkit.lead.LeadTrapScene.Candidate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ways in which leaders have gone wrong before; each stays shut. */
@ExtendWith(QuietLog.class)
class LeaderTrapsTest {
    private final LeadTrapScene scene = new LeadTrapScene();

    private Candidate leader() {
        Candidate leader = scene.new Candidate("A/1");
        scene.run(1_000);
        assertThat(leader.term()).isEqualTo(1);
        return leader;
    }

    @Test
    void a_batch_without_an_answer_is_looked_at_after_its_limit_though_nothing_wakes_the_process() {
        Candidate leader = leader();
        scene.simulation.faults().chance("store.hint.lost", 1);
        leader.client.next(FakeStoreTrouble.SWALLOWED);

        leader.want(1);
        scene.run(3_500);

        assertThat(scene.ground.records()).containsKey("w/1");
        assertThat(leader.term()).isEqualTo(1);
    }

    @Test
    void a_batch_that_was_done_and_never_answered_is_not_done_again() {
        Candidate leader = leader();
        scene.simulation.faults().chance("store.hint.lost", 1);
        leader.client.next(FakeStoreTrouble.NO_ANSWER);

        leader.want(3);
        scene.run(10_000);

        assertThat(scene.chain()).hasSize(2);
        assertThat(leader.cache.size()).isEqualTo(4);
    }

    @Test
    void waits_for_a_batch_in_flight_without_a_pass_in_between() {
        Candidate leader = leader();
        leader.client.next(FakeStoreTrouble.SWALLOWED);
        leader.want(1);
        scene.run(1);
        int passes = leader.passes;
        int lines = scene.simulation.trace().size();

        scene.run(2_900);

        assertThat(leader.passes).isEqualTo(passes);
        assertThat(scene.simulation.trace()).hasSizeLessThanOrEqualTo(lines + 1); // a limit of before may be up
    }

    @Test
    void decides_again_after_a_conflict_for_nothing_though_nobody_writes() {
        Candidate leader = leader();
        leader.client.next(FakeStoreTrouble.CONFLICT);

        leader.want(1);
        scene.run(200);

        assertThat(scene.ground.records()).containsKey("w/1");
        assertThat(scene.ground.revision()).isEqualTo(2);
    }

    @Test
    void a_claim_of_its_own_that_comes_late_is_claimed_over() {
        Candidate late = scene.new Candidate("A/1");
        late.client.next(FakeStoreTrouble.LATER);
        scene.ground.lag(Duration.ofSeconds(4));
        scene.run(60_000);
        late.want(1);
        scene.run(1_000);

        assertThat(late.term()).isEqualTo(scene.fence().term());
        assertThat(scene.ground.records()).containsKey("w/1");
        assertThat(scene.chain()).doesNotHaveDuplicates();
    }

    @Test
    void a_claim_of_a_dead_process_is_not_adopted_by_the_one_started_after_it() {
        Candidate dead = scene.new Candidate("A/1");
        scene.run(30); // loaded, and the claim is sent
        scene.simulation.kill(dead.loop);
        dead.client.crash();

        Candidate next = scene.new Candidate("A/2");
        scene.run(2_000);

        assertThat(scene.ground.performed().get(0).client()).isEqualTo("A/1");
        assertThat(next.term()).isEqualTo(2);
        assertThat(scene.fence().holder()).isEqualTo("A/2");
    }

    @Test
    void a_batch_that_lands_after_its_leader_was_superseded_lands_not_at_all() {
        Candidate old = leader();
        scene.ground.lag(Duration.ofSeconds(20));
        old.client.next(FakeStoreTrouble.LATER);
        old.want(1);
        scene.run(1);
        old.advise(false);

        Candidate next = scene.new Candidate("B/1");
        scene.run(30_000);

        assertThat(next.term()).isEqualTo(2);
        assertThat(scene.ground.records()).doesNotContainKey("w/1");
    }

    @Test
    void its_work_is_told_once_for_each_leadership_that_it_leads_no_more() {
        Candidate leader = leader();
        leader.advise(false);
        scene.run(100);
        assertThat(scene.told).containsExactly("A/1 deposed");

        leader.advise(true);
        scene.run(10_000);
        assertThat(leader.term()).isEqualTo(2);
        leader.advise(false);
        scene.new Candidate("B/1");
        scene.run(1_000);
        scene.simulation.remove(leader.loop);

        assertThat(scene.told).containsExactly("A/1 deposed", "A/1 deposed");
    }

    @Test
    void a_leader_that_hears_of_its_successor_only_from_the_store_is_deposed() {
        Candidate old = leader();
        Candidate next = scene.new Candidate("B/1");
        scene.run(50);
        old.advise(true);
        scene.run(150);

        assertThat(next.term()).isPositive();
        assertThat(old.term()).isZero();
        assertThat(scene.told).contains("A/1 deposed");
    }
}
