package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * However a manager ends, with records or without: the next driver names each child that is left, once, and no other process. A driver
 * launches nothing by itself, so if the census is right there is no second copy. The manager that is stopped by a signal is stopped for two
 * seconds and not for a minute: nothing in a driver depends on how long.
 */
@Timeout(60)
class AdoptionMatrixTest {
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int CHILDREN = 4;
    private static final AtomicInteger LEGS = new AtomicInteger();
    private static final AtomicInteger NAMED = new AtomicInteger();
    private static final AtomicInteger STOPPED = new AtomicInteger();

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    private enum End {
        CLOSE_LEAVE,
        CLOSE_STOP,
        EXIT,
        EXIT_STOP,
        SIGTERM,
        KILL,
        SIGSTOP,
        REBOOT
    }

    static Stream<Arguments> legs() {
        return Stream.of(End.values()).flatMap(end -> Stream.of(Arguments.of(end, true), Arguments.of(end, false)));
    }

    @AfterEach
    void sweepUp() {
        Host.sweepUp(owner);
    }

    @AfterAll
    static void report() {
        System.out.println("ends of a manager: " + LEGS + " legs, " + NAMED + " survivors named once each, " + STOPPED
                + " children stopped at close, 0 second copies");
    }

    @ParameterizedTest(name = "{0}, records: {1}")
    @MethodSource("legs")
    void each_survivor_is_named_once_and_nobody_else(End end, boolean records) throws Exception {
        Map<String, Observation.Running> left = switch (end) {
            case CLOSE_LEAVE -> closed(OnClose.LEAVE, records);
            case CLOSE_STOP -> closed(OnClose.STOP, records);
            case REBOOT -> rebooted(records);
            default -> elsewhere(end, records);
        };
        if (end == End.REBOOT) {
            return;
        }
        boolean stopped = end == End.CLOSE_STOP;
        assertThat(left).hasSize(stopped ? 0 : CHILDREN);
        var events = new Recorder();
        try (var next = new ProcessDriver(owner, temp, OnClose.STOP, Family.options(records))) {
            next.open(events);
            assertThat(Family.byName(events.await(0).running())).isEqualTo(left);
            next.look(1);
            assertThat(Family.byName(events.await(1).running())).isEqualTo(left);
            assertThat(events.await(1).running()).allMatch(Observation.Running::led);
            assertThat(livesByMark().values())
                    .allSatisfy(lives -> assertThat(lives).hasSize(1));
        }
        assertThat(left.values()).noneMatch(running -> isThere(running.pid()));
        LEGS.incrementAndGet();
        NAMED.addAndGet(left.size());
    }

    private Map<String, Observation.Running> closed(OnClose onClose, boolean records) {
        var driver = new ProcessDriver(owner, temp, onClose, Family.options(records));
        Host host = Host.opened(owner, driver);
        Map<String, Observation.Running> all = Family.byName(Family.launch(host, CHILDREN, records));
        driver.close();
        if (onClose == OnClose.LEAVE) {
            return all;
        }
        STOPPED.addAndGet(all.size());
        assertThat(all).hasSize(CHILDREN);
        assertThat(all.values()).noneMatch(running -> isThere(running.pid()));
        return Map.of();
    }

    private Map<String, Observation.Running> elsewhere(End end, boolean records) throws Exception {
        String how = (records ? "records " : "none ")
                + (end == End.EXIT || end == End.EXIT_STOP ? "exit " : "")
                + (end == End.EXIT_STOP ? "stop" : "leave");
        try (var other = OtherJvm.start(List.of(), List.of(), "family", owner, temp.toString(), how)) {
            Map<String, Observation.Running> left = Family.heard(other);
            switch (end) {
                case EXIT, EXIT_STOP -> {
                    other.answer();
                    other.awaitEnd();
                }
                case SIGTERM -> {
                    other.signal("TERM");
                    other.awaitEnd();
                }
                case SIGSTOP -> {
                    other.signal("STOP");
                    LockSupport.parkNanos(STOPPED_NANOS);
                    assertOwned();
                    other.signal("CONT");
                    other.answer();
                    assertThat(Family.heard(other)).isEqualTo(left);
                    other.kill();
                }
                default -> other.kill();
            }
            return left;
        }
    }

    /** As long as a manager has them, even one that does nothing, no other gets them. */
    private void assertOwned() {
        try (var next = new ProcessDriver(owner, temp, OnClose.STOP)) {
            assertThatThrownBy(() -> next.open(new Recorder()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(owner);
        }
    }

    /** After a start of the machine, other processes have the numbers and, as it may be, the start times of the children. */
    private Map<String, Observation.Running> rebooted(boolean records) throws Exception {
        Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE, Family.options(records)));
        Map<String, Observation.Running> all = Family.byName(Family.launch(host, CHILDREN, records));
        host.driver.close();
        List<Process> strangers = new ArrayList<>();
        try {
            if (records) {
                for (Path file : records()) {
                    Process stranger = new ProcessBuilder("setsid", "sleep", "100").start();
                    strangers.add(stranger);
                    Files.writeString(file, ofStranger(BirthRecord.parse(Files.readString(file)), stranger));
                }
                assertThat(strangers).hasSize(CHILDREN);
            }
            killSessions(all);
            var events = new Recorder();
            try (var log = new CapturedLog();
                    var next = new ProcessDriver(
                            owner,
                            OnClose.STOP,
                            Family.options(records),
                            anotherBoot(),
                            new Tools(),
                            new OutputFolder(temp, 4096),
                            Thread::new)) {
                next.open(events);
                assertThat(events.await(0).running()).isEmpty();
                assertThat(log.lines())
                        .filteredOn(line -> line.contains("ended with the machine"))
                        .hasSize(strangers.size());
            }
            assertThat(strangers).allMatch(Process::isAlive);
            assertThat(records()).isEmpty();
        } finally {
            strangers.forEach(Process::destroyForcibly);
        }
        LEGS.incrementAndGet();
        return Map.of();
    }

    private void killSessions(Map<String, Observation.Running> all) throws Exception {
        List<String> sessions = all.values().stream()
                .map(running -> Host.procfs().stat((int) running.pid()))
                .map(stat -> "-" + stat.session())
                .collect(Collectors.toCollection(() -> new ArrayList<>(List.of("kill", "-KILL", "--"))));
        assertThat(new ProcessBuilder(sessions).start().waitFor()).isZero();
        Host.await(() -> all.values().stream().noneMatch(running -> isThere(running.pid())), "the end of all");
        Host.await(() -> Host.marked(owner).isEmpty(), "the end of what they had started");
    }

    private static String ofStranger(BirthRecord record, Process stranger) {
        ProcStat stat = Host.procfs().stat((int) stranger.pid());
        var identity = new ProcessIdentity(
                stat.pid(), stat.startTicks(), record.identity().boot());
        return new BirthRecord(
                        record.owner(),
                        record.instance(),
                        record.life(),
                        identity,
                        stat.pid(),
                        record.wrapped(),
                        record.outputFrom(),
                        record.errorsFrom())
                .text();
    }

    private static ProcFs anotherBoot() throws IOException {
        return new ProcFs(Path.of("/proc")) {
            @Override
            String boot() {
                return "another-boot";
            }
        };
    }

    private List<Path> records() throws IOException {
        Path folder = temp.resolve("." + owner + ".lives");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private Map<String, List<Incarnation>> livesByMark() {
        var lives = new HashMap<String, List<Incarnation>>();
        for (ProcessTable.Member member : Host.marked(owner)) {
            List<Incarnation> some = lives.computeIfAbsent(member.instance(), name -> new ArrayList<>());
            if (!some.contains(member.life())) {
                some.add(member.life());
            }
        }
        return lives;
    }

    private static boolean isThere(long pid) {
        try {
            ProcStat stat = Host.procfs().stat((int) pid);
            return stat != null && !stat.isDead();
        } catch (UncheckedIOException unseen) {
            throw new AssertionError(unseen);
        }
    }
}
