package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Census;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier driver has left behind, and whose it is. */
@Timeout(90)
class RestartTest {
    private static final Pattern BLANK = Pattern.compile(" ");

    @TempDir
    Path temp;

    @Test
    void what_survives_the_kill_of_a_manager_is_found_and_can_be_stopped() throws Exception {
        String owner = Host.newOwner();
        List<Observation.Running> left = new ArrayList<>();
        try (var other = OtherJvm.start(List.of(), List.of(), "survivors", owner, temp.toString())) {
            for (String line = other.line(); !line.equals("ready"); line = other.line()) {
                String[] words = BLANK.split(line, -1);
                String name = SafeName.decode(words[0]);
                left.add(new Observation.Running(
                        name,
                        new Incarnation(words[1]),
                        Long.parseLong(words[2]),
                        Duration.ZERO,
                        !name.equals("left")));
            }
            assertThat(left).hasSize(4);
            other.kill();
        }

        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            assertThat(host.events.await(0).running()).containsExactlyInAnyOrderElementsOf(left);
            assertThat(host.look().running()).containsExactlyInAnyOrderElementsOf(left);

            for (Observation.Running running : left) {
                host.signal(running, Signal.TERM);
                if (running.led()) {
                    Observation.Exited exited = host.exited(running.life());
                    assertThat(exited.exit()).isEqualTo(ExitStatus.unknown());
                    if (!exited.lingering()) {
                        continue;
                    }
                }
                host.events.await(Observation.Gone.class, running.life());
            }
            assertThat(host.marked()).isEmpty();
            assertThat(host.look().running()).isEmpty();
        }
    }

    @Test
    void what_is_left_of_one_that_ended_before_it_could_be_looked_at_is_not_taken_for_it() throws Exception {
        String owner = Host.newOwner();
        var isNext = new AtomicBoolean();
        var late = new ProcFs(Path.of("/proc")) {
            @Override
            ProcStat stat(int pid) {
                ProcStat stat = super.stat(pid);
                for (boolean waits = isNext.getAndSet(false); waits && stat != null; ) {
                    stat = super.stat(pid); // until it has ended, and the JVM has asked how
                }
                return stat;
            }
        };
        var driver = new ProcessDriver(
                owner,
                OnClose.LEAVE,
                ProcessOptions.defaults(),
                late,
                new Tools(),
                new OutputFolder(temp, 4096),
                Thread::new);
        try (Host first = Host.opened(owner, driver)) {
            isNext.set(true);
            Observation.Exited exited = first.exited(first.launch(Host.shell("web", "setsid sleep 100 & exit 0")));
            assertThat(isNext).isFalse();
            assertThat(exited.lingering()).isTrue();
            first.driver.close();
            try (Host next = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
                assertThat(next.events.await(0).running()).singleElement().satisfies(left -> {
                    assertThat(left.life()).isEqualTo(exited.life());
                    assertThat(left.led()).isFalse();
                    assertThat(left.age()).isLessThan(Duration.ofMinutes(1));
                });
            }
        }
    }

    @Test
    void another_owner_sees_and_stops_nothing_of_it() {
        try (Host mine = Host.open(temp.resolve("mine"));
                Host other = Host.open(temp.resolve("other"))) {
            Observation.Running running = mine.run(InstanceSpec.of("web", "sleep", "100"));

            assertThat(other.look().running()).isEmpty();
            other.signal(running, Signal.KILL);
            assertThat(other.look().running()).isEmpty();
            assertThat(mine.look().running()).containsExactly(running);
        }
    }

    @Test
    void a_driver_that_was_closed_leaves_its_children_to_the_next() {
        String owner = Host.newOwner();
        try (Host first = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            Observation.Running running = first.run(Host.shell("web", "echo last words >&2; exec sleep 100"));
            first.awaitLine("web", Output.STDERR, "last words");
            first.driver.close();

            var second = new Recorder();
            try (var driver = new ProcessDriver(owner, temp, OnClose.LEAVE)) {
                driver.open(second);
                assertThat(second.await(0).running()).containsExactly(running);
                ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
                assertThat(second.await(Observation.Exited.class, running.life()))
                        .isEqualTo(new Observation.Exited(
                                "web", running.life(), ExitStatus.unknown(), false, List.of("last words")));
            }
        }
    }

    @Test
    void an_owner_has_one_open_driver_at_a_time() {
        String owner = Host.newOwner();
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE));
                var second = new ProcessDriver(owner, temp, OnClose.LEAVE)) {
            assertThatThrownBy(() -> second.open(new Recorder()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(owner);

            host.driver.close();
            var events = new Recorder();
            second.open(events);
            assertThat(events.await(0)).isEqualTo(Census.of(0, List.of()));
        }
    }

    @Test
    void a_zombie_is_not_taken_for_a_survivor() throws Exception {
        String owner = Host.newOwner();
        // a parent that never asks how its child ended
        Process parent = marked(owner, "life-1", "sleep 100 & exec env -u STEWARD_OWNER sleep 200");
        Host.await(
                () -> Host.marked(owner).stream()
                                        .map(member -> (long) member.identity().pid())
                                        .filter(pid -> pid != parent.pid())
                                        .count()
                                == 1
                        && Host.marked(owner).size() == 1,
                "a child that is marked, of a parent that is not");
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            Observation.Running running = host.events.await(0).running().get(0);
            host.signal(running, Signal.KILL);

            assertThat(running.led()).isFalse();
            host.events.await(Observation.Gone.class, running.life());
            assertThat(Host.procfs().stat((int) running.pid()).state()).isEqualTo('Z');
            assertThat(ProcessHandle.of(running.pid()).orElseThrow().isAlive()).isTrue(); // as the JDK has it
            assertThat(host.look().running()).isEmpty();

            host.driver.close();
            var second = new Recorder();
            try (var driver = new ProcessDriver(owner, temp, OnClose.LEAVE)) {
                driver.open(second);
                assertThat(second.await(0).running()).isEmpty();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void a_process_that_has_got_the_number_of_another_is_not_signalled() throws Exception {
        String owner = Host.newOwner();
        Process survivor = marked(owner, "life-1", "exec sleep 100");
        ProcessOptions slow = ProcessOptions.defaults().withSweep(Duration.ofMinutes(1));
        ProcessHandle namesake = null; // a Process may believe that it ended as the one before it did
        Host.await(() -> Host.marked(owner).size() == 1, "the survivor");
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE, slow))) {
            Observation.Running running = host.events.await(0).running().get(0);
            assertThat(running.pid()).isEqualTo(survivor.pid());
            long ticks = Host.procfs().stat((int) survivor.pid()).startTicks();
            survivor.destroyForcibly().waitFor();
            Host.await(() -> RecycledPidTest.uptimeTicks() > ticks, "a tick that tells the two apart");
            namesake = RecycledPidTest.startAs(survivor.pid());
            assumeTrue(namesake != null, "process numbers cannot be chosen here, or somebody else got it");

            host.signal(running, Signal.KILL);

            assertThat(host.exited(running.life()).lingering()).isFalse();
            assertThat(host.look().running()).isEmpty();
            assertThat(Host.procfs().stat((int) survivor.pid()).isDead()).isFalse();
        } finally {
            if (namesake != null) {
                namesake.destroyForcibly();
            }
        }
    }

    /** A process as an earlier driver of that owner would have left it. */
    private static Process marked(String owner, String life, String script) throws IOException {
        var builder = new ProcessBuilder("setsid", "/bin/sh", "-c", script);
        builder.environment().putAll(Map.of(Marks.OWNER, owner, Marks.INSTANCE, "web", Marks.LIFE, life));
        return builder.start();
    }
}
