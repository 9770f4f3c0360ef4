package dev.steward.lead;

import static dev.steward.lead.LeaderPhase.CATCHING_UP;
import static dev.steward.lead.LeaderPhase.COMMITTING;
import static dev.steward.lead.LeaderPhase.FOLLOWING;
import static dev.steward.lead.LeaderPhase.LEADING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One that is advised to lead and cannot, and lets another try. */
class LeaderStallTest {
    private final LeadScene scene = new LeadScene();

    @ParameterizedTest
    @EnumSource(names = {"CATCHING_UP", "LEADING"})
    void gives_up_after_half_a_minute_in_which_nothing_was_answered_and_not_a_nanosecond_before(LeaderPhase phase) {
        scene.in(phase);
        scene.countsTo(1);
        scene.pass();
        for (int second = 0; second < 29; second++) {
            scene.after(Duration.ofSeconds(1));
        }
        scene.after(Duration.ofNanos(999_999_999));
        assertThat(scene.phase()).isIn(CATCHING_UP, COMMITTING);
        assertThat(scene.election.resigned).isZero();

        scene.after(Duration.ofNanos(1));

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(scene.election.resigned).isOne();
        assertThat(scene.loop.status().cause().code()).isEqualTo(LeaderCause.STUCK);
        assertThat(scene.work.calls).endsWith("deposed");
    }

    @Test
    void a_work_that_does_nothing_but_throw_is_deposed_after_half_a_minute() {
        scene.in(LEADING);
        scene.work.throwsIn = "pass";
        for (int second = 0; second < 30; second++) {
            assertThatThrownBy(scene::pass).hasMessageStartingWith("pass");
            scene.time.advance(Duration.ofSeconds(1));
        }

        scene.pass();

        assertThat(scene.phase()).isEqualTo(FOLLOWING);
        assertThat(scene.election.resigned).isOne();
    }

    @Test
    void an_idle_leader_is_not_stuck_however_long_it_sleeps() {
        scene.in(LEADING);
        scene.store.holds = false;
        scene.pass();

        scene.after(Duration.ofHours(1));
        scene.after(Duration.ofHours(1));

        assertThat(scene.phase()).isEqualTo(LEADING);
        assertThat(scene.election.resigned).isZero();
    }

    @Test
    void lets_another_try_where_its_cache_cannot_be_loaded() {
        scene.store.holds = true;
        scene.election.says(true);
        scene.pass();
        for (int second = 0; second < 30; second++) {
            scene.after(Duration.ofSeconds(1));
        }

        assertThat(scene.election.resigned).isOne();
        assertThat(scene.loop.status().cause().code()).isEqualTo(LeaderCause.STUCK);
        assertThat(scene.loop.status().trouble()).containsInstanceOf(StoreTrouble.Unknown.class);
    }

    @Test
    void lets_another_try_after_five_claims_that_failed() {
        scene.cache.poll();
        scene.election.says(true);
        for (int claims = 1; claims <= 5; claims++) {
            assertThat(scene.election.resigned).isZero();
            scene.store.thrown = new IllegalStateException("no right to write (this is part of the test)");
            scene.after(Duration.ofSeconds(8));
            assertThat(scene.phase()).isEqualTo(FOLLOWING);
            scene.store.thrown = null;
            scene.after(Duration.ofMillis(50)); // looks, and does not claim again so soon
        }

        assertThat(scene.election.resigned).isOne();
    }

    @Test
    void lets_another_try_where_the_fence_cannot_be_read() {
        scene.store.write(LeadScene.FENCE, RecordValue.of((byte) 9, (byte) 9));
        scene.election.says(true);

        scene.pass();

        assertThat(scene.election.resigned).isOne();
        assertThat(scene.loop.status().cause().code()).isEqualTo(LeaderCause.UNREADABLE);
    }

    @Test
    void the_work_is_told_what_was_not_committed_before_it_decides_anew() {
        scene.in(LEADING);
        scene.countsTo(1);
        scene.pass();
        scene.work.calls.clear();
        scene.answered(new CommitAnswer.Conflict(Set.of("work/c")));
        scene.store.holds = false;
        scene.store.answerAll();
        scene.after(Duration.ofSeconds(1));

        assertThat(scene.work.calls).startsWith("not committed 1: Conflict", "pass 1");
        scene.countsTo(2);
        scene.store.holds = true;
        scene.pass();
        scene.work.calls.clear();
        scene.answered(new StoreTrouble.Refused("too large (this is part of the test)"));
        assertThat(scene.work.calls).startsWith("not committed 1: Refused");
    }
}
