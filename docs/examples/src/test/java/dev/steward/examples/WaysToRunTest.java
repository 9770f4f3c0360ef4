package dev.steward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.LoopService;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaysToRunTest {
    private final TimeSource time = TimeSource.system();
    private final Heartbeat heartbeat = new Heartbeat(time, Duration.ofMillis(20), 5);

    @Test
    void a_plain_loop_runs_it_beside_other_work() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();

        WaysToRun.inAWhileLoop(heartbeat, rounds::incrementAndGet);

        assertThat(heartbeat.beats()).isEqualTo(5);
        assertThat(rounds).hasValueGreaterThanOrEqualTo(5);
    }

    @Test
    void a_scheduler_runs_it_when_it_is_due() throws InterruptedException {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch last = new CountDownLatch(1);

        WaysToRun.OnAScheduler running = new WaysToRun.OnAScheduler(new Told(heartbeat, last::countDown), scheduler);

        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        scheduler.shutdown();
        assertThat(scheduler.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.isFinished()).isTrue();
        assertThat(heartbeat.beats()).isEqualTo(5);
    }

    @Test
    void this_thread_runs_it_until_something_holds() {
        assertThat(WaysToRun.onThisThread(heartbeat, time, heartbeat)).isTrue();

        assertThat(heartbeat.beats()).isEqualTo(3);
    }

    @Test
    void an_executor_runs_it_until_it_is_finished() throws InterruptedException {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch closed = new CountDownLatch(1);

        LoopService service = WaysToRun.onAnExecutor(new Told(heartbeat, closed::countDown), time, executor);

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(service.stop(Duration.ofSeconds(20))).isTrue();
        executor.shutdown();
        assertThat(heartbeat.beats()).isEqualTo(5);
    }
}
