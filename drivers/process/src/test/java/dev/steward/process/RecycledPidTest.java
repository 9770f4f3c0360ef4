package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else has got the number of a child. In a pid namespace of its own, where nobody else takes numbers, and the next one can be
 * chosen; where none can be had this is skipped, and that is said.
 */
@Timeout(60)
class RecycledPidTest {
    private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
    private static final Pattern BLANK = Pattern.compile(" ");
    private static final List<String> NAMESPACE = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
    private static final List<String> OWN_NAMESPACE =
            List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc");

    @TempDir
    Path temp;

    @Test
    void a_number_that_was_given_to_somebody_else_is_neither_taken_over_nor_signalled() throws Exception {
        List<String> namespace = works(NAMESPACE) ? NAMESPACE : OWN_NAMESPACE;
        boolean possible = works(namespace);
        System.out.println("recycled pid in a namespace: " + (possible ? "1 run, 0 skipped" : "0 run, 1 skipped"));
        assumeTrue(possible, "no pid namespace can be had here");

        try (var other = OtherJvm.start(namespace, List.of(), "recycled", Host.newOwner(), temp.toString())) {
            assertThat(other.line()).isEqualTo("by record: listed 0, alive true");
            assertThat(other.line()).isEqualTo("held: exited true, alive true");
            assertThat(other.line()).isEqualTo("at close: alive true");
        }
    }

    private static boolean works(List<String> namespace) throws Exception {
        var command = new ArrayList<>(namespace);
        command.addAll(List.of("sh", "-c", "echo 5000 > " + LAST_PID + " && test $(sh -c 'echo $$') -gt 5000"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** In the namespace. */
    static void recycle(String owner, Path folder, Consumer<String> say) throws IOException, InterruptedException {
        Observation.Running first = left(owner, folder, "web");
        ProcessHandle namesake = replace(first.pid());
        var events = new Recorder();
        try (var next = new ProcessDriver(owner, folder, OnClose.LEAVE)) {
            next.open(events);
            int listed = events.await(0).running().size();
            next.signal("web", first.life(), Signal.KILL);
            next.look(1);
            events.await(1);
            say.accept("by record: listed " + listed + ", alive " + isAlive(namesake));
        }

        Observation.Running second = left(owner, folder, "job");
        ProcessOptions slow = ProcessOptions.defaults().withSweep(Duration.ofMinutes(1));
        try (Host host = Host.opened(owner, new ProcessDriver(owner, folder, OnClose.LEAVE, slow))) {
            ProcessHandle stranger = replace(second.pid());
            host.signal(second, Signal.KILL);
            boolean exited = !host.exited(second.life()).lingering();
            say.accept("held: exited " + exited + ", alive " + isAlive(stranger));
        }

        Observation.Running third = left(owner, folder, "last");
        var driver = new ProcessDriver(owner, folder, OnClose.STOP, slow);
        Host.opened(owner, driver);
        ProcessHandle stranger = replace(third.pid());
        driver.close();
        say.accept("at close: alive " + isAlive(stranger));
    }

    private static Observation.Running left(String owner, Path folder, String name) {
        var driver = new ProcessDriver(owner, folder, OnClose.LEAVE);
        Host host = Host.opened(owner, driver);
        Observation.Running running = host.run(InstanceSpec.of(name, "sleep", "100"));
        driver.close();
        return running;
    }

    /** Ends a process, and starts another one with its number, a tick later. */
    private static ProcessHandle replace(long pid) throws IOException {
        long ticks = Host.procfs().stat((int) pid).startTicks();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Host.await(() -> Host.procfs().stat((int) pid) == null && uptimeTicks() > ticks, "a number that is free");
        ProcessHandle stranger = startAs(pid);
        if (stranger == null) {
            throw new IllegalStateException("nobody gets " + pid);
        }
        return stranger;
    }

    private static boolean isAlive(ProcessHandle process) {
        ProcStat stat = Host.procfs().stat((int) process.pid());
        return stat != null && !stat.isDead();
    }

    /** How long the machine has been up, in the hundredths of a second in which the start of a process is told. */
    static long uptimeTicks() {
        try {
            String uptime = BLANK.split(Files.readString(Path.of("/proc/uptime")), -1)[0];
            return Long.parseLong(uptime.replace(".", ""));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static ProcessHandle startAs(long pid) throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try {
                Files.writeString(LAST_PID, Long.toString(pid - 1));
            } catch (IOException notAllowed) {
                return null;
            }
            Process process = new ProcessBuilder("setsid", "sleep", "100").start();
            if (process.pid() == pid) {
                Host.await(() -> Host.procfs().stat((int) pid).session() == pid, "its session");
                return ProcessHandle.of(pid).orElseThrow();
            }
            process.destroyForcibly();
        }
        return null;
    }
}
