package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.time.Backoff;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Children that throw, take too long or never rest, observers that throw, and two passes at once. */
class CompositeLoopTroubleTest {
    private final VirtualTime time = new VirtualTime();
    private final Reports reports = new Reports();
    private final CompositeLoop composite = new CompositeLoop("main", time, CompositeLoop.Options.defaults(), reports);
    private boolean broken = true;

    private final StubLoop fragile = new StubLoop("fragile", () -> {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        return Step.parked();
    });

    private void passAfter(Duration delay) {
        time.advance(delay);
        composite.manageOnce();
    }

    @Test
    void a_child_that_throws_is_reported_and_its_siblings_run() {
        StubLoop before = StubLoop.parked("before");
        StubLoop after = StubLoop.parked("after");
        composite.add(before);
        composite.add(fragile);
        composite.add(after);

        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofMillis(100)));

        assertThat(before.passes).isOne();
        assertThat(after.passes).isOne();
        assertThat(reports.lines).containsExactly("fragile failed 1 in a row, next in 100 ms: broken");
    }

    @Test
    void a_child_that_goes_on_throwing_is_left_alone_for_longer_and_longer() {
        composite.add(fragile);
        composite.manageOnce();

        passAfter(Duration.ofMillis(100).minusNanos(1));
        assertThat(fragile.passes).isOne();
        passAfter(Duration.ofNanos(1));
        passAfter(Duration.ofMillis(199));
        assertThat(fragile.passes).isEqualTo(2);
        passAfter(Duration.ofMillis(1));

        assertThat(fragile.passes).isEqualTo(3);
        assertThat(reports.lines)
                .containsExactly(
                        "fragile failed 1 in a row, next in 100 ms: broken",
                        "fragile failed 2 in a row, next in 200 ms: broken",
                        "fragile failed 3 in a row, next in 400 ms: broken");
    }

    @Test
    void a_wake_up_does_not_cut_the_backoff_short_and_is_answered_at_its_end() {
        composite.add(fragile);
        composite.manageOnce();
        broken = false;

        fragile.wake();
        assertThat(composite.manageOnce()).isEqualTo(Step.after(Duration.ofMillis(100)));
        fragile.wake();
        passAfter(Duration.ofMillis(99));
        assertThat(fragile.passes).isOne();

        passAfter(Duration.ofMillis(1));
        assertThat(fragile.passes).isEqualTo(2);
    }

    @Test
    void one_success_ends_the_row_of_failures() {
        composite.add(fragile);
        composite.manageOnce();
        passAfter(Duration.ofMillis(100));
        broken = false;
        passAfter(Duration.ofMillis(200));

        broken = true;
        fragile.wake();
        composite.manageOnce();

        assertThat(reports.lines).last().isEqualTo("fragile failed 1 in a row, next in 100 ms: broken");
    }

    @Test
    void a_row_of_failures_ends_only_after_the_healthy_time_and_the_backoff_is_none_of_it() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(10), Duration.ofMinutes(1));
        CompositeLoop patient = new CompositeLoop(
                "patient",
                time,
                CompositeLoop.Options.defaults().withBackoff(backoff.withResetAfter(Duration.ofSeconds(5))),
                reports);
        patient.add(fragile);
        patient.manageOnce();

        // well for a nanosecond too short a time, however long it was left alone before
        broken = false;
        time.advance(Duration.ofSeconds(10));
        patient.manageOnce();
        broken = true;
        fragile.wake();
        time.advance(Duration.ofSeconds(5).minusNanos(1));
        patient.manageOnce();
        assertThat(reports.lines).last().isEqualTo("fragile failed 2 in a row, next in 20000 ms: broken");

        // and well for long enough, although it slept through most of it
        broken = false;
        time.advance(Duration.ofSeconds(20));
        patient.manageOnce();
        broken = true;
        fragile.wake();
        time.advance(Duration.ofSeconds(5));
        patient.manageOnce();
        assertThat(reports.lines).last().isEqualTo("fragile failed 1 in a row, next in 10000 ms: broken");
    }

    @Test
    void a_child_whose_first_pass_ends_in_its_wake_up_being_refused_is_backed_off_and_asked_again() {
        StubLoop sibling = StubLoop.parked("sibling");
        List<WakeUp> taken = new ArrayList<>();
        composite.add(new StubLoop("stubborn", Step::parked) {
            @Override
            public void wakeWith(WakeUp wakeUp) {
                if (broken) {
                    throw new IllegalStateException("no wake-up, please");
                }
                taken.add(wakeUp);
            }
        });
        composite.add(sibling);

        composite.manageOnce();
        assertThat(sibling.passes).isOne();
        assertThat(reports.lines).containsExactly("stubborn failed 1 in a row, next in 100 ms: no wake-up, please");

        broken = false;
        passAfter(Duration.ofMillis(100));
        passAfter(Duration.ofDays(1));
        assertThat(taken).hasSize(1);
    }

    @Test
    void an_observer_that_throws_harms_nobody() {
        LoopObserver angry = Reports.throwingAfter(() -> {});
        CompositeLoop watched = new CompositeLoop("watched", time, CompositeLoop.Options.defaults(), angry);
        StubLoop sibling = StubLoop.parked("sibling");
        watched.add(fragile);
        watched.add(sibling);

        assertThat(watched.manageOnce()).isEqualTo(Step.after(Duration.ofMillis(100)));
        assertThat(sibling.passes).isOne();
    }

    @Test
    void an_observer_need_not_answer_anything() {
        LoopObserver silent = new LoopObserver() {};
        CompositeLoop watched = new CompositeLoop("watched", time, CompositeLoop.Options.defaults(), silent);
        watched.add(fragile);

        assertThat(watched.manageOnce()).isEqualTo(Step.after(Duration.ofMillis(100)));
        silent.overran(fragile, Duration.ofSeconds(1));
        silent.spinning(fragile, 1);
        silent.refused(fragile, new IllegalStateException(), Duration.ofSeconds(1));
    }

    @Test
    void an_error_goes_to_the_host_and_the_child_keeps_its_place() {
        List<Supplier<Step>> passes = new ArrayList<>();
        passes.add(() -> {
            throw new AssertionError("the host's business");
        });
        passes.add(Step::parked);
        StubLoop child = new StubLoop("child", () -> passes.remove(0).get());
        StubLoop sibling = StubLoop.parked("sibling");
        composite.add(child);
        composite.add(sibling);

        assertThatThrownBy(composite::manageOnce).isInstanceOf(AssertionError.class);
        assertThat(sibling.passes).isZero();

        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
        assertThat(child.passes).isEqualTo(2);
        assertThat(sibling.passes).isOne();
        assertThat(reports.lines).isEmpty();
    }

    @Test
    void a_pass_that_took_longer_than_its_limit_is_reported_and_one_that_took_just_that_is_not() {
        List<Duration> takes = new ArrayList<>(List.of(Duration.ofSeconds(1), Duration.ofMillis(1_001)));
        composite.add(new StubLoop("slow", () -> {
            time.advance(takes.remove(0));
            return Step.again();
        }));

        composite.manageOnce();
        assertThat(reports.lines).isEmpty();
        composite.manageOnce();
        assertThat(reports.lines).containsExactly("slow overran: 1001 ms");
    }

    @Test
    void a_child_that_never_rests_is_reported_now_and_then() {
        StubLoop restless = new StubLoop("restless", Step::again);
        composite.add(restless);

        for (int i = 0; i < 9_999; i++) {
            composite.manageOnce();
        }
        assertThat(reports.lines).isEmpty();
        for (int i = 0; i < 10_001; i++) {
            composite.manageOnce();
        }

        assertThat(reports.lines).containsExactly("restless is spinning: 10000", "restless is spinning: 20000");
    }

    @Test
    void a_child_that_rests_in_between_does_not_spin() {
        int[] passes = {0};
        StubLoop resting = new StubLoop("resting", () -> ++passes[0] % 9_999 == 0 ? Step.afterNanos(1) : Step.again());
        composite.add(resting);
        for (int i = 0; i < 50_000; i++) {
            time.advance(Duration.ofNanos(1));
            composite.manageOnce();
        }

        assertThat(reports.lines).isEmpty();
    }

    @Test
    void a_pass_from_within_a_pass_is_refused() {
        composite.add(new StubLoop("inside", composite::manageOnce));

        composite.manageOnce();

        assertThat(reports.lines)
                .containsExactly("inside failed 1 in a row, next in 100 ms: two passes at once of loop 'main'");
    }

    @Test
    void closing_from_within_a_pass_is_refused() {
        composite.add(new StubLoop("inside", () -> {
            composite.close();
            return Step.parked();
        }));

        composite.manageOnce();

        assertThat(reports.lines)
                .containsExactly("inside failed 1 in a row, next in 100 ms: close during a pass of loop 'main'");
    }

    @Test
    @Timeout(60)
    void a_second_pass_from_another_thread_is_refused_while_the_first_is_under_way() throws InterruptedException {
        CountDownLatch inPass = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        composite.add(new StubLoop("slow", () -> {
            inPass.countDown();
            await(mayEnd);
            return Step.parked();
        }));
        Thread first = new Thread(composite::manageOnce);
        first.start();
        await(inPass);

        assertThatIllegalStateException()
                .isThrownBy(composite::manageOnce)
                .withMessage("two passes at once of loop 'main'");

        mayEnd.countDown();
        first.join(30_000);
        assertThat(first.isAlive()).isFalse();
        assertThat(composite.manageOnce()).isEqualTo(Step.parked());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
