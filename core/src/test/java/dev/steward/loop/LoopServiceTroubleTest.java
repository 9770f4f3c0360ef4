package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passes that hang or throw, executors that refuse, lose or repeat, observers that throw or stop the service. */
@Timeout(120)
class LoopServiceTroubleTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch inPass = new CountDownLatch(1);
    private final StubLoop hanging = new StubLoop("hanging", () -> {
        inPass.countDown();
        Background.await(mayEnd, "the end of the pass");
        return Step.parked();
    });

    /** Reports that can be waited for. */
    private static final class Watching extends Reports {
        private final CountDownLatch overran = new CountDownLatch(1);
        private final CountDownLatch refused = new CountDownLatch(1);

        @Override
        public void overran(ControlLoop loop, Duration took) {
            super.overran(loop, took);
            overran.countDown();
        }

        @Override
        public void refused(ControlLoop loop, RuntimeException error, Duration delay) {
            super.refused(loop, error, delay);
            refused.countDown();
        }
    }

    private final Watching reports = new Watching();

    private LoopService serve(
            ControlLoop loop, Executor executor, CompositeLoop.Options options, LoopObserver observer) {
        LoopService service = new LoopService(loop, TimeSource.system(), executor, options, observer);
        service.start();
        return service;
    }

    private static CompositeLoop.Options passLimit(Duration limit) {
        return CompositeLoop.Options.defaults().withPassLimit(limit);
    }

    @AfterEach
    void let_go() throws InterruptedException {
        mayEnd.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_pass_that_does_not_return_is_reported_while_it_runs_and_the_loop_is_closed_when_it_does() {
        LoopService service = serve(hanging, pool, passLimit(SHORT), reports);

        Background.await(reports.overran, "the report");
        assertThat(reports.lines).singleElement().asString().startsWith("hanging overran: ");
        assertThat(service.stop(SHORT)).isFalse();
        assertThat(hanging.closes).isZero();
        assertThat(reports.lines).hasSize(1);

        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
        assertThat(hanging.closes).isOne();
        assertThat(reports.lines).hasSize(2); // how long it took in the end
    }

    @Test
    void a_stop_that_cannot_wait_any_longer_reports_the_pass_that_it_waited_for() {
        LoopService service = serve(hanging, pool, passLimit(LONG), reports);
        Background.await(inPass, "the pass");

        assertThat(service.stop(SHORT)).isFalse();
        assertThat(reports.lines).singleElement().asString().startsWith("hanging overran: ");

        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
        assertThat(reports.lines).hasSize(1);
    }

    @Test
    void a_stop_that_only_asks_reports_nobody() {
        LoopService service = serve(hanging, pool, passLimit(LONG), reports);
        Background.await(inPass, "the pass");

        assertThat(service.stop(Duration.ZERO)).isFalse();

        assertThat(reports.lines).isEmpty();
        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
    }

    @Test
    void an_observer_may_stop_the_service_when_it_is_told_of_a_pass_that_does_not_return() {
        AtomicReference<LoopService> self = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        LoopService service = serve(hanging, pool, passLimit(SHORT), new LoopObserver() {
            @Override
            public void overran(ControlLoop loop, Duration took) {
                Background.await(known, "the service is known");
                answers.add(self.get().stop(LONG));
                stopped.countDown();
            }
        });
        self.set(service);
        known.countDown();

        Background.await(stopped, "the stop by the observer");
        assertThat(answers).containsExactly(false);
        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
    }

    @Test
    void an_observer_that_throws_harms_nobody() {
        CountDownLatch told = new CountDownLatch(1);
        LoopService service = serve(hanging, pool, passLimit(SHORT), Reports.throwingAfter(told::countDown));
        Background.await(told, "the report");

        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
        assertThat(hanging.closes).isOne();
    }

    @Test
    void a_pass_limit_for_ever_is_no_limit() {
        LoopService service = serve(hanging, pool, passLimit(FOR_EVER), reports);
        Background.await(inPass, "the pass");

        mayEnd.countDown();

        assertThat(service.stop(LONG)).isTrue();
        assertThat(reports.lines).isEmpty();
    }

    @Test
    void a_pass_that_throws_is_reported_and_backed_off_and_the_next_one_comes() {
        CountDownLatch passes = new CountDownLatch(3);
        List<Long> at = new ArrayList<>();
        StubLoop broken = new StubLoop("broken", () -> {
            at.add(System.nanoTime());
            passes.countDown();
            if (passes.getCount() > 0) {
                throw new IllegalStateException("broken");
            }
            return Step.parked();
        });
        CompositeLoop.Options options =
                CompositeLoop.Options.defaults().withBackoff(Backoff.constant(Duration.ofMillis(10)));

        LoopService service = serve(broken, pool, options, reports);
        Background.await(passes, "three passes");

        assertThat(service.stop(LONG)).isTrue();
        assertThat(reports.lines)
                .containsExactly(
                        "broken failed 1 in a row, next in 10 ms: broken",
                        "broken failed 2 in a row, next in 10 ms: broken");
        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(10_000_000);
        assertThat(broken.closes).isOne();
    }

    @Test
    void an_error_of_a_pass_goes_to_the_executor_and_the_service_goes_on() {
        for (Executor executor : List.<Executor>of(pool, Runnable::run)) {
            CountDownLatch passes = new CountDownLatch(2);
            StubLoop broken = new StubLoop("broken", () -> {
                passes.countDown();
                if (passes.getCount() > 0) {
                    throw new AssertionError("an error of a pass (this is part of the test)");
                }
                return Step.parked();
            });
            ControlledTime time = new ControlledTime();
            LoopService service = new LoopService(broken, time, executor, passLimit(FOR_EVER), reports);
            service.start();

            time.hurryUntil(passes);

            assertThat(service.stop(LONG)).isTrue();
            assertThat(broken.closes).isOne();
        }
        assertThat(reports.lines)
                .containsExactly("broken refused, next in 1000 ms: a pass of loop 'broken' broke off"); // by the second
    }

    @Test
    void an_executor_that_refuses_is_reported_and_asked_again_after_a_pause() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean open = new AtomicBoolean();
        CountDownLatch pass = new CountDownLatch(1);
        StubLoop loop = new StubLoop("loop", () -> {
            pass.countDown();
            return Step.parked();
        });
        ControlledTime time = new ControlledTime();
        Executor choosy = work -> {
            asked.incrementAndGet();
            if (!open.get()) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(work);
        };
        LoopService service = new LoopService(loop, time, choosy, passLimit(FOR_EVER), reports);
        service.start();
        Background.await(reports.refused, "the refusal");
        assertThat(reports.lines).containsExactly("loop refused, next in 1000 ms: full");
        assertThat(asked).hasValue(1);

        open.set(true);
        time.hurryUntil(pass);

        assertThat(service.stop(LONG)).isTrue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_wake_up_does_not_cut_short_the_pause_after_an_error() {
        CountDownLatch passes = new CountDownLatch(2);
        CountDownLatch thrown = new CountDownLatch(1);
        AtomicInteger submitted = new AtomicInteger();
        StubLoop broken = new StubLoop("broken", () -> {
            passes.countDown();
            if (passes.getCount() > 0) {
                throw new AssertionError("an error of a pass (this is part of the test)");
            }
            return Step.parked();
        });
        ControlledTime time = new ControlledTime();
        Executor counting = work -> {
            submitted.incrementAndGet();
            pool.execute(() -> {
                try {
                    work.run();
                } finally {
                    thrown.countDown();
                }
            });
        };
        LoopService service = new LoopService(broken, time, counting, passLimit(FOR_EVER), reports);
        service.start();
        Background.await(thrown, "the error");

        int readings = time.readings.get();
        broken.wake();
        while (time.readings.get() == readings) {
            Thread.onSpinWait(); // until the service has looked at the clock, which it does when it is woken
        }
        assertThat(service.isRunning()).isTrue(); // under its lock, so it has decided what to do
        assertThat(submitted).hasValue(1);

        time.hurryUntil(passes);
        assertThat(service.stop(LONG)).isTrue();
        assertThat(broken.passes).isEqualTo(2);
    }

    @Test
    void an_executor_that_refuses_and_runs_the_pass_all_the_same_makes_no_second_one_at_once() {
        CountDownLatch twoPasses = new CountDownLatch(2);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StubLoop loop = new StubLoop("loop", () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            twoPasses.countDown();
            atOnce.decrementAndGet();
            return Step.again();
        });

        LoopService service = serve(
                loop,
                work -> {
                    pool.execute(work);
                    pool.execute(work);
                    throw new RejectedExecutionException("or so I say");
                },
                passLimit(LONG),
                reports);
        Background.await(twoPasses, "two passes");

        assertThat(service.stop(LONG)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(reports.lines).allMatch(line -> line.contains("or so I say"));
    }

    @Test
    void a_pass_that_the_executor_has_lost_does_not_keep_the_service_from_stopping() {
        CountDownLatch submitted = new CountDownLatch(1);
        AtomicReference<Runnable> lost = new AtomicReference<>();
        StubLoop loop = StubLoop.parked("lost");
        LoopService service = serve(
                loop,
                work -> {
                    lost.set(work);
                    submitted.countDown();
                },
                passLimit(LONG),
                reports);
        Background.await(submitted, "a pass was submitted");

        assertThat(service.stop(LONG)).isTrue();
        assertThat(loop.closes).isOne();

        lost.get().run(); // found again: too late
        assertThat(loop.passes).isZero();
        assertThat(reports.lines).isEmpty();
    }

    @Test
    void a_loop_that_will_not_close_is_reported_and_the_service_ends() {
        LoopService service = serve(
                new StubLoop("stubborn", Step::parked) {
                    @Override
                    public void close() {
                        throw new IllegalStateException("will not close");
                    }
                },
                pool,
                passLimit(LONG),
                reports);

        assertThat(service.stop(LONG)).isTrue();
        assertThat(reports.lines).containsExactly("stubborn failed 1 in a row, next in 0 ms: will not close");
    }

    /** Stands still until a test is in a hurry: then every reading is a minute later than the one before. */
    private static final class ControlledTime implements TimeSource {
        private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
        private final AtomicInteger readings = new AtomicInteger();
        private volatile boolean hurry;

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            readings.incrementAndGet();
            return nanos.addAndGet(hurry ? 60_000_000_000L : 0);
        }

        private void hurryUntil(CountDownLatch latch) {
            hurry = true;
            Background.await(latch, "in a hurry");
            hurry = false;
        }
    }
}
