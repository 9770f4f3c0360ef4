package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.Census;
import dev.steward.instance.DriverEvents;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Management;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From construction to close, and what it holds meanwhile. */
@Timeout(90)
class LifecycleTest {
    @TempDir
    Path temp;

    @Test
    void is_refused_by_name_where_it_cannot_work() {
        assertThatThrownBy(() -> ProcessDriver.requireLinux("Mac OS X"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Linux")
                .hasMessageContaining("Mac OS X");
        assertThatThrownBy(() -> new ProcFs(temp)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a=b", "th\u00e9rmo"})
    void an_owner_has_a_plain_name(String owner) {
        assertThatThrownBy(() -> new ProcessDriver(owner, temp, OnClose.LEAVE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + owner + "'");
    }

    @Test
    void options_are_checked_at_the_door() {
        ProcessOptions options = ProcessOptions.defaults();

        assertThat(options.withSweep(Duration.ofSeconds(1)).withLongestLine(80).withExitLines(3))
                .isEqualTo(new ProcessOptions(
                        Duration.ofSeconds(1),
                        80,
                        3,
                        true,
                        ProcessOptions.ExitCodes.WHEN_NEEDED,
                        Duration.ofSeconds(3),
                        Rotation.standard(),
                        Forwarding.off()));
        assertThatThrownBy(() -> options.withSweep(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> options.withLongestLine(15)).hasMessageContaining("15");
        assertThatThrownBy(() -> options.withExitLines(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> options.withExitLines(10_001)).hasMessageContaining("10001");
        assertThat(options.withLongestLine(1 << 20).withExitLines(256).exitLines())
                .isEqualTo(256);
        assertThatThrownBy(() -> options.withLongestLine(1 << 20).withExitLines(257))
                .hasMessageContainingAll("257", "1048576");
        assertThatThrownBy(() -> options.withCloseGrace(Duration.ofSeconds(61))).hasMessageContaining("PT1M1S");
    }

    @Test
    void takes_orders_only_while_it_is_open() {
        InstanceSpec spec = InstanceSpec.of("web", "true");
        Incarnation life = Host.newLife();
        var driver = new ProcessDriver(Host.newOwner(), temp, OnClose.LEAVE);
        assertThat(driver.manages()).isEqualTo(Management.HOST);
        assertThatThrownBy(() -> driver.launch(spec, life)).isInstanceOf(IllegalStateException.class);

        driver.open(new Recorder());
        assertThatThrownBy(() -> driver.open(new Recorder())).isInstanceOf(IllegalStateException.class);

        driver.close();
        driver.close();
        assertThatThrownBy(() -> driver.signal("web", life, Signal.KILL)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> driver.look(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> driver.open(new Recorder())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void is_not_open_if_its_thread_cannot_be_started_and_bars_nobody() throws IOException {
        String owner = Host.newOwner();
        ThreadFactory exhausted = task -> new Thread(task) {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        try (var driver = new ProcessDriver(
                        owner,
                        OnClose.LEAVE,
                        ProcessOptions.defaults(),
                        Host.procfs(),
                        new Tools(),
                        new OutputFolder(temp, 64),
                        exhausted);
                var other = new ProcessDriver(owner, temp, OnClose.LEAVE)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> driver.open(new Recorder())).isInstanceOf(OutOfMemoryError.class);
            }
            assertThatThrownBy(() -> driver.look(1)).hasMessageContaining("not open");

            var events = new Recorder();
            other.open(events);
            assertThat(events.await(0)).isEqualTo(Census.of(0, List.of()));
        }
    }

    @Test
    void a_lock_that_cannot_be_asked_for_leaves_no_descriptor() {
        List<FileChannel> asked = new ArrayList<>();

        assertThatThrownBy(() -> OwnerLock.take(temp, "web", channel -> {
                    asked.add(channel);
                    throw new IOException("no locks available");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(temp.toString())
                .hasRootCauseMessage("no locks available");

        assertThat(asked).hasSize(1).noneMatch(FileChannel::isOpen);
    }

    @Test
    void a_second_driver_that_is_refused_does_not_let_go_of_the_lock_of_the_first() throws Exception {
        String owner = Host.newOwner();
        try (Host host = Host.opened(owner, new ProcessDriver(owner, temp, OnClose.LEAVE));
                var second = new ProcessDriver(owner, temp, OnClose.LEAVE)) {
            assertThatThrownBy(() -> second.open(new Recorder())).isInstanceOf(IllegalStateException.class);

            try (var other = OtherJvm.start(List.of(), List.of(), "survivors", owner, temp.toString())) {
                assertThat(other.all()).anySatisfy(line -> assertThat(line).contains("another driver of owner"));
            }
            assertThat(host.look().running()).isEmpty();
        }
    }

    @Test
    void a_lock_that_somebody_has_put_there_is_refused_by_name() throws IOException {
        Path elsewhere = Files.createFile(temp.resolve("elsewhere"));
        Path lock = Files.createSymbolicLink(temp.resolve(".web.lock"), elsewhere);

        assertThatThrownBy(() -> OwnerLock.take(temp, "web"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lock.toString())
                .hasRootCauseMessage("it is a symbolic link");
        assertThat(elsewhere).isEmptyFile();

        Files.delete(lock);
        OwnerLock.take(temp, "web").close();
        OwnerLock.take(temp, "web").close();
    }

    @Test
    void close_kills_nothing_tells_nothing_and_leaves_no_thread() {
        try (Host host = Host.open(temp)) {
            Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
            assertThat(threads(host))
                    .hasSize(2)
                    .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());

            host.driver.close();
            assertThat(threads(host)).isEmpty();
            assertThat(ProcessHandle.of(running.pid()).orElseThrow().isAlive()).isTrue();

            Host.sweepUp(host.owner);
            assertThat(host.events.of(running.life())).containsExactly(running);
        }
    }

    @Test
    void a_child_that_asks_to_die_with_its_parent_lives_as_long_as_the_driver() throws IOException {
        try (Host host = Host.open(temp)) {
            Observation.Running running = host.run(Host.shell("web", "exec setpriv --pdeathsig KILL sleep 100"));
            Path command = Path.of("/proc/" + running.pid() + "/cmdline");
            Host.await(() -> read(command).startsWith("sleep"), "the program");
            host.exited(host.launch(InstanceSpec.of("other", "true")));
            assertThat(host.look().running()).containsExactly(running);

            host.driver.close();
            Host.await(() -> isGone(running.pid()), "the end of the child");
        }
    }

    @Test
    void one_that_is_closed_in_the_middle_of_an_order_keeps_its_lock_until_it_is_closed_after_that() {
        String owner = Host.newOwner();
        var driver = new ProcessDriver(owner, temp, OnClose.LEAVE);
        var next = new ProcessDriver(owner, temp, OnClose.LEAVE);
        var begun = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        driver.open(new DriverEvents() {
            @Override
            public void observed(Observation news) {}

            @Override
            public void census(Census census) {
                begun.countDown();
                await(held);
            }
        });
        await(begun);

        driver.close();
        assertThatThrownBy(() -> next.open(new Recorder())).isInstanceOf(IllegalStateException.class);

        held.countDown();
        driver.close();
        next.open(new Recorder());
        next.close();
    }

    @Test
    void can_be_closed_from_its_own_news() {
        String owner = Host.newOwner();
        var driver = new ProcessDriver(owner, temp, OnClose.LEAVE);
        var told = new Recorder();
        driver.open(new DriverEvents() {
            @Override
            public void observed(Observation news) {
                driver.close();
                told.observed(news);
            }

            @Override
            public void census(Census census) {
                driver.launch(InstanceSpec.of("web", "true"), new Incarnation("one"));
                driver.launch(InstanceSpec.of("web", "true"), new Incarnation("two"));
            }
        });

        told.await(Observation.Running.class, new Incarnation("one"));
        Host.await(() -> threads(owner).isEmpty(), "the end of the thread");
        assertThat(told.of(new Incarnation("two"))).isEmpty();
    }

    @Test
    void a_receiver_that_throws_harms_nobody() {
        String owner = Host.newOwner();
        var told = new Recorder();
        var driver = new ProcessDriver(owner, temp, OnClose.LEAVE);
        driver.open(new DriverEvents() {
            @Override
            public void observed(Observation news) {
                told.observed(news);
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void census(Census census) {
                told.census(census);
                throw new IllegalStateException("on purpose");
            }
        });
        try (driver) {
            told.await(0);
            Incarnation life = Host.newLife();
            driver.launch(InstanceSpec.of("web", "true"), life);
            assertThat(told.await(Observation.Exited.class, life).exit()).isEqualTo(ExitStatus.of(0));
        }
    }

    @Test
    void holds_no_descriptor_longer_than_it_needs() throws IOException {
        try (Host host = Host.open(temp)) {
            host.exited(host.launch(InstanceSpec.of("warm", "true")));
            host.refused(LaunchSpec.of("no-such-program"));
            host.look();
            long before = descriptors();
            List<Incarnation> lives = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                lives.add(host.launch(InstanceSpec.of("web-" + i, "true")));
                host.driver.launch(InstanceSpec.of("no-" + i, "no-such-program"), Host.newLife());
            }
            lives.forEach(host::exited);
            host.look();

            assertThat(descriptors()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void an_exit_is_seen_although_the_common_pool_is_blocked() throws Exception {
        String owner = Host.newOwner();
        String parallel = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=3";
        try (var other = OtherJvm.start(List.of(), List.of(parallel), "blocked-pool", owner, temp.toString())) {
            assertThat(other.line()).isEqualTo("3 exit code 137 (signal 9)");
        } finally {
            Host.sweepUp(owner);
        }
    }

    @Test
    void without_a_descriptor_left_nothing_is_believed_to_be_gone() throws Exception {
        String owner = Host.newOwner();
        List<String> limit = List.of("prlimit", "--nofile=200:200");
        try (var other = OtherJvm.start(limit, List.of(), "starved", owner, temp.toString())) {
            long pid = Long.parseLong(other.line());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Host.await(() -> isGone(pid), "the end of " + pid);
            other.answer();
            assertThat(other.line()).isEqualTo("NO_RESOURCES true true");
            assertThat(other.line()).isEqualTo("exit code 137 (signal 9)");
            assertThat(other.line()).isEqualTo("exit code 0");
        } finally {
            Host.sweepUp(owner);
        }
    }

    private static List<Thread> threads(Host host) {
        return threads(host.owner);
    }

    private static List<Thread> threads(String owner) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(owner))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean isGone(long pid) {
        ProcStat stat = Host.procfs().stat((int) pid);
        return stat == null || stat.isDead();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> held = Files.list(Path.of("/proc/self/fd"))) {
            return held.count();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }
}
