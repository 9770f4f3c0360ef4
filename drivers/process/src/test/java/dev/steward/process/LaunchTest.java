package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a child gets, and what is said where there is none. */
@Timeout(60)
class LaunchTest {
    @TempDir
    Path temp;

    private Host host;

    @BeforeEach
    void open() {
        host = Host.open(temp.resolve("log"));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void tells_that_it_runs_and_how_it_ended() {
        Incarnation life = host.launch(Host.shell("web", "echo out; echo first >&2; printf second >&2; exit 3"));
        Observation.Exited exited = host.exited(life);

        assertThat(host.events.of(life)).hasSize(2).first().isInstanceOf(Observation.Running.class);
        assertThat(exited)
                .isEqualTo(new Observation.Exited("web", life, ExitStatus.of(3), false, List.of("first", "second")));
        assertThat(host.driver.tail("web", Output.STDOUT, 100)).containsExactly("out");
        assertThat(host.driver.tail("web", Output.STDERR, 100)).containsExactly("first");
    }

    @Test
    void tells_only_what_this_life_has_written() {
        host.exited(host.launch(Host.shell("web", "printf one >&2")));
        Observation.Exited second = host.exited(host.launch(Host.shell("web", "echo two >&2")));

        assertThat(second.stderr()).containsExactly("two");
    }

    @Test
    void hands_over_arguments_as_they_are() throws IOException {
        Path script = script("args", "#!/bin/sh\nfor a in \"$@\"; do echo \"[$a]\"; done\n");
        String[] argv = {script.toString(), "two words", "$HOME `id` ; |&", "", "'\"\\", "--", "-x=*"};

        host.exited(host.launch(InstanceSpec.of("args", argv)));

        assertThat(host.driver.tail("args", Output.STDOUT, 100))
                .containsExactly("[two words]", "[$HOME `id` ; |&]", "[]", "['\"\\]", "[--]", "[-x=*]");
    }

    @Test
    void builds_the_environment_from_empty() {
        LaunchSpec launch = LaunchSpec.of("env")
                .withEnvironment(Map.of("COLOUR", "blue", "STEWARD_OWNER", "somebody"))
                .withInherit("PATH", "NO_SUCH_VARIABLE");
        Incarnation life = host.launch(InstanceSpec.of("env", "env").withLaunch(launch));
        host.exited(life);

        assertThat(host.driver.tail("env", Output.STDOUT, 100))
                .containsExactlyInAnyOrder(
                        "COLOUR=blue",
                        "PATH=" + System.getenv("PATH"),
                        "STEWARD_OWNER=" + host.owner,
                        "STEWARD_INSTANCE=env",
                        "STEWARD_LIFE=" + life.id());
    }

    @Test
    void runs_in_its_directory_without_input() {
        LaunchSpec launch = LaunchSpec.of("/bin/sh", "-c", "pwd; wc -c").withDirectory(temp.toString());
        host.exited(host.launch(InstanceSpec.of("where", "x").withLaunch(launch)));

        assertThat(host.driver.tail("where", Output.STDOUT, 100)).containsExactly(temp.toString(), "0");
    }

    @Test
    void leads_a_session_of_its_own_and_holds_three_descriptors() throws IOException {
        // the shell itself waits: a program that is just being started has a library open for a moment
        Observation.Running running =
                host.run(Host.shell("web", "ls -l /proc/self/fd | wc -l; echo ready; sleep 100 & wait"));
        host.awaitLine("web", Output.STDOUT, "ready");
        ProcStat stat = Host.procfs().stat((int) running.pid());

        assertThat(stat.group()).isEqualTo(stat.pid());
        assertThat(stat.session()).isEqualTo(stat.pid());
        try (Stream<Path> held = Files.list(Path.of("/proc/" + running.pid() + "/fd"))) {
            assertThat(held.map(fd -> fd.getFileName().toString())).containsExactlyInAnyOrder("0", "1", "2");
        }
    }

    @Test
    void has_all_signals_as_they_are_by_default() {
        Observation.Running running = host.run(Host.shell("web", "echo ready; exec sleep 100"));
        host.awaitLine("web", Output.STDOUT, "ready");

        long usual = (1L << 16) - 1; // the real-time signals of the C library's own are beyond
        assertThat(Long.parseUnsignedLong(Host.status(running.pid(), "SigIgn"), 16) & usual)
                .isZero();
        assertThat(Host.status(running.pid(), "SigBlk")).matches("0+");
        host.signal(running, Signal.QUIT);
        assertThat(host.exited(running.life()).exit()).isEqualTo(ExitStatus.of(131));
    }

    @Test
    void keeps_names_of_all_kinds_apart() {
        String[] names = {"th\u00e9rmo", "..a", "50%", "a:b", "\u00e9".repeat(200)};
        for (String name : names) {
            host.exited(host.launch(Host.shell(name, "echo ok")));
            assertThat(host.driver.tail(name, Output.STDOUT, 10)).containsExactly("ok");
            assertThat(host.driver.file(name, Output.STDOUT)).hasParentRaw(temp.resolve("log"));
        }
    }

    @Test
    void refuses_a_program_that_is_missing() {
        assertRefused(LaunchSpec.of("no-such-program"), LaunchFailure.NO_PROGRAM, "no-such-program");
        assertRefused(LaunchSpec.of("/no/such/program"), LaunchFailure.NO_PROGRAM, "/no/such/program");
        assertRefused(LaunchSpec.of("a" + "\udc00"), LaunchFailure.OTHER, "argument");
    }

    @Test
    void refuses_a_program_that_cannot_be_executed() throws IOException {
        Path file = Files.writeString(temp.resolve("text"), "no program");

        assertRefused(LaunchSpec.of(file.toString()), LaunchFailure.NOT_EXECUTABLE, "text");
        assertRefused(LaunchSpec.of(temp.toString()), LaunchFailure.NOT_EXECUTABLE, temp.toString());
    }

    @Test
    void refuses_a_working_directory_that_is_missing() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertRefused(LaunchSpec.of("true").withDirectory("/no/such"), LaunchFailure.NO_DIRECTORY, "/no/such");
        assertRefused(LaunchSpec.of("true").withDirectory(file.toString()), LaunchFailure.NO_DIRECTORY, "file");
    }

    @Test
    void refuses_an_output_that_is_a_link() throws IOException {
        Path target = Files.createFile(temp.resolve("target"));
        Files.createSymbolicLink(host.driver.file("x", Output.STDERR), target);

        assertRefused(LaunchSpec.of("/bin/sh", "-c", "echo a >&2"), LaunchFailure.NO_OUTPUT, "x.err");
        assertThat(target).isEmptyFile();
    }

    @Test
    void refuses_what_the_kernel_does() {
        assertRefused(LaunchSpec.of("true", "x".repeat(3_000_000)), LaunchFailure.OTHER, "true");
    }

    @Test
    void a_program_that_only_its_interpreter_lacks_ends_at_once_and_says_so() throws IOException {
        Path script = script("lost", "#!/no/such/interpreter\n");
        Observation.Exited exited = host.exited(host.launch(InstanceSpec.of("lost", script.toString())));

        assertThat(exited.exit()).isEqualTo(ExitStatus.of(127));
        assertThat(String.join("", exited.stderr())).contains(script.toString());
    }

    @Test
    void launches_a_life_only_once() {
        Observation.Running running = host.run(InstanceSpec.of("web", "sleep", "100"));
        host.driver.launch(InstanceSpec.of("web", "sleep", "100"), running.life());

        assertThat(host.look().running()).containsExactly(running);
        assertThat(host.events.of(running.life())).containsExactly(running);
    }

    private void assertRefused(LaunchSpec launch, LaunchFailure failure, String text) {
        Observation.Refused refused = host.refused(launch);
        assertThat(refused.why().code()).isEqualTo(failure);
        assertThat(refused.why().text()).contains(text).hasLineCount(1);
        assertThat(host.events.of(refused.life())).containsExactly(refused);
        assertThat(host.look().running()).isEmpty();
    }

    private Path script(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
