package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Each run is on a thread of its own that is waited for with a bound: a lost wake-up fails, it does not hang. */
class LoopInvokerTest {
    private final LoopInvoker invoker = new LoopInvoker(TimeSource.system());

    @Test
    void runs_until_the_condition_holds() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        StubLoop loop = new StubLoop("loop", () -> {
            passes.incrementAndGet();
            return Step.again();
        });

        boolean held =
                Background.run(() -> invoker.run(loop, () -> passes.get() == 5)).result("again");

        assertThat(held).isTrue();
        assertThat(loop.passes).isEqualTo(5);
    }

    @Test
    void makes_no_pass_if_the_condition_holds_already() {
        StubLoop loop = StubLoop.parked("loop");

        assertThat(invoker.run(loop, () -> true)).isTrue();

        assertThat(loop.passes).isZero();
    }

    @Test
    void ends_with_a_loop_that_is_finished_and_says_whether_the_condition_holds() {
        AtomicBoolean done = new AtomicBoolean();
        StubLoop fails = new StubLoop("fails", Step::finished);
        StubLoop succeeds = new StubLoop("succeeds", () -> {
            done.set(true);
            return Step.finished();
        });

        assertThat(invoker.run(fails, done::get)).isFalse();
        assertThat(invoker.run(succeeds, done::get)).isTrue();
    }

    @Test
    void does_not_park_after_a_pass_that_made_the_condition_true() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        StubLoop loop = new StubLoop("loop", () -> {
            done.set(true);
            return Step.parked();
        });

        assertThat(Background.run(() -> invoker.run(loop, done::get)).result("parked"))
                .isTrue();
    }

    @Test
    void does_not_sleep_over_a_wake_up_that_came_during_the_pass() throws Exception {
        List<StubLoop> self = new ArrayList<>();
        StubLoop loop = new StubLoop("loop", () -> {
            if (self.get(0).passes < 3) {
                self.get(0).wake();
                return Step.parked();
            }
            return Step.finished();
        });
        self.add(loop);

        Background.run(() -> invoker.run(loop, () -> false)).result("a wake-up during the pass was lost");

        assertThat(loop.passes).isEqualTo(3);
    }

    @Test
    void does_not_sleep_over_a_wake_up_that_comes_between_the_pass_and_the_parking() throws Exception {
        List<Step> steps = new ArrayList<>(List.of(Step.parked(), Step.after(Duration.ofHours(1)), Step.finished()));
        StubLoop loop = new StubLoop("loop", () -> steps.remove(0));

        Background.run(() -> invoker.run(loop, () -> {
                    loop.wake(); // asked after the pass, just before parking
                    return false;
                }))
                .result("a wake-up before parking was lost");

        assertThat(loop.passes).isEqualTo(3);
    }

    @Test
    void a_wake_up_from_another_thread_ends_the_parking() throws Exception {
        CountDownLatch parkedSoon = new CountDownLatch(1);
        List<Step> steps = new ArrayList<>(List.of(Step.parked(), Step.finished()));
        StubLoop loop = new StubLoop("loop", () -> {
            parkedSoon.countDown();
            return steps.remove(0);
        });
        Background<Boolean> run = Background.run(() -> invoker.run(loop, () -> false));
        Background.await(parkedSoon, "the first pass");

        loop.wake();

        assertThat(run.result("a wake-up was lost")).isFalse();
    }

    @Test
    void runs_again_when_the_delay_is_over_and_not_before() throws Exception {
        List<Long> at = new ArrayList<>();
        StubLoop loop = new StubLoop("loop", () -> {
            at.add(System.nanoTime());
            return at.size() == 2 && at.get(1) - at.get(0) >= 5_000_000 ? Step.finished() : Step.afterNanos(5_000_000);
        });

        Background.run(() -> invoker.run(loop, () -> at.size() >= 2)).result("the delay never ended");

        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void a_permit_left_over_from_elsewhere_only_makes_a_pass_early() throws Exception {
        List<Step> steps = new ArrayList<>(List.of(Step.parked(), Step.finished()));
        StubLoop loop = new StubLoop("loop", () -> steps.remove(0));

        Background.run(() -> {
                    LockSupport.unpark(Thread.currentThread());
                    return invoker.run(loop, () -> false);
                })
                .result("parked");

        assertThat(loop.passes).isEqualTo(2);
    }

    @Test
    void an_interrupt_ends_the_run_and_its_status_is_kept() throws Exception {
        CountDownLatch firstPass = new CountDownLatch(1);
        StubLoop loop = new StubLoop("loop", () -> {
            firstPass.countDown();
            return Step.parked();
        });
        Background<Boolean> run = Background.run(() -> {
            assertThat(invoker.run(loop, () -> false)).isFalse();
            return Thread.currentThread().isInterrupted();
        });
        Background.await(firstPass, "the first pass");

        run.thread().interrupt();

        assertThat(run.result("the interrupt was lost")).isTrue();
    }

    @Test
    void an_interrupt_during_a_pass_ends_the_run_after_it() throws Exception {
        StubLoop loop = new StubLoop("loop", () -> {
            Thread.currentThread().interrupt();
            return Step.again();
        });

        boolean kept = Background.run(() -> {
                    assertThat(invoker.run(loop, () -> false)).isFalse();
                    return Thread.currentThread().isInterrupted();
                })
                .result("the interrupt was lost");

        assertThat(kept).isTrue();
        assertThat(loop.passes).isOne();
    }

    @Test
    void what_a_pass_throws_goes_to_the_caller_and_the_next_run_goes_on() {
        List<Step> steps = new ArrayList<>(List.of(Step.finished()));
        AtomicBoolean broken = new AtomicBoolean(true);
        StubLoop loop = new StubLoop("loop", () -> {
            if (broken.getAndSet(false)) {
                throw new IllegalStateException("broken");
            }
            return steps.remove(0);
        });

        assertThatThrownBy(() -> invoker.run(loop, () -> false)).hasMessage("broken");
        assertThat(invoker.run(loop, () -> false)).isFalse();
    }

    @Test
    void one_invoker_runs_many_loops_at_once() throws InterruptedException, ExecutionException {
        List<Background<Boolean>> runs = new ArrayList<>();
        List<StubLoop> loops = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            List<Step> steps = new ArrayList<>(List.of(Step.parked(), Step.finished()));
            CountDownLatch firstPass = new CountDownLatch(1);
            StubLoop loop = new StubLoop("loop", () -> {
                firstPass.countDown();
                return steps.remove(0);
            });
            loops.add(loop);
            runs.add(Background.run(() -> invoker.run(loop, () -> false)));
            Background.await(firstPass, "the first pass");
        }

        loops.forEach(StubLoop::wake);
        for (Background<Boolean> run : runs) {
            run.result("a wake-up was lost");
        }

        assertThat(loops).allMatch(loop -> loop.passes == 2);
    }

    @Test
    void refuses_to_wait_on_virtual_time_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoopInvoker(new VirtualTime()))
                .withMessageStartingWith("LoopInvoker waits in real time")
                .withMessageContaining("VirtualTime");
    }
}
