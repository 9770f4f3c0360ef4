package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Signal;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel refuses to start anything more: launches are refused by name, what runs goes on, and nothing leaks. Fault F18. */
@Timeout(60)
class ForkRefusedTest {
    private static final int LAUNCHES = 50;
    private static final int FREE_PROCESSES = 120;
    private static final int FIRST_USER = 60_000;
    private static final int USERS = 5_000;

    @TempDir
    Path temp;

    @Test
    void without_a_descriptor_left() throws Exception {
        prove(List.of("prlimit", "--nofile=200:200"), "descriptors");
    }

    @Test
    void without_a_process_left() throws Exception {
        if (!ConfinementTest.isRoot()) {
            long user = Privileges.ofThisJvm().user();
            prove(List.of("prlimit", limit(user)), "processes");
            return;
        }
        // root has no limit of processes; who reads all files needs no copy of the class path; and an account that
        // nobody else has, not
        // even another run of this test, is not suddenly given back a process
        long user = FIRST_USER + ProcessHandle.current().pid() % USERS;
        List<String> asUser = List.of(
                "setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search");
        boolean possible = runs(asUser);
        if (!possible) {
            System.out.println("fork refused: 1 test skipped, this account cannot become another");
        }
        assumeTrue(possible, "this account cannot become another");
        Files.setOwner(
                temp,
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(Long.toString(user)));
        List<String> limited = new ArrayList<>(List.of("prlimit", limit(user)));
        limited.addAll(asUser);
        prove(limited, "processes");
    }

    private void prove(List<String> prefix, String what) throws IOException {
        String owner = Host.newOwner();
        List<String> options =
                List.of("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads", "-XX:-UsePerfData");
        try (var other = OtherJvm.start(
                prefix, options, "fork-refused", owner, temp.resolve("log").toString(), what)) {
            assertThat(other.line()).isEqualTo(LAUNCHES + " refused, the other unharmed, no descriptor leaked");
            assertThat(other.line()).isEqualTo("exit code 137 (signal 9)");
            assertThat(other.line()).isEqualTo("exit code 0");
            System.out.println("fork refused for want of " + what + ": " + LAUNCHES + " launches");
        } finally {
            Host.sweepUp(owner);
        }
    }

    /** In another JVM. */
    static void refuse(Host host, String what) throws Exception {
        OtherJvm.loadAll();
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
        host.exited(host.launch(InstanceSpec.of("warm", "true")));
        host.refused(LaunchSpec.of("no-such-program"));
        host.look();

        long before = descriptors();
        AutoCloseable hoard = what.equals("descriptors") ? hoardDescriptors() : hoardThreads();
        List<Incarnation> lives = new ArrayList<>();
        for (int i = 0; i < LAUNCHES; i++) {
            lives.add(host.launch(InstanceSpec.of("web-" + i, "true")));
        }
        long refused = lives.stream()
                .map(life -> host.events.await(Observation.Refused.class, life))
                .filter(news -> news.why().code() == LaunchFailure.NO_RESOURCES)
                .count();
        boolean unharmed = host.events.of(running.life()).size() == 1;
        host.signal(running, Signal.KILL); // as well as the JDK can, and again when there is something to do it with
        hoard.close();
        Host.await(() -> descriptors() <= before, "no leak"); // a look around holds one for a moment
        OtherJvm.say(refused + " refused, the other " + (unharmed ? "unharmed" : "harmed") + ", no descriptor leaked");
        host.signal(running, Signal.KILL);
        OtherJvm.say(host.exited(running.life()).exit());
        OtherJvm.say(host.exited(host.launch(InstanceSpec.of("next", "true"))).exit());
        host.close();
    }

    private static AutoCloseable hoardDescriptors() {
        List<FileInputStream> hoard = new ArrayList<>();
        try {
            while (true) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException none) {
            return () -> {
                for (FileInputStream one : hoard) {
                    one.close();
                }
            };
        }
    }

    /** To the kernel, a thread is a process. */
    private static AutoCloseable hoardThreads() {
        var release = new CountDownLatch(1);
        List<Thread> hoard = new ArrayList<>();
        try {
            while (true) {
                var thread = new Thread(null, () -> await(release), "hoard", 64 * 1024);
                thread.setDaemon(true);
                thread.start();
                hoard.add(thread);
            }
        } catch (OutOfMemoryError none) {
            return () -> {
                release.countDown();
                for (Thread thread : hoard) {
                    thread.join();
                }
            };
        }
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static long descriptors() {
        try (Stream<Path> held = Files.list(Path.of("/proc/self/fd"))) {
            return held.count();
        } catch (IOException unseen) {
            throw new UncheckedIOException(unseen);
        }
    }

    /** A limit that leaves a JVM of that user as much as it needs, whatever else that user runs. */
    private static String limit(long user) throws IOException {
        long threads = 0;
        for (int pid : Host.procfs().pids()) {
            try {
                if (Host.status(pid, "Uid").startsWith(user + "\t")) {
                    threads += Long.parseLong(Host.status(pid, "Threads"));
                }
            } catch (UncheckedIOException gone) {
                // it has ended meanwhile
            }
        }
        long most = threads + FREE_PROCESSES;
        return "--nproc=" + most + ":" + most;
    }

    private static boolean runs(List<String> prefix) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(0, "/usr/bin/env");
        command.add("/bin/true");
        return new Tools().ask(command).exit() == 0;
    }
}
