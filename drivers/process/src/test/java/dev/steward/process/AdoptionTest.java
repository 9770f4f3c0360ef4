package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the next driver knows of the children of the one before, and what it still can do for them. */
@Timeout(90)
class AdoptionTest {
    private static final Duration NOTICE = Duration.ofMillis(150);

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @Test
    void twenty_children_of_a_manager_that_was_killed_are_all_taken_over() throws Exception {
        long begin = System.nanoTime();
        Map<String, Observation.Running> left;
        try (var other = OtherJvm.start(List.of(), List.of(), "family", owner, temp.toString(), "twenty")) {
            left = Family.heard(other);
            other.kill();
        }
        assertThat(left).hasSize(Family.SIZE);
        int known = 0;
        int unknown = 0;
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            Duration oldest = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(Family.byName(host.events.await(0).running())).isEqualTo(left);
            assertThat(host.events.awaitExact(0).running()).allSatisfy(running -> {
                assertThat(running.age()).isBetween(Duration.ofMillis(10), oldest);
                assertThat(running.age()).isCloseTo(age(running.pid()), Duration.ofMillis(500));
            });
            for (int number = 1; number <= Family.SIZE; number++) {
                Observation.Running running = left.get(Family.name(number));
                host.signal(running, Signal.HUP);
                host.awaitLine(running.name(), Output.STDERR, "again");
                host.signal(running, Signal.TERM);
                Observation.Exited exited = host.exited(running.life());
                boolean wrapped = number % 2 == 0;
                assertThat(exited.exit()).isEqualTo(wrapped ? ExitStatus.of(number) : ExitStatus.unknown());
                boolean forgetful = !wrapped && number % 5 == 3; // nobody knows which secrets it was given
                assertThat(exited.stderr()).isEqualTo(forgetful ? List.of() : List.of("before", "again"));
                known += wrapped ? 1 : 0;
                unknown += wrapped ? 0 : 1;
            }
            assertThat(host.look().running()).isEmpty();
        }
        System.out.println("killed manager: " + left.size() + " of " + Family.SIZE
                + " taken over, 0 launched; exit codes " + known + " known, " + unknown + " unknown");
    }

    @Test
    void the_last_words_begin_where_the_life_began_and_not_before() throws Exception {
        try (Host first = Host.opened(owner, driver())) {
            first.exited(first.launch(Host.shell("web", "echo of an earlier life >&2")));
            Observation.Running running = first.run(Host.shell("web", "echo of this life >&2; exec sleep 100"));
            first.awaitLine("web", Output.STDERR, "of this life");
            first.driver.close();

            try (Host next = Host.opened(owner, driver())) {
                next.signal(running, Signal.TERM);
                assertThat(next.exited(running.life()).stderr()).containsExactly("of this life");
            }
        }
    }

    @Test
    void the_end_of_each_is_noticed_soon_in_one_sweep_for_all() throws Exception {
        List<Observation.Running> left = new ArrayList<>();
        try (Host first = Host.opened(owner, driver())) {
            for (int i = 0; i < 10; i++) {
                left.add(first.run(InstanceSpec.of("web-" + i, "sleep", "100")));
            }
            first.driver.close();
            try (Host next = Host.opened(owner, driver())) {
                long worst = 0;
                for (Observation.Running running : left) {
                    long killed = System.nanoTime();
                    ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
                    next.exited(running.life());
                    worst = Math.max(worst, System.nanoTime() - killed);
                }
                System.out.println("end of an adopted child noticed after " + TimeUnit.NANOSECONDS.toMillis(worst)
                        + " ms at worst, of " + left.size());
                // a machine that is busy with others gets as much again
                assertThat(Duration.ofNanos(worst)).isLessThan(NOTICE.multipliedBy(2));
            }
        }
    }

    @Test
    void a_child_that_ends_while_it_is_being_taken_over_is_told_or_not_listed() throws Exception {
        int told = 0;
        int unlisted = 0;
        for (int round = 0; round < 10; round++) {
            Observation.Exited exited = endWhileTakenOver(round);
            if (exited == null) {
                unlisted++;
            } else {
                assertThat(exited.exit()).isEqualTo(ExitStatus.of(5));
                told++;
            }
        }
        System.out.println("ended while being taken over: " + told + " told, " + unlisted + " not listed");
        assertThat(told + unlisted).isEqualTo(10);
    }

    /** Ends a child a little before, or after, its next driver is opened; answers what was told, or null if it was not listed. */
    private Observation.@Nullable Exited endWhileTakenOver(int round) throws IOException {
        boolean before = round < 5;
        try (Host first = Host.opened(owner, driver())) {
            Observation.Running running =
                    first.run(Host.shell("web", "trap 'exit 5' TERM; echo $$; while :; do sleep 0.01; done")
                            .withRestart(RestartPolicy.onFailure()));
            Host.await(() -> first.driver.tail("web", Output.STDOUT, 1).size() == 1, "its number");
            long program =
                    Long.parseLong(first.driver.tail("web", Output.STDOUT, 1).get(0));
            first.driver.close();
            var events = new Recorder();
            try (var next = driver()) {
                if (before) {
                    ProcessHandle.of(program).ifPresent(ProcessHandle::destroy);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5L * round));
                }
                next.open(events);
                if (!before) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3L * (round - 5)));
                    ProcessHandle.of(program).ifPresent(ProcessHandle::destroy);
                }
                Files.delete(next.file("web", Output.STDOUT));
                boolean listed = !events.await(0).running().isEmpty();
                Observation.Exited exited = listed ? events.await(Observation.Exited.class, running.life()) : null;
                next.look(1);
                assertThat(events.await(1).running()).isEmpty();
                return exited;
            }
        }
    }

    @Test
    void how_a_child_ended_while_nobody_was_there_is_in_the_log() throws Exception {
        try (Host first = Host.opened(owner, driver())) {
            Observation.Running running =
                    first.run(Host.shell("web", "exec sleep 100").withRestart(RestartPolicy.onFailure()));
            Observation.Running plain = first.run(InstanceSpec.of("plain", "sleep", "100"));
            Host.await(() -> name(program(first, running)).equals("sleep"), "the program");
            long program = program(first, running);
            first.driver.close();
            List<ProcessTable.Member> left = Host.marked(owner); // the shell that writes the exit code among them
            ProcessHandle.of(program).orElseThrow().destroy();
            ProcessHandle.of(plain.pid()).orElseThrow().destroy();
            Host.awaitEnd(left);

            try (var log = new CapturedLog();
                    Host next = Host.opened(owner, driver())) {
                assertThat(next.events.await(0).running()).isEmpty();
                assertThat(log.lines())
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "INFO",
                                        "while nobody was there: exit code 143",
                                        running.life().id()))
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "INFO",
                                        "while nobody was there: exit code unknown",
                                        plain.life().id()));
            }
            try (Stream<Path> files = Files.list(temp.resolve("." + owner + ".lives"))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void what_lost_its_first_process_and_shows_no_mark_is_named_and_left_alone() throws Exception {
        try (Host first = Host.opened(owner, driver())) {
            Observation.Running running =
                    first.run(Host.shell("web", "env -u STEWARD_OWNER sleep 100 & echo $!; wait"));
            Host.await(() -> first.driver.tail("web", Output.STDOUT, 1).size() == 1, "its child");
            long child =
                    Long.parseLong(first.driver.tail("web", Output.STDOUT, 1).get(0));
            Host.await(() -> name(child).equals("sleep"), "its program");
            first.driver.close();
            List<ProcessTable.Member> left = Host.marked(owner);
            ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
            Host.awaitEnd(left);
            try (var log = new CapturedLog();
                    Host next = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.STOP))) {
                assertThat(next.events.await(0).running()).isEmpty();
                next.driver.close();
                assertThat(log.lines())
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "WARN",
                                        "process " + child + " may be left",
                                        running.life().id()));
                assertThat(name(child)).isEqualTo("sleep");
            } finally {
                ProcessHandle.of(child).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void one_that_cannot_be_held_is_watched_all_the_same() throws Exception {
        ProcFs procfs = Host.procfs();
        Process process = new ProcessBuilder("sleep", "100").start();
        ProcStat stat = procfs.stat((int) process.pid());
        var identity = new ProcessIdentity(stat.pid(), stat.startTicks(), procfs.boot());
        var earlier = new ProcessIdentity(stat.pid(), stat.startTicks() - 1, procfs.boot());
        var rebooted = new ProcessIdentity(stat.pid(), stat.startTicks(), "another-boot");
        for (boolean hold : new boolean[] {true, false}) {
            assertThat(Leader.Survivor.of(procfs, earlier, hold)).isNull();
            assertThat(Leader.Survivor.of(procfs, rebooted, hold)).isNull();
        }
        Leader.Survivor held = Leader.Survivor.of(procfs, identity, true);
        Leader.Survivor unheld = Leader.Survivor.of(procfs, identity, false);
        assertThat(held.isHeld()).isTrue();
        assertThat(unheld.isHeld()).isFalse();
        assertThat(List.of(held, unheld)).noneMatch(Leader::hasEnded);

        process.destroyForcibly().waitFor();

        assertThat(List.of(held, unheld)).allMatch(Leader::hasEnded);
        assertThat(Leader.Survivor.of(procfs, identity, true)).isNull();
        held.close();
        unheld.close();
    }

    @Test
    void none_is_lost_because_there_are_not_enough_descriptors() throws Exception {
        int children = 40;
        try (Host first = Host.opened(owner, driver())) {
            List<Observation.Running> all = new ArrayList<>();
            for (int i = 0; i < children; i++) {
                all.add(first.run(InstanceSpec.of("web-" + i, "sleep", "100")));
            }
            first.driver.close();
            List<String> limit = List.of("prlimit", "--nofile=240:240");
            try (var other = OtherJvm.start(limit, List.of(), "needy", owner, temp.toString())) {
                assertThat(other.line()).isEqualTo("40 listed, 40 led");
                assertThat(other.line()).isEqualTo("blind: true, 40 listed");
                all.forEach(
                        running -> ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly());
                other.answer();
                assertThat(other.line()).isEqualTo("40 exits told, 0 listed");
            }
        }
    }

    private ProcessDriver driver() {
        return new ProcessDriver(owner, temp, OnClose.LEAVE);
    }

    private static long program(Host host, Observation.Running running) {
        return host.look().running().stream()
                .filter(one -> one.life().equals(running.life()))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException gone) {
            return "";
        }
    }

    private static Duration age(long pid) {
        try {
            double uptime =
                    Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]);
            return Duration.ofMillis(
                    (long) (uptime * 1000) - Host.procfs().stat((int) pid).startTicks() * 10);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
