package dev.steward.process;

import static dev.steward.process.Supervision.alone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.StateWait;
import dev.steward.event.StateEvent;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Health;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.OnClose;
import dev.steward.instance.ProbePlan;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.RunState;
import dev.steward.instance.ShutdownAnswer;
import dev.steward.instance.TargetRequest;
import dev.steward.time.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Crashes of real children, their order, and a manager that is stopped for ten seconds: that one begins before the other tests, goes on
 * beside them, and is looked at last.
 */
@Timeout(60)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManagerFaultsTest {
    private static final String STOPPED_OWNER = Host.newOwner();
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int STOPPED_CHILDREN = 5;
    private static final int MANY = 50;

    @TempDir
    static Path stoppedTemp;

    private static OtherJvm stopped;
    private static Map<String, Long> stoppedChildren = new TreeMap<>();
    private static long stoppedSince;

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @BeforeAll
    static void stopAManager() throws Exception {
        stopped = OtherManager.start(STOPPED_OWNER, stoppedTemp, STOPPED_CHILDREN, true, OnClose.STOP);
        stoppedChildren = OtherManager.heard(stopped);
        stopped.signal("STOP");
        stoppedSince = System.nanoTime();
    }

    @AfterAll
    static void endIt() throws Exception {
        stopped.signal("CONT");
        stopped.close();
        Host.sweepUp(STOPPED_OWNER);
    }

    @AfterEach
    void never_ran_anything_twice() {
        Host.sweepUp(owner);
        assertThat(temp.resolve("twice")).doesNotExist();
    }

    private Supervision supervise(InstanceSpec... specs) {
        return new Supervision(owner, temp, specs);
    }

    @Test
    @Order(1)
    void gives_up_a_crash_loop_until_somebody_asks_and_others_do_not_notice() {
        RestartPolicy policy = RestartPolicy.standard()
                .withBackoff(Backoff.constant(Duration.ofMillis(20)))
                .withGiveUp(5, Duration.ofMinutes(1));
        InstanceSpec crash =
                alone(temp, "crash", "echo out of luck >&2; exit 3").withRestart(policy);
        try (Supervision host = supervise(crash, alone(temp, "web", "exec sleep 300"))) {
            host.until(List.of("crash", "web"), "starting");
            host.until(() -> host.view("crash").state() == RunState.FAILED);

            assertThat(host.driver.launchesOf("crash")).isEqualTo(5);
            assertThat(host.view("crash").cause().code()).isEqualTo(InstanceCause.GAVE_UP);
            assertThat(host.view("crash").exit()).contains(ExitStatus.of(3));
            assertThat(host.events("crash")).last().matches(StateEvent::isFailure);
            assertThat(host.manager.notifications()).isNotEmpty();
            String explained = host.manager.explain("crash");

            host.run(host.manager.update(List.of(TargetRequest.up("crash")), false));
            host.until(() ->
                    host.driver.launchesOf("crash") == 10 && host.view("crash").state() == RunState.FAILED);
            assertThat(host.states("web")).containsExactly("starting", "up");
            assertThat(host.driver.secondCopies).isEmpty();
            System.out.printf(
                    "crash loop: given up after 5 launches, again after 5 more; %s%n",
                    explained.lines().findFirst().orElse(""));
        }
    }

    @Test
    @Order(2)
    void brings_back_fifty_that_die_at_once_and_none_twice() throws Exception {
        InstanceSpec[] specs = IntStream.range(0, MANY)
                .mapToObj(number -> alone(temp, "web-" + number, "exec sleep 300"))
                .toArray(InstanceSpec[]::new);
        List<String> all = List.of(specs).stream().map(InstanceSpec::name).toList();
        try (Supervision host = supervise(specs)) {
            host.until(all, "starting", "up");
            StateWait back = host.await(all, "down", "starting", "up").open();
            long begin = System.nanoTime();
            Supervision.kill("KILL", all.stream().map(host::pid).toList());
            assertThat(host.run(back).isAllFinished()).isTrue();
            long took = System.nanoTime() - begin;

            assertThat(host.driver.launches).hasSize(2 * MANY);
            assertThat(all)
                    .allSatisfy(name -> assertThat(host.driver.launchesOf(name)).isEqualTo(2));
            assertThat(host.driver.secondCopies).isEmpty();
            assertThat(host.lives()).containsExactlyInAnyOrderElementsOf(all);
            System.out.printf(
                    "mass death: %d of %d back after %d ms, launches %d, second copies 0%n",
                    host.lives().size(), MANY, TimeUnit.NANOSECONDS.toMillis(took), host.driver.launches.size());
        }
    }

    @Test
    @Order(3)
    void starts_in_order_once_a_port_is_open_and_stops_in_reverse() throws Exception {
        var driver = new ProcessDriver(owner, temp, OnClose.LEAVE);
        int port = freePort();
        ProbePlan plan = ProbePlan.readiness(driver.probes().tcpPort(port)).withPeriod(Duration.ofMillis(50));
        InstanceSpec db =
                alone(temp, "db", "exec sleep 300").withHealth(Health.unprobed().withReadiness(plan));
        InstanceSpec web = alone(temp, "web", "exec sleep 300").after("db");
        InstanceSpec edge = alone(temp, "edge", "exec sleep 300").after("web");
        try (var host = new Supervision(driver, owner, HostManager.Options.defaults(), edge, web, db)) {
            host.until(List.of("db"), "starting");
            host.until(() -> !host.view("db").unwell().isEmpty());
            assertThat(host.driver.launches).containsExactly("db");
            assertThat(host.view("db").state()).isEqualTo(RunState.STARTING);
            assertThat(host.manager.explain("web")).contains("db");

            try (var listening = new ServerSocket(port, 5, InetAddress.getLoopbackAddress())) {
                assertThat(listening.isBound()).isTrue();
                host.until(List.of("db", "web", "edge"), "up");
            }
            assertThat(host.driver.launches).containsExactly("db", "web", "edge");

            ShutdownAnswer answer = host.die(Supervision.LIMIT);
            assertThat(answer.isClean()).isTrue();
            assertThat(host.events().stream().map(event -> event.name() + " " + event.state()))
                    .containsSubsequence("db starting", "db up", "web starting", "web up", "edge starting", "edge up")
                    .containsSubsequence(
                            "edge stopping", "edge down", "web stopping", "web down", "db stopping", "db down");
            assertThat(host.alive()).isEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @Order(4)
    void a_manager_that_is_stopped_for_ten_seconds_kills_nothing_and_launches_nothing_twice() throws Exception {
        assertThat(stoppedChildren.remove("restarts")).isZero();
        assertThat(stoppedChildren).hasSize(STOPPED_CHILDREN);
        String lost = Family.name(1);
        long victim = stoppedChildren.get(lost);
        Supervision.kill("KILL", List.of(victim));
        while (System.nanoTime() - stoppedSince < STOPPED_NANOS) {
            LockSupport.parkNanos(STOPPED_NANOS - (System.nanoTime() - stoppedSince));
        }
        assertThat(stoppedChildren.entrySet())
                .filteredOn(child -> !child.getKey().equals(lost))
                .allSatisfy(child -> assertThat(
                                ProcessHandle.of(child.getValue()).orElseThrow().isAlive())
                        .isTrue());

        stopped.signal("CONT");
        stopped.tell('a');
        Map<String, Long> now = OtherManager.heard(stopped);

        assertThat(now.remove("restarts")).isEqualTo(1);
        assertThat(now.put(lost, victim)).isNotEqualTo(victim);
        assertThat(now).isEqualTo(stoppedChildren);
        stopped.tell('a');
        assertThat(OtherManager.heard(stopped)).containsEntry("restarts", 1L);
        System.out.printf(
                "manager stopped for %d s: %d of %d children untouched, 1 that died was brought back once%n",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - stoppedSince),
                STOPPED_CHILDREN - 1,
                STOPPED_CHILDREN);
    }
}
