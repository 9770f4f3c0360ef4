package dev.steward.lead;

import static dev.steward.lead.LeaseScene.LEASE;
import static dev.steward.lead.LeaseScene.LOOK_AGAIN;
import static dev.steward.lead.LeaseScene.NANO;
import static dev.steward.lead.LeaseScene.RENEWAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.HeldStore;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lease given up, and a lease while the store fails, in each state of the election. */
class LeaseElectionTroubleTest {
    private static final Duration SIXTH = LEASE.dividedBy(6);

    private final LeaseScene scene = new LeaseScene();
    private final HeldStore store = scene.store;

    static List<StoreTrouble> troubles() {
        return List.of(
                new StoreTrouble.Unavailable("busy"),
                new StoreTrouble.Refused("read-only"),
                new StoreTrouble.Unknown("lost"));
    }

    @Test
    void resigning_frees_the_lease_at_once_and_another_takes_it_at_its_next_look() {
        LeaseElection one = scene.holder("one");
        LeaseElection two = scene.candidate("two");
        two.poll();

        one.resign();

        assertThat(one.poll()).satisfies(advice -> {
            assertThat(advice.lead()).isFalse();
            assertThat(advice.reason()).isEqualTo("has resigned");
        });
        assertThat(scene.holderByTheStore()).isEmpty();
        assertThat(scene.after(LOOK_AGAIN, two).lead()).isTrue();
        assertThat(scene.after(LEASE, one).lead()).isFalse();
    }

    @Test
    void one_that_has_resigned_leaves_the_role_to_others_for_a_duration_to_the_nanosecond() {
        LeaseElection one = scene.holder("one");
        one.resign();

        assertThat(scene.untilItLeads(one, LEASE.multipliedBy(2))).isEqualTo(LEASE);
    }

    @Test
    void resigning_while_a_renewal_is_on_its_way_frees_the_lease_after_its_answer() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        scene.after(RENEWAL, one);

        one.resign();
        assertThat(one.poll().lead()).isFalse();
        store.holds = false;
        store.answer();
        assertThat(one.poll().lead()).isFalse();

        assertThat(scene.holderByTheStore()).isEmpty();
    }

    @Test
    void resigning_while_it_looks_at_its_own_lease_frees_it() {
        LeaseElection one = uncertain();
        store.holds = true;
        scene.after(SIXTH, one);
        assertThat(store.waiting()).isOne();

        one.resign();
        store.holds = false;
        store.answer();
        assertThat(one.poll().lead()).isFalse();

        assertThat(scene.holderByTheStore()).isEmpty();
    }

    @Test
    void resigning_between_a_renewal_that_failed_and_the_next_look_frees_the_lease_at_once() {
        LeaseElection one = uncertain();

        one.resign();
        assertThat(one.poll().lead()).isFalse();

        assertThat(scene.holderByTheStore()).isEmpty();
    }

    /** A holder whose last renewal has failed. */
    private LeaseElection uncertain() {
        LeaseElection one = scene.holder("one");
        store.trouble = new StoreTrouble.Unavailable("busy");
        assertThat(scene.after(RENEWAL, one).lead()).isTrue();
        store.trouble = null;
        return one;
    }

    @Test
    void one_that_resigns_before_it_ever_led_takes_no_free_lease_for_a_duration() {
        LeaseElection one = scene.candidate("one");
        one.resign();

        assertThat(scene.untilItLeads(one, LEASE.multipliedBy(2))).isEqualTo(LEASE);
    }

    @Test
    void closing_frees_the_lease_and_ends_everything() {
        LeaseElection one = scene.holder("one");

        one.close();
        one.close();
        one.resign();

        assertThat(scene.holderByTheStore()).isEmpty();
        assertThat(store.isFollowed()).isFalse();
        assertThat(one.poll()).isEqualTo(new Advice(false, Step.parked(), "is closed"));
        assertThat(scene.candidate("two").poll().lead()).isTrue();
    }

    @Test
    void closing_while_a_renewal_is_on_its_way_lets_the_lease_lapse() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        scene.after(RENEWAL, one);

        one.close();
        store.holds = false;
        store.answer();

        assertThat(scene.holderByTheStore()).isEqualTo("one");
        assertThat(scene.untilItLeads(scene.candidate("two"), LEASE.multipliedBy(2)))
                .isGreaterThanOrEqualTo(LEASE);
    }

    @Test
    void closing_takes_in_a_renewal_that_was_answered_and_frees_the_lease() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        scene.after(RENEWAL, one);
        store.answer();
        store.holds = false;

        one.close();

        assertThat(scene.holderByTheStore()).isEmpty();
    }

    @Test
    void closing_takes_no_lease_that_it_has_just_seen_to_be_free() {
        scene.lease("", LEASE);
        LeaseElection one = scene.candidate("one");
        store.holds = true;
        one.poll();
        store.answer();
        store.asked.clear();

        one.close();

        assertThat(store.asked).isEmpty();
    }

    @Test
    void closing_frees_a_lease_that_it_has_just_seen_to_be_its_own() {
        LeaseElection one = uncertain();
        store.holds = true;
        scene.after(SIXTH, one);
        store.answer();
        store.holds = false;

        one.close();

        assertThat(scene.holderByTheStore()).isEmpty();
    }

    @Test
    void one_that_never_led_frees_nothing_when_it_is_closed() {
        scene.holder("one");
        LeaseElection two = scene.candidate("two");
        two.poll();

        two.close();

        assertThat(scene.holderByTheStore()).isEqualTo("one");
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void looks_again_after_a_sixth_of_a_duration_when_the_lease_cannot_be_read(StoreTrouble trouble) {
        store.trouble = trouble;
        LeaseElection one = scene.candidate("one");

        assertThat(one.poll()).isEqualTo(new Advice(false, Step.after(SIXTH), "the lease cannot be read: " + trouble));
        store.trouble = null;
        assertThat(scene.after(SIXTH.minus(NANO), one).lead()).isFalse();
        assertThat(scene.after(NANO, one).lead()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void a_holder_whose_renewal_fails_leads_on_and_looks_before_it_renews(StoreTrouble trouble) {
        LeaseElection one = scene.holder("one");
        store.asked.clear();
        store.trouble = trouble;
        assertThat(scene.after(RENEWAL, one))
                .isEqualTo(new Advice(true, Step.after(SIXTH), "the lease cannot be written: " + trouble));
        store.trouble = null;

        assertThat(scene.after(SIXTH, one)).isEqualTo(new Advice(true, Step.after(RENEWAL), "holds the lease"));
        assertThat(store.asked).containsExactly("commit one~2", "read [lease/role]", "commit one~3");
    }

    @Test
    void a_lease_that_was_taken_although_the_answer_got_lost_is_its_own() {
        store.hints = false;
        store.holds = true;
        LeaseElection one = scene.candidate("one");
        one.poll();
        store.answer();
        one.poll();
        store.perform();
        assertThat(scene.after(RENEWAL.minus(NANO), one).lead()).isFalse();

        Advice advice = scene.after(NANO, one);
        assertThat(advice.lead()).isFalse();
        assertThat(advice.reason()).contains("no answer");
        store.holds = false;

        assertThat(scene.after(SIXTH, one).lead()).isTrue();
        assertThat(store.asked).endsWith("read [lease/role]", "commit one~2");
    }

    @Test
    void a_renewal_that_lands_late_breaks_the_next_and_that_is_all() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        scene.after(RENEWAL, one);
        Runnable late = store.putOff();
        scene.after(RENEWAL, one); // the limit
        store.holds = false;
        late.run();

        assertThat(scene.after(SIXTH, one)).isEqualTo(new Advice(true, Step.after(RENEWAL), "holds the lease"));
    }

    @Test
    void a_store_that_throws_has_not_answered() {
        store.thrown = new IllegalStateException("broken (this is part of the test)");
        LeaseElection one = scene.candidate("one");
        assertThat(one.poll().reason()).contains("the store threw").contains("broken");

        store.thrown = null;
        assertThat(scene.after(SIXTH, one).lead()).isTrue();
        store.thrown = new IllegalStateException("broken (this is part of the test)");
        assertThat(scene.after(RENEWAL, one).reason()).startsWith("the lease cannot be written: Unknown");
    }

    @Test
    void rests_ever_longer_up_to_a_sixth_of_a_duration_where_every_commit_meets_a_conflict() {
        store.holds = true;
        LeaseElection one = scene.candidate("one");
        for (long rest : new long[] {100, 200, 400, 500, 500, 500}) {
            assertThat(one.poll().lead()).isFalse();
            store.answer(); // the look
            one.poll();
            store.answer(new CommitAnswer.Conflict(Set.of(LeaseScene.KEY)));
            assertThat(one.poll().next()).isEqualTo(Step.after(Duration.ofMillis(rest)));
            scene.time.advance(Duration.ofMillis(rest));
        }
    }

    @Test
    void a_holder_that_meets_another_leads_no_more_at_once() {
        LeaseElection one = scene.holder("one");
        scene.lease("two", LEASE);

        assertThat(scene.after(RENEWAL, one).lead()).isFalse();
    }

    @Test
    void a_lease_that_has_vanished_is_made_anew() {
        LeaseElection one = scene.holder("one");
        store.write(LeaseScene.KEY, null);

        assertThat(scene.after(RENEWAL, one).lead()).isTrue();
        assertThat(scene.holderByTheStore()).isEqualTo("one");
        assertThat(store.asked).endsWith("commit one~2", "read [lease/role]", "commit one~3");
    }
}
