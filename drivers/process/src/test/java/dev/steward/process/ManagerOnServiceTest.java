package dev.steward.process;

import static dev.steward.process.Supervision.alone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.RunState;
import dev.steward.loop.LoopService;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A manager of real children on an executor that does not always do what it is asked for. */
@Timeout(60)
class ManagerOnServiceTest {
    private static final int CHILDREN = 6;

    private final String owner = Host.newOwner();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @TempDir
    Path temp;

    @AfterEach
    void never_ran_anything_twice() {
        pool.shutdownNow();
        Host.sweepUp(owner);
        assertThat(temp.resolve("twice")).doesNotExist();
    }

    private InstanceSpec[] children() {
        return IntStream.range(0, CHILDREN)
                .mapToObj(number -> alone(temp, "web-" + number, "exec sleep 300"))
                .toArray(InstanceSpec[]::new);
    }

    private Supervision supervise(OnClose onClose) {
        var driver = new ProcessDriver(owner, temp, onClose);
        return new Supervision(driver, owner, HostManager.Options.defaults(), children());
    }

    private static boolean areUp(Supervision host) {
        return host.manager.instances().size() == CHILDREN
                && host.manager.instances().stream()
                        .allMatch(instance -> instance.view().state() == RunState.UP);
    }

    @Test
    void passes_that_are_refused_or_interrupted_harm_no_child() throws Exception {
        var asked = new AtomicInteger();
        var refused = new AtomicInteger();
        var interrupted = new AtomicInteger();
        Executor executor = pass -> {
            if (asked.incrementAndGet() % 3 == 1 && refused.get() < 2) {
                refused.incrementAndGet();
                throw new RejectedExecutionException("for the test");
            }
            pool.execute(() -> {
                interrupted.incrementAndGet();
                Thread.currentThread().interrupt();
                pass.run();
            });
        };
        Supervision host = supervise(OnClose.STOP);
        try (var service = new LoopService(host.manager, TimeSource.system(), executor)) {
            service.start();
            Host.await(() -> areUp(host), "all up");
            long before = host.pid("web-1");

            Supervision.kill("KILL", List.of(before));
            Host.await(() -> host.view("web-1").restarts() == 1 && areUp(host), "all up again");

            assertThat(host.pid("web-1")).isNotEqualTo(before);
            assertThat(host.lives()).hasSize(CHILDREN);
        }
        assertThat(refused).hasValue(2);
        assertThat(host.driver.launches).hasSize(CHILDREN + 1);
        assertThat(host.driver.secondCopies).isEmpty();
        assertThat(host.lives()).isEmpty();
        System.out.printf("executor: %s refused, %s passes interrupted, 0 children lost%n", refused, interrupted);
    }

    @ParameterizedTest
    @EnumSource(OnClose.class)
    void a_close_during_a_pass_waits_for_it_and_leaves_nothing_by_halves(OnClose onClose) throws Exception {
        Supervision host = supervise(onClose);
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        host.driver.onLaunch = name -> {
            if (name.equals("web-3")) {
                inside.countDown();
                awaitQuietly(goOn);
            }
        };
        var service = new LoopService(host.manager, TimeSource.system(), pool);
        service.start();
        inside.await();

        assertThatThrownBy(host.manager::close).isInstanceOf(IllegalStateException.class);
        var closer = new Thread(service::close);
        closer.start();
        Host.await(() -> !service.isRunning(), "the close has begun");
        goOn.countDown();
        closer.join();

        List<String> left = host.lives();
        if (onClose == OnClose.STOP) {
            assertThat(left).isEmpty();
        }
        try (Supervision next = supervise(OnClose.LEAVE)) {
            next.until(List.of(children()).stream().map(InstanceSpec::name).toList(), "up");

            assertThat(next.driver.launches).hasSize(CHILDREN - left.size()).allMatch(name -> !left.contains(name));
            assertThat(left).allMatch(name -> next.view(name).adopted());
            assertThat(next.driver.secondCopies).isEmpty();
            assertThat(next.lives()).hasSize(CHILDREN);
        }
        System.out.printf("close %s during a pass: %d left and adopted, none twice%n", onClose, left.size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
