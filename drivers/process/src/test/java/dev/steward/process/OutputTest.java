package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of output that is too much, too long, or has nowhere to go. */
@Timeout(90)
class OutputTest {
    @TempDir
    Path temp;

    @Test
    void one_line_of_100_megabytes_needs_no_memory() throws Exception {
        String owner = Host.newOwner();
        try (var other = OtherJvm.start(
                List.of(),
                List.of("-Xmx20m"),
                "long-line",
                owner,
                temp.resolve("log").toString())) {
            int cut = "[cut] ".length() + 4096 + " [cut]".length();
            assertThat(other.line()).isEqualTo("2 " + cut + " done");
            assertThat(other.line()).isEqualTo("2");
        } finally {
            Host.sweepUp(owner);
        }
        assertThat(Files.size(temp.resolve("log/long.err"))).isEqualTo(100_000_006);
    }

    @Test
    void an_exit_comes_with_one_line_more_than_is_shown_whole() {
        try (Host host = Host.open(temp)) {
            List<String> fifty =
                    host.exited(host.launch(Host.shell("web", "seq 50 >&2"))).stderr();
            List<String> ofMore =
                    host.exited(host.launch(Host.shell("web", "seq 60 >&2"))).stderr();

            assertThat(fifty).hasSize(50).startsWith("1").endsWith("50");
            assertThat(ofMore).hasSize(51).startsWith("10").endsWith("60");
        }
    }

    @Test
    void a_child_that_closes_its_output_lives_on() {
        try (Host host = Host.open(temp)) {
            Observation.Running running =
                    host.run(Host.shell("quiet", "echo before; echo before >&2; exec >&- 2>&-; exec sleep 100"));
            host.awaitLine("quiet", Output.STDOUT, "before");
            Host.await(() -> !Files.exists(Path.of("/proc/" + running.pid() + "/fd/2")), "the closing");

            assertThat(host.look().running()).containsExactly(running);
            host.signal(running, Signal.TERM);
            Observation.Exited exited = host.exited(running.life());
            assertThat(exited.exit()).isEqualTo(ExitStatus.of(143));
            assertThat(exited.stderr()).containsExactly("before");
        }
    }

    @Test
    void a_full_disk_is_trouble_of_the_child_only() throws IOException {
        var full = new OutputFolder(temp, 64) {
            @Override
            Path file(String name, Output output) {
                return Path.of("/dev/full");
            }

            @Override
            void prepare(Path file) {
                // not a regular file, which would be refused
            }
        };
        String owner = Host.newOwner();
        var driver = new ProcessDriver(
                owner, OnClose.LEAVE, ProcessOptions.defaults(), Host.procfs(), new Tools(), full, Thread::new);
        try (Host host = Host.opened(owner, driver)) {
            Incarnation failing = host.launch(Host.shell("web", "echo lost || exit 7"));
            assertThat(host.exited(failing))
                    .isEqualTo(new Observation.Exited("web", failing, ExitStatus.of(7), false, List.of()));

            Observation.Running stubborn = host.run(Host.shell("web", "echo lost; echo lost >&2; exec sleep 100"));
            assertThat(host.look().running()).containsExactly(stubborn);
            assertThat(driver.tail("web", Output.STDOUT, 100)).isEmpty();
        }
    }

    @Test
    void a_disk_that_fills_up_is_survived() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=6,mode=700", "none", disk.toString()) == 0,
                "no file system can be mounted here");
        try (Host host = Host.open(disk, ProcessOptions.defaults().withRecords(false))) {
            Incarnation writer =
                    host.launch(Host.shell("writer", "echo first >&2; head -c 200000 /dev/zero || exit 7; exit 0"));
            Observation.Exited exited = host.exited(writer);
            assertThat(exited.exit()).isEqualTo(ExitStatus.of(7));
            assertThat(exited.stderr()).contains("first");
            assertThat(Files.size(host.driver.file("writer", Output.STDOUT))).isLessThan(200_000);

            Observation.Running next = host.run(Host.shell("writer", "echo lost; exec sleep 100"));
            assertThat(host.look().running()).containsExactly(next);

            host.exited(host.launch(InstanceSpec.of("third", "true"))); // takes the last two files that there can be
            Observation.Refused refused =
                    host.events.await(Observation.Refused.class, host.launch(InstanceSpec.of("fourth", "true")));
            assertThat(refused.why().code()).isEqualTo(LaunchFailure.NO_OUTPUT);

            host.signal(next, Signal.KILL);
            assertThat(host.exited(next.life()).exit()).isEqualTo(ExitStatus.of(137));
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void a_log_may_be_cut_to_nothing_while_it_is_written() throws IOException {
        try (Host host = Host.open(temp)) {
            Path go = temp.resolve("go");
            Incarnation life = host.launch(Host.shell(
                    "web",
                    "echo one >&2; echo two >&2; while [ ! -e " + go + " ]; do sleep 0.01; done; echo three >&2"));
            host.awaitLine("web", Output.STDERR, "two");
            Files.write(host.driver.file("web", Output.STDERR), new byte[0]);
            Files.createFile(go);

            assertThat(host.exited(life).stderr()).containsExactly("three");
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
