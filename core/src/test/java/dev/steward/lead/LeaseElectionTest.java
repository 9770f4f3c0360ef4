package dev.steward.lead;

import static dev.steward.lead.LeaseScene.LEASE;
import static dev.steward.lead.LeaseScene.LOOK_AGAIN;
import static dev.steward.lead.LeaseScene.NANO;
import static dev.steward.lead.LeaseScene.RENEWAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.Step;
import dev.steward.store.HeldStore;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lease while the store answers within the call: who takes it, when, and who does not. */
class LeaseElectionTest {
    private final LeaseScene scene = new LeaseScene();
    private final HeldStore store = scene.store;

    @Test
    void takes_a_lease_that_is_not_there_at_once_and_wants_to_renew_it_after_a_third() {
        Advice advice = scene.candidate("one").poll();

        assertThat(advice).isEqualTo(new Advice(true, Step.after(RENEWAL), "holds the lease"));
        assertThat(scene.holderByTheStore()).isEqualTo("one");
        assertThat(store.asked).containsExactly("read [lease/role]", "commit one~1");
    }

    @Test
    void takes_a_lease_that_was_given_up_at_once() {
        scene.lease("", LEASE);

        assertThat(scene.candidate("one").poll().lead()).isTrue();
    }

    @Test
    void goes_on_for_as_long_as_it_renews_and_nobody_else_is_advised() {
        LeaseElection one = scene.holder("one");
        LeaseElection two = scene.candidate("two");
        for (int second = 0; second < 100; second++) {
            assertThat(two.poll()).satisfies(advice -> {
                assertThat(advice.lead()).isFalse();
                assertThat(advice.reason()).isEqualTo("the lease is held by one");
            });
            assertThat(scene.after(RENEWAL, one).lead()).isTrue();
        }
        assertThat(store.asked).contains("commit one~101").doesNotContain("commit two~1");
    }

    @Test
    void takes_a_silent_lease_a_duration_after_it_saw_it_change_and_never_a_nanosecond_sooner() {
        Set<Duration> waits = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            LeaseScene each = new LeaseScene();
            each.lease("dead", LEASE);
            waits.add(each.untilItLeads(each.candidate("candidate" + i), LEASE.multipliedBy(2)));
        }

        assertThat(waits)
                .allMatch(wait -> wait.compareTo(LEASE) >= 0
                        && wait.compareTo(LEASE.multipliedBy(5).dividedBy(4)) < 0);
        assertThat(waits).as("spread").hasSizeGreaterThan(90);
        System.out.println(
                "lease: taken after " + waits.iterator().next() + " to " + ((TreeSet<Duration>) waits).last());
    }

    @Test
    void counts_anew_from_each_change_that_it_sees() {
        LeaseElection one = scene.candidate("one");
        for (int beat = 0; beat < 20; beat++) {
            scene.lease("other", LEASE);
            one.poll();
            assertThat(scene.after(LEASE.minus(NANO), one).lead()).isFalse();
        }
    }

    @Test
    void waits_as_long_as_the_holder_says_and_not_as_long_as_its_own_lease_lasts() {
        scene.lease("slow", LEASE.multipliedBy(10));

        assertThat(scene.untilItLeads(scene.candidate("one"), LEASE.multipliedBy(20)))
                .isBetween(LEASE.multipliedBy(10), LEASE.multipliedBy(13));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE / 4 * 3})
    void never_takes_a_lease_that_lasts_for_centuries(long nanos) {
        scene.lease("eternal", Duration.ofNanos(nanos));
        LeaseElection one = scene.candidate("one");

        assertThat(one.poll().lead()).isFalse();
        assertThat(scene.after(Duration.ofDays(3650), one).lead()).isFalse();
    }

    /** Property: the bound that the class states, whenever the holder dies. */
    @Test
    void leads_within_1_6_durations_of_the_death_of_the_holder() {
        Random random = new Random(3);
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 500; i++) {
            LeaseScene each = new LeaseScene();
            each.store.hints = false;
            LeaseElection one = each.holder("one");
            LeaseElection two = each.candidate("two" + i);
            each.time.advance(Duration.ofNanos(random.nextInt(1_000_000_000)));
            for (int beat = random.nextInt(5); beat > 0; beat--) {
                two.poll();
                each.after(Duration.ofNanos(random.nextInt(1_000_000_000)), one);
            }
            Duration wait = each.untilItLeads(two, LEASE.multipliedBy(3));
            longest = wait.compareTo(longest) > 0 ? wait : longest;
        }
        System.out.println("lease: 500 deaths, another leads after at most " + longest + " of a lease of " + LEASE);
        assertThat(longest).isLessThan(LEASE.multipliedBy(16).dividedBy(10));
    }

    @Test
    void leads_until_a_duration_after_it_sent_its_last_renewal_at_the_very_nanosecond() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        scene.after(RENEWAL, one);
        scene.time.advance(RENEWAL.minus(NANO));
        store.answer(); // just before its limit
        assertThat(one.poll().lead()).isTrue();
        store.trouble = new StoreTrouble.Unavailable("cut off");

        Advice advice = scene.after(NANO, one);
        Duration passed = RENEWAL;
        while (passed.plus(advice.next().delay()).compareTo(LEASE) < 0) {
            assertThat(advice.lead()).isTrue();
            passed = passed.plus(advice.next().delay());
            advice = scene.after(advice.next().delay(), one);
        }
        assertThat(scene.after(LEASE.minus(passed).minus(NANO), one).lead()).isTrue();
        assertThat(scene.after(NANO, one)).satisfies(lost -> {
            assertThat(lost.lead()).isFalse();
            assertThat(lost.reason()).startsWith("its lease is over").contains("cut off");
        });
    }

    @Test
    void has_its_end_in_its_step_however_long_the_store_is_silent() {
        LeaseElection one = scene.holder("one");
        store.holds = true;
        Advice advice = scene.after(RENEWAL, one);
        Duration passed = RENEWAL;
        while (advice.lead()) {
            passed = passed.plus(advice.next().delay());
            advice = scene.after(advice.next().delay(), one);
        }

        assertThat(passed).isEqualTo(LEASE);
    }

    @Test
    void one_that_slept_through_its_lease_leads_no_more_if_another_has_taken_it() {
        LeaseElection one = scene.holder("one");
        LeaseElection two = scene.candidate("two");
        scene.untilItLeads(two, LEASE.multipliedBy(2));
        assertThat(scene.holderByTheStore()).isEqualTo("two");

        assertThat(one.poll().lead()).isFalse();
        assertThat(scene.after(LOOK_AGAIN, one).reason()).isEqualTo("the lease is held by two");
    }

    @Test
    void one_that_slept_through_its_lease_takes_it_again_if_nobody_has() {
        LeaseElection one = scene.holder("one");

        assertThat(scene.after(LEASE.multipliedBy(10), one).lead()).isTrue();
    }

    @Test
    void one_that_another_was_faster_than_looks_again_and_does_not_spin() {
        store.holds = true;
        LeaseElection one = scene.candidate("one");
        one.poll();
        store.answer();
        one.poll();
        scene.lease("two", LEASE);
        store.answer(); // the conflict

        Advice advice = one.poll();
        assertThat(advice).isEqualTo(new Advice(false, Step.after(LOOK_AGAIN), "another was faster to take the lease"));
        scene.after(LOOK_AGAIN, one);
        store.answer();
        assertThat(one.poll().reason()).isEqualTo("the lease is held by two");
    }

    @Test
    void reads_at_most_each_thirtieth_of_a_lease_whatever_the_store_hints() {
        scene.lease("other", LEASE);
        LeaseElection one = scene.candidate("one");
        one.poll();
        store.asked.clear();

        for (int millis = 0; millis < 950; millis++) {
            for (int i = 0; i < 3; i++) {
                store.hint();
                one.poll();
            }
            scene.time.advance(Duration.ofMillis(1));
        }

        assertThat(scene.reads()).isBetween(8L, 10L);
    }

    @Test
    void a_holder_reads_nothing_for_a_hint() {
        LeaseElection one = scene.holder("one");
        store.asked.clear();

        store.hint();
        one.poll();

        assertThat(store.asked).isEmpty();
    }

    @Test
    void a_hint_while_it_looks_is_not_lost() {
        scene.lease("other", LEASE);
        LeaseElection one = scene.candidate("one");
        store.holds = true;
        one.poll();
        Runnable early = store.perform();
        scene.lease("", LEASE);
        one.poll();
        early.run();
        store.holds = false;

        assertThat(scene.after(LOOK_AGAIN, one).lead()).isTrue();
    }

    @Test
    void a_wall_clock_that_is_set_changes_nothing() {
        LeaseElection one = scene.holder("one");
        LeaseElection two = scene.candidate("two");
        for (Duration step : List.of(Duration.ofDays(1), Duration.ofDays(-2))) {
            scene.time.stepWall(step);
            assertThat(one.poll()).isEqualTo(new Advice(true, Step.after(RENEWAL), "holds the lease"));
            assertThat(two.poll().lead()).isFalse();
        }
    }

    @Test
    void a_lease_that_cannot_be_read_is_left_alone_for_ever() {
        store.write(LeaseScene.KEY, RecordValue.of((byte) 2, (byte) 0));
        LeaseElection one = scene.candidate("one");

        for (int i = 0; i < 100; i++) {
            assertThat(scene.after(RENEWAL, one)).satisfies(advice -> {
                assertThat(advice.lead()).isFalse();
                assertThat(advice.reason())
                        .isEqualTo("the lease cannot be read: lease/role: its format is 2, newer than 1");
            });
        }
        assertThat(store.asked).allMatch("read [lease/role]"::equals);
    }

    @Test
    void leads_once_a_lease_that_could_not_be_read_was_given_up() {
        store.write(LeaseScene.KEY, RecordValue.of((byte) 2));
        LeaseElection one = scene.candidate("one");
        one.poll();
        scene.lease("", LEASE);

        assertThat(scene.after(RENEWAL, one).lead()).isTrue();
    }

    @Test
    void wakes_its_loop_for_hints_and_answers() {
        List<String> woken = new ArrayList<>();
        store.holds = true;
        LeaseElection one = scene.candidate("one");
        one.poll();
        one.wakeWith(() -> woken.add("woken"));
        assertThat(woken).hasSize(1);

        store.answer();
        assertThat(woken).hasSize(2);
        store.hint();
        assertThat(woken).hasSize(3);
    }

    @Test
    void refuses_a_lease_below_30_ms_and_a_holder_without_a_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseElection(
                        "role", "one", store, scene.time, Duration.ofMillis(30).minus(NANO)))
                .withMessage("role: lease of PT0.029999999S, below 30 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scene.candidate(""))
                .withMessage("role: no holder");
    }
}
