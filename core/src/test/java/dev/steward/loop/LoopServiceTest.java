package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The life of a service: real threads, latches with generous bounds, no sleeping. */
@Timeout(120)
class LoopServiceTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService pool = Executors.newFixedThreadPool(2, work -> new Thread(work, "of-the-host"));
    private final List<LoopService> services = new ArrayList<>();

    private LoopService serve(ControlLoop loop) {
        LoopService service = new LoopService(loop, TimeSource.system(), pool);
        services.add(service);
        service.start();
        return service;
    }

    /** A loop that counts its passes down and does something else besides. */
    private static StubLoop counting(String name, CountDownLatch passes, Supplier<Step> pass) {
        return new StubLoop(name, () -> {
            passes.countDown();
            return pass.get();
        });
    }

    private static List<String> threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name::equals)
                .toList();
    }

    @AfterEach
    void stop_everything() throws InterruptedException {
        services.forEach(service -> service.stop(Duration.ofSeconds(5)));
        pool.shutdownNow();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void passes_run_on_the_threads_of_the_host_and_the_time_is_kept_on_one_daemon() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch passes = new CountDownLatch(100);
        StubLoop loop = counting("where", passes, () -> {
            threads.add(Thread.currentThread().getName());
            return Step.again();
        });

        LoopService service = serve(loop);
        Background.await(passes, "a hundred passes");

        assertThat(threads).containsExactly("of-the-host");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("steward-where"))
                .singleElement()
                .matches(Thread::isDaemon);
        assertThat(service.isRunning()).isTrue();
    }

    @Test
    void a_parked_loop_runs_when_it_is_woken_and_only_then() {
        AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(1));
        StubLoop loop = new StubLoop("parked", () -> {
            next.get().countDown();
            return Step.parked();
        });
        serve(loop);

        for (int round = 1; round <= 1_000; round++) {
            Background.await(next.get(), "pass " + round);
            next.set(new CountDownLatch(1));
            loop.wake();
        }
        Background.await(next.get(), "the last pass");
        assertThat(loop.passes).isBetween(1_001, 1_002); // a wake-up may come before the latch of its round is in place
    }

    @Test
    void a_delay_is_kept() {
        List<Long> at = new CopyOnWriteArrayList<>();
        CountDownLatch passes = new CountDownLatch(3);
        StubLoop loop = new StubLoop("delayed", () -> {
            at.add(System.nanoTime());
            passes.countDown();
            return Step.after(Duration.ofMillis(5));
        });
        serve(loop);
        Background.await(passes, "three passes");

        assertThat(at.get(1) - at.get(0)).isGreaterThanOrEqualTo(5_000_000);
        assertThat(at.get(2) - at.get(1)).isGreaterThanOrEqualTo(5_000_000);
    }

    @Test
    void stop_ends_the_passes_closes_the_loop_and_leaves_no_thread() {
        CountDownLatch passes = new CountDownLatch(3);
        StubLoop loop = counting("stopped", passes, Step::again);
        LoopService service = serve(loop);
        Background.await(passes, "three passes");

        assertThat(service.stop(LONG)).isTrue();

        int last = loop.passes;
        assertThat(loop.closes).isOne();
        assertThat(threadsNamed("steward-stopped")).isEmpty();
        assertThat(service.isRunning()).isFalse();
        loop.wake();
        assertThat(service.stop(LONG)).isTrue();
        assertThat(loop.passes).isEqualTo(last);
        assertThat(loop.closes).isOne();
    }

    @Test
    void a_hundred_services_leave_no_thread() {
        for (int i = 0; i < 100; i++) {
            CountDownLatch pass = new CountDownLatch(1);
            LoopService service = serve(counting("one-of-many", pass, Step::parked));
            if (i % 2 == 0) {
                Background.await(pass, "a pass");
            }
            assertThat(service.stop(LONG)).isTrue();
        }

        assertThat(threadsNamed("steward-one-of-many")).isEmpty();
    }

    @Test
    void a_loop_that_is_finished_ends_its_service_and_is_closed() throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        ControlLoop loop = new ControlLoop() {
            @Override
            public Step manageOnce() {
                return Step.finished();
            }

            @Override
            public String name() {
                return "finished";
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        LoopService service = serve(loop);

        Background.await(closed, "the loop is closed");
        assertThat(service.stop(LONG)).isTrue();
        assertThat(service.isRunning()).isFalse();
        assertThat(threadsNamed("steward-finished")).isEmpty();
    }

    @Test
    void is_started_once() {
        LoopService service = serve(StubLoop.parked("once"));

        assertThatIllegalStateException().isThrownBy(service::start).withMessageContaining("'once'");

        service.stop(LONG);
        assertThatIllegalStateException().isThrownBy(service::start).withMessageContaining("'once'");
    }

    @Test
    void stopped_before_it_was_started_it_closes_the_loop_and_never_starts() {
        StubLoop loop = StubLoop.parked("early");
        LoopService service = new LoopService(loop, TimeSource.system(), pool);
        assertThat(service.isRunning()).isFalse();

        assertThat(service.stop(LONG)).isTrue();
        service.close();

        assertThat(loop.closes).isOne();
        assertThat(loop.passes).isZero();
        assertThatIllegalStateException().isThrownBy(service::start);
    }

    @Test
    void stopped_from_within_a_pass_it_ends_when_the_pass_does() {
        AtomicReference<LoopService> self = new AtomicReference<>();
        AtomicReference<Boolean> answer = new AtomicReference<>();
        CountDownLatch mayStop = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        StubLoop loop = new StubLoop("inside", () -> {
            Background.await(mayStop, "the service is known");
            answer.set(self.get().stop(LONG));
            asked.countDown();
            return Step.again();
        });
        self.set(serve(loop));
        mayStop.countDown();
        Background.await(asked, "the stop from within");

        assertThat(self.get().stop(LONG)).isTrue();

        assertThat(answer).hasValue(false);
        assertThat(loop.passes).isOne();
        assertThat(loop.closes).isOne();
    }

    @Test
    void a_stop_without_a_limit_only_asks() {
        CountDownLatch inPass = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        LoopService service = serve(counting("asked", inPass, () -> {
            Background.await(mayEnd, "the end of the pass");
            return Step.parked();
        }));
        Background.await(inPass, "the pass");

        assertThat(service.stop(Duration.ZERO)).isFalse();
        assertThat(service.isRunning()).isFalse();

        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
    }

    @Test
    void an_interrupt_ends_the_waiting_for_a_stop_and_its_status_is_kept() throws Exception {
        CountDownLatch inPass = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        LoopService service = serve(counting("interrupted", inPass, () -> {
            Background.await(mayEnd, "the end of the pass");
            return Step.parked();
        }));
        Background.await(inPass, "the pass");

        boolean kept = Background.run(() -> {
                    Thread.currentThread().interrupt();
                    assertThat(service.stop(LONG)).isFalse();
                    return Thread.currentThread().isInterrupted();
                })
                .result("stop");

        assertThat(kept).isTrue();
        mayEnd.countDown();
        assertThat(service.stop(LONG)).isTrue();
    }

    @Test
    void an_executor_that_runs_it_here_and_now_is_an_executor_too() {
        AtomicInteger passes = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(100);
        StubLoop loop = new StubLoop("inline", () -> {
            enough.countDown();
            passes.incrementAndGet();
            return Step.again();
        });
        LoopService service = new LoopService(loop, TimeSource.system(), Runnable::run);
        services.add(service);
        service.start();
        Background.await(enough, "a hundred passes");

        assertThat(service.stop(LONG)).isTrue();
        assertThat(loop.closes).isOne();
    }

    @Test
    void a_pass_on_the_executor_that_runs_it_here_and_now_may_stop_the_service() {
        AtomicReference<LoopService> self = new AtomicReference<>();
        CountDownLatch asked = new CountDownLatch(1);
        StubLoop loop = new StubLoop("inline", () -> {
            self.get().stop(LONG);
            asked.countDown();
            return Step.again();
        });
        self.set(new LoopService(loop, TimeSource.system(), Runnable::run));
        self.get().start();
        Background.await(asked, "the stop from within");

        assertThat(self.get().stop(LONG)).isTrue();
        assertThat(loop.passes).isOne();
    }

    @Test
    void refuses_a_negative_limit_and_virtual_time_by_name() {
        LoopService service = serve(StubLoop.parked("refusing"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> service.stop(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LoopService(StubLoop.parked("a"), new VirtualTime(), pool))
                .withMessageStartingWith("LoopService waits in real time");
    }
}
