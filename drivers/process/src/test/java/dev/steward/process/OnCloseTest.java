package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a driver does to its children when it is closed and was told to stop them. */
@Timeout(60)
class OnCloseTest {
    private static final Duration GRACE = Duration.ofMillis(300);
    private static final ProcessOptions OPTIONS = ProcessOptions.defaults().withCloseGrace(GRACE);

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @AfterEach
    void sweepUp() {
        Host.sweepUp(owner);
    }

    @Test
    void whole_trees_are_told_to_terminate_and_those_that_were_stopped_hear_it_too() throws IOException {
        Host host = Host.opened(owner, driver(Duration.ofSeconds(10)));
        host.run(Host.shell("tree", "setsid sleep 100 & sleep 100 & trap 'echo bye; exit 0' TERM; echo on; wait"));
        Observation.Running stopped =
                host.run(Host.shell("stopped", "trap 'echo bye; exit 0' TERM; echo on; kill -STOP $$; wait"));
        Incarnation left = host.launch(Host.shell("left", "setsid sleep 100 & exit 0"));
        host.exited(left);
        host.awaitLine("tree", Output.STDOUT, "on");
        Host.await(() -> Host.procfs().stat((int) stopped.pid()).state() == 'T', "a stopped process");

        long begin = System.nanoTime();
        host.driver.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(Host.marked(owner)).isEmpty();
        assertThat(host.driver.tail("tree", Output.STDOUT, 9)).containsExactly("on", "bye");
        assertThat(host.driver.tail("stopped", Output.STDOUT, 9)).containsExactly("on", "bye");
        try (Stream<Path> records = Files.list(temp.resolve("." + owner + ".lives"))) {
            assertThat(records).isEmpty();
        }
    }

    @Test
    void who_does_not_heed_it_is_killed_after_the_grace_with_all_that_it_has_started() {
        Host host = Host.opened(owner, driver(GRACE));
        host.run(Host.shell("deaf", "trap '' TERM; sleep 100 & echo on; while :; do sleep 0.05; done"));
        host.run(Host.shell(
                "breeding",
                "trap 'setsid sleep 100 & setsid sleep 100 & exit 0' TERM; echo on; while :; do sleep 0.05; done"));
        host.awaitLine("deaf", Output.STDOUT, "on");
        host.awaitLine("breeding", Output.STDOUT, "on");

        long begin = System.nanoTime();
        host.driver.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(GRACE, GRACE.plusSeconds(2));
        assertThat(Host.marked(owner)).isEmpty();
    }

    @Test
    void nothing_is_told_of_it_and_a_second_close_finds_nothing_to_do() {
        Host host = Host.opened(owner, driver(GRACE));
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));

        host.driver.close();
        host.driver.close();

        assertThat(host.events.of(running.life())).containsExactly(running);
        assertThat(Host.marked(owner)).isEmpty();
    }

    @Test
    void what_an_earlier_driver_left_is_stopped_too_even_before_anybody_has_looked() {
        Host first = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE));
        first.run(InstanceSpec.of("web", "sleep", "100"));
        first.run(Host.shell("bare", "exec env -i sleep 100"));
        first.driver.close();
        Host.await(() -> Host.marked(owner).size() == 1, "one that shows no mark");

        ProcessDriver next = driver(GRACE);
        next.open(new Recorder());
        next.close();

        assertThat(Host.marked(owner)).isEmpty();
        try (Host last = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            assertThat(last.events.await(0).running()).isEmpty();
        }
    }

    @Test
    void a_close_in_the_middle_of_work_leaves_nothing_running() {
        for (int round = 0; round < 5; round++) {
            ProcessDriver driver = driver(GRACE);
            var events = new Recorder();
            driver.open(events);
            events.await(0);
            List<Incarnation> lives = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Incarnation life = Host.newLife();
                driver.launch(InstanceSpec.of("web-" + i, "sleep", "100"), life);
                lives.add(life);
            }
            events.await(Observation.Running.class, lives.get(round));

            driver.close();

            assertThat(Host.marked(owner)).isEmpty();
        }
    }

    @Test
    void a_thread_that_is_interrupted_waits_all_the_same_and_stays_interrupted() {
        Host host = Host.opened(owner, driver(GRACE));
        host.run(InstanceSpec.of("web", "sleep", "100"));

        Thread.currentThread().interrupt();
        host.driver.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Host.marked(owner)).isEmpty();
    }

    @Test
    void it_can_be_closed_from_its_own_news() {
        ProcessDriver driver = driver(GRACE);
        var told = new Recorder();
        driver.open(new DriverEvents() {
            @Override
            public void observed(Observation news) {
                driver.close();
                assertThat(Host.marked(owner)).isEmpty();
                told.observed(news);
            }

            @Override
            public void census(Census census) {
                driver.launch(InstanceSpec.of("web", "sleep", "100"), new Incarnation("one"));
            }
        });

        told.await(Observation.Running.class, new Incarnation("one"));
        try (Host next = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            assertThat(next.look().running()).isEmpty();
        }
    }

    @Test
    void who_cannot_be_ended_is_named_and_the_close_comes_to_an_end() {
        Tools powerless = new Tools() {
            @Override
            void kill(String signal, List<Integer> targets) {}
        };
        try (var log = new CapturedLog()) {
            var driver =
                    new ProcessDriver(owner, OnClose.STOP, OPTIONS, Host.procfs(), powerless, folder(), Thread::new);
            Host host = Host.opened(owner, driver);
            Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));

            long begin = System.nanoTime();
            driver.close();

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(GRACE.plus(Farewell.AFTER_KILL).plusSeconds(1));
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line).contains("WARN", "process " + running.pid(), "web"));
        }
        try (Host next = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE))) {
            assertThat(next.events.await(0).running()).hasSize(1);
        }
    }

    @Test
    void memory_is_that_of_all_processes_of_a_life() {
        try (Host host = Host.opened(owner, driver(GRACE))) {
            Observation.Running one = host.run(InstanceSpec.of("one", "sleep", "100"));
            Observation.Running three = host.run(Host.shell("three", "sleep 100 & setsid sleep 100 & echo on; wait"));
            host.awaitLine("three", Output.STDOUT, "on");
            Host.await(
                    () -> Host.marked(owner).stream()
                            .allMatch(member -> name(member)
                                    .equals(
                                            member.instance().equals("one")
                                                            || member.identity().pid() != three.pid()
                                                    ? "sleep"
                                                    : "sh")),
                    "the programs");

            host.driver.measure("one", one.life());
            host.driver.measure("three", three.life());
            host.driver.measure("three", Host.newLife());

            long ofOne =
                    host.events.await(Observation.Measured.class, one.life()).memory();
            long ofThree =
                    host.events.await(Observation.Measured.class, three.life()).memory();
            long now = Host.marked(owner).stream()
                    .filter(member -> member.instance().equals("three"))
                    .mapToLong(member -> resident(member.identity().pid()))
                    .sum();
            // a program that has just begun takes more pages from one moment to the next
            assertThat(ofOne).isBetween(100_000L, 100_000_000L).isBetween(resident(one.pid()) / 2, resident(one.pid()));
            assertThat(ofThree).isBetween(now / 2, now);
        }
    }

    private static String name(ProcessTable.Member member) {
        return Host.status(member.identity().pid(), "Name");
    }

    private static long resident(long pid) {
        return Long.parseLong(Host.status(pid, "VmRSS").replace(" kB", "")) * 1024;
    }

    private OutputFolder folder() {
        try {
            return new OutputFolder(temp, 4096);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private ProcessDriver driver(Duration grace) {
        return new ProcessDriver(owner, temp, OnClose.STOP, OPTIONS.withCloseGrace(grace));
    }
}
