package dev.steward.process;

import static dev.steward.process.Supervision.alone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.await.StateWait;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceCause;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.RunState;
import dev.steward.instance.Signal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a manager does with the real children of the one before it. */
@Timeout(60)
class ManagerAdoptionTest {
    private static final int ROUNDS = 8;
    private static final int CHILDREN = 4;
    private static final AtomicInteger LEGS = new AtomicInteger();
    private static final AtomicInteger ADOPTED = new AtomicInteger();
    private static final AtomicInteger STOPPED = new AtomicInteger();

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    private enum End {
        KILL,
        EXIT,
        CLOSE_LEAVE,
        CLOSE_STOP
    }

    static Stream<Arguments> legs() {
        return Stream.of(End.values()).flatMap(end -> Stream.of(Arguments.of(end, true), Arguments.of(end, false)));
    }

    @AfterEach
    void never_ran_anything_twice() {
        Host.sweepUp(owner);
        assertThat(temp.resolve("twice")).doesNotExist();
    }

    @AfterAll
    static void report() {
        System.out.printf(
                "ends of a manager: %s legs, %s survivors adopted, %s children stopped at close, 0 second copies%n",
                LEGS, ADOPTED, STOPPED);
    }

    private Supervision supervise(OnClose onClose, boolean records, InstanceSpec... specs) {
        var driver = new ProcessDriver(owner, temp, onClose, Family.options(records));
        return new Supervision(driver, owner, HostManager.Options.defaults(), specs);
    }

    private static List<String> names(int count) {
        return Stream.of(OtherManager.children(count, true))
                .map(InstanceSpec::name)
                .toList();
    }

    /** The first process of each that is there. */
    private static Map<String, Long> firsts(Supervision host) {
        var firsts = new TreeMap<String, Long>();
        for (ManagedInstance instance : host.manager.instances()) {
            firsts.put(
                    instance.instanceId(),
                    OtherManager.first(instance.view().pid().orElseThrow()));
        }
        return firsts;
    }

    @Test
    void twenty_children_of_a_manager_that_was_killed_are_adopted_and_none_is_launched() throws Exception {
        Map<String, Long> left;
        try (OtherJvm other = OtherManager.start(owner, temp, Family.SIZE, true, OnClose.LEAVE)) {
            left = OtherManager.heard(other);
            other.kill();
        }
        assertThat(left.remove("restarts")).isZero();
        assertThat(left).hasSize(Family.SIZE);

        List<String> all = names(Family.SIZE);
        try (Supervision host = supervise(OnClose.LEAVE, true, OtherManager.children(Family.SIZE, true))) {
            host.until(all, "up");
            assertThat(firsts(host)).isEqualTo(left);
            long adopted = host.manager.instances().stream()
                    .filter(instance ->
                            instance.view().adopted() && instance.view().cause().code() == InstanceCause.ADOPTED)
                    .count();
            System.out.printf("adopted %d of %d, launches %d%n", adopted, left.size(), host.driver.launches.size());
            assertThat(adopted).isEqualTo(Family.SIZE);
            assertThat(host.driver.launches).isEmpty();
            assertThat(host.driver.signals).isEmpty();

            all.forEach(name -> host.run(host.manager.signal(name, Signal.HUP)));
            for (String name : all) {
                host.processes.file(name, Output.STDERR);
                Host.await(() -> host.manager.tail(name, Output.STDERR, 1).contains("again"), "output of " + name);
                assertThat(host.manager.tail(name, Output.STDERR, 10)).containsExactly("before", "again");
            }
            endAll(host, all);
        }
    }

    /** Each second one has its exit code kept, and is then done; the end of another is a failure, and it comes back. */
    private static void endAll(Supervision host, List<String> all) {
        List<String> known = all.stream().filter(name -> number(name) % 2 == 0).toList();
        List<String> unknown =
                all.stream().filter(name -> number(name) % 2 == 1).toList();
        StateWait back = host.await(all, "down", "starting", "up").open();
        all.forEach(name -> host.run(host.manager.signal(name, Signal.TERM)));
        assertThat(host.run(back).isAllFinished()).isTrue();

        for (String name : known) {
            assertThat(host.view(name).exit()).contains(ExitStatus.of(number(name)));
        }
        for (String name : unknown) {
            assertThat(host.view(name).exit()).contains(ExitStatus.unknown());
        }
        assertThat(host.driver.launches).containsExactlyInAnyOrderElementsOf(all);
        assertThat(host.driver.secondCopies).isEmpty();
        System.out.printf("exit codes of adopted children: %d known, %d unknown%n", known.size(), unknown.size());
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.indexOf('-') + 1));
    }

    @Test
    void a_child_that_ends_while_it_is_being_adopted_comes_back_once() throws Exception {
        int adopted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            InstanceSpec spec = alone(temp, "web", "exec sleep 300");
            long before;
            try (Supervision first = supervise(OnClose.LEAVE, true, spec)) {
                first.until(List.of("web"), "up");
                before = first.pid("web");
                first.letGo();
                adopted += endWhileAdopted(before, round, spec) ? 1 : 0;
            }
        }
        System.out.printf("ended while being adopted: %d of %d seen as adopted first, none twice%n", adopted, ROUNDS);
    }

    /** Kills it just before, or a little after, the next manager begins to look; answers whether that one had adopted it by then. */
    private boolean endWhileAdopted(long pid, int round, InstanceSpec spec) throws Exception {
        boolean before = round < ROUNDS / 2;
        try (Supervision next = supervise(OnClose.LEAVE, true, spec)) {
            var killer = new Thread(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4L * (round - ROUNDS / 2)));
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            });
            if (before) {
                Supervision.kill("KILL", List.of(pid));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(round));
            } else {
                killer.start();
            }
            next.until(() -> next.manager
                    .instance("web")
                    .filter(web -> web.view().state() == RunState.UP)
                    .filter(web -> web.view().pid().orElse(pid) != pid)
                    .isPresent());
            killer.join();

            assertThat(next.driver.launches).containsExactly("web");
            assertThat(next.driver.secondCopies).isEmpty();
            assertThat(next.lives()).containsExactly("web");
            return next.events("web").stream().anyMatch(event -> event.cause().code() == InstanceCause.ADOPTED);
        }
    }

    @ParameterizedTest(name = "{0}, records: {1}")
    @MethodSource("legs")
    void each_survivor_is_adopted_and_there_is_never_a_second_copy(End end, boolean records) throws Exception {
        InstanceSpec[] specs = OtherManager.children(CHILDREN, records);
        Map<String, Long> left = switch (end) {
            case KILL, EXIT -> endedElsewhere(end, records);
            case CLOSE_LEAVE -> closed(OnClose.LEAVE, records, specs);
            case CLOSE_STOP -> closed(OnClose.STOP, records, specs);
        };
        List<String> all = names(CHILDREN);
        List<String> launched = new ArrayList<>(all);
        launched.removeAll(left.keySet());
        try (Supervision next = supervise(OnClose.LEAVE, records, specs)) {
            next.until(all, "up");

            assertThat(next.driver.launches).containsExactlyInAnyOrderElementsOf(launched);
            assertThat(next.driver.secondCopies).isEmpty();
            assertThat(firsts(next)).containsAllEntriesOf(left);
            assertThat(all)
                    .allSatisfy(name -> assertThat(next.view(name).adopted()).isEqualTo(left.containsKey(name)));
            assertThat(next.events())
                    .filteredOn(event -> event.cause().code() == InstanceCause.ADOPTED)
                    .extracting(event -> event.name())
                    .containsExactlyInAnyOrderElementsOf(left.keySet());
        }
        LEGS.incrementAndGet();
        ADOPTED.addAndGet(left.size());
        STOPPED.addAndGet(launched.size());
    }

    private Map<String, Long> endedElsewhere(End end, boolean records) throws Exception {
        try (OtherJvm other = OtherManager.start(owner, temp, CHILDREN, records, OnClose.STOP)) {
            Map<String, Long> left = OtherManager.heard(other);
            if (end == End.EXIT) {
                other.tell('x');
                other.awaitEnd();
            } else {
                other.kill();
            }
            assertThat(left.remove("restarts")).isZero();
            assertThat(left).hasSize(CHILDREN);
            return left;
        }
    }

    private Map<String, Long> closed(OnClose onClose, boolean records, InstanceSpec... specs) {
        Supervision first = supervise(onClose, records, specs);
        first.until(names(CHILDREN), "up");
        Map<String, Long> left = firsts(first);
        assertThat(left).hasSize(CHILDREN);
        first.letGo();
        assertThat(first.driver.secondCopies).isEmpty();
        if (onClose == OnClose.STOP) {
            assertThat(first.lives()).isEmpty();
            assertThat(left.values())
                    .noneMatch(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
            return Map.of();
        }
        return left;
    }
}
