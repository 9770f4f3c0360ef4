package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.instance.Confinement;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import dev.steward.instance.Secret;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs may do that are probes, and what is left of them. */
@Timeout(60)
class ExecProbeTest {
    private final HostProbes probes = new HostProbes();
    private final HostProbes hasty = new HostProbes(Duration.ofMillis(250));

    @TempDir
    Path temp;

    @AfterEach
    void close() {
        probes.close();
        hasty.close();
    }

    private Probe shell(String script) {
        return probes.exec("/bin/sh", "-c", script);
    }

    @Test
    void a_program_that_ends_with_0_is_well() {
        assertThat(Asked.ask(shell("echo fine >&2"))).isEqualTo(ProbeResult.well());
    }

    @Test
    void any_other_code_is_not_and_its_last_line_says_why() {
        assertThat(Asked.ask(shell("echo out; echo first >&2; printf '\\033[1mlast\\n \\n' >&2; exit 3")))
                .isEqualTo(ProbeResult.unwell("exit code 3: \\u001b[1mlast"));
        assertThat(Asked.ask(shell("exit 4"))).isEqualTo(ProbeResult.unwell("exit code 4"));
        assertThat(Asked.ask(shell("kill -9 $$"))).isEqualTo(ProbeResult.unwell("exit code 137"));
    }

    @Test
    void a_program_that_is_missing_or_cannot_be_executed_is_named() throws IOException {
        Path plain = Files.writeString(temp.resolve("plain"), "x");
        Path odd = Files.writeString(temp.resolve("odd"), "#!/no/such/shell\n");
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("rwx------"));

        assertThat(Asked.ask(probes.exec("no-such-program")).text()).isEqualTo("no program 'no-such-program'");
        assertThat(Asked.ask(probes.exec(plain.toString())).text())
                .isEqualTo("'" + plain + "' is not an executable file");
        assertThat(Asked.ask(probes.exec(odd.toString())).text()).startsWith("exit code 127: setsid: ");
        assertThat(Asked.ask(probes.exec(LaunchSpec.of("true").withDirectory("/no/such/folder")))
                        .text())
                .isEqualTo("no working directory /no/such/folder");
    }

    @Test
    void arguments_reach_it_as_they_are() {
        assertThat(Asked.ask(probes.exec(
                                "/bin/sh", "-c", "echo \"$1|$2|$3\"; exit 1", "x", "two words", "$HOME `id`", ""))
                        .text())
                .isEqualTo("exit code 1: two words|$HOME `id`|");
    }

    @Test
    void its_environment_is_built_from_empty_and_has_the_mark_of_no_driver() {
        assertThat(Asked.ask(shell("env | grep -v -e ^PATH= -e ^PWD= -e ^STEWARD_ | sort | tr '\\n' ' '; exit 1"))
                        .text())
                .doesNotContain("HOME")
                .startsWith("exit code 1");
        LaunchSpec launch = LaunchSpec.of("/bin/sh", "-c", "echo $COLOUR $PWD $PATH $STEWARD_INSTANCE; exit 1")
                .withDirectory(temp.toString())
                .withEnvironment(Map.of("COLOUR", "blue"))
                .withInherit();
        assertThat(Asked.ask(probes.exec(launch)).text()).startsWith("exit code 1: blue " + temp + " ");
    }

    @Test
    void its_secrets_are_not_shown() {
        LaunchSpec launch = LaunchSpec.of("/bin/sh", "-c", "echo wrong password $PASSWORD; exit 1")
                .withSecrets(Map.of("PASSWORD", Secret.of("open sesame")));

        assertThat(Asked.ask(probes.exec(launch)).text()).isEqualTo("exit code 1: wrong password ***");
        assertThat(probes.exec(launch)).hasToString("exec " + launch.argv());
    }

    @Test
    void ten_megabytes_of_output_do_no_harm() {
        ProbeResult result = Asked.ask(shell("head -c 10000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 5"));

        assertThat(result.text()).isEqualTo("exit code 5: the end");
        assertThat(Asked.ask(shell("head -c 10000000 /dev/zero | tr '\\0' x; exit 5"))
                        .text())
                .startsWith("exit code 5: [cut] xxxx")
                .hasSizeLessThan(250);
    }

    @Test
    void one_that_hangs_and_ignores_all_it_can_is_killed_at_the_limit_with_what_it_started() throws IOException {
        Path pids = temp.resolve("pids");
        String script = "trap '' TERM INT HUP QUIT; echo $$ >> " + pids + "; sleep 100 & echo $! >> " + pids
                + "; setsid sleep 100 & echo $! >> " + pids + "; wait; sleep 100";

        assertThat(Asked.ask(hasty.exec("/bin/sh", "-c", script)))
                .isEqualTo(ProbeResult.unwell("no answer within 0.25 s"));

        Host.await(() -> noneLives(pids), "the end of " + Files.readAllLines(pids));
        assertThat(Files.readAllLines(pids)).hasSize(3);
    }

    @Test
    void what_it_leaves_behind_is_killed_though_it_holds_its_output() throws IOException {
        Path pids = temp.resolve("pids");
        String script = "sleep 100 & echo $! >> " + pids + "; setsid sleep 100 & echo $! >> " + pids + "; exit 0";

        assertThat(Asked.ask(shell(script))).isEqualTo(ProbeResult.well());

        assertThat(Files.readAllLines(pids)).hasSize(2);
        Host.await(() -> noneLives(pids), "the end of " + Files.readAllLines(pids));
    }

    @Test
    void one_that_nobody_waits_for_is_found_by_its_mark_and_killed() throws Exception {
        var mark = new Marks("probe-of-nobody", "probe", "life-1");
        var builder = new ProcessBuilder("setsid", "sleep", "100");
        builder.environment().putAll(mark.variables());
        Process process = builder.start();

        new Brood(Host.procfs(), new Tools()).kill(mark);

        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void an_interrupt_does_not_keep_it_from_clearing_up() throws Exception {
        ProcFs procfs = Host.procfs();
        Process process = new ProcessBuilder("setsid", "sleep", "100").start();
        Host.await(() -> procfs.stat((int) process.pid()).session() == process.pid(), "its session");

        Thread.currentThread().interrupt();
        new Brood(procfs, new Tools()).kill(process, 0, new Marks("nobody", "probe", "life"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void close_ends_what_runs() throws IOException {
        Path pids = temp.resolve("pids");
        Asked asked = Asked.begin(shell("echo $$ >> " + pids + "; exec sleep 100"));
        Host.await(() -> Files.exists(pids) && pids.toFile().length() > 1, "its start");

        probes.close();

        assertThat(asked.answer().text()).isEqualTo("the probes are closed");
        assertThat(noneLives(pids)).isTrue();
    }

    @Test
    void the_file_of_its_output_is_gone_afterwards() throws IOException {
        Path file;
        try (var output = new ProbeOutput(Mask.NONE)) {
            file = output.redirect().file().toPath();
            Files.writeString(file, "one\ntwo");
            assertThat(output.lastLine()).isEqualTo("two");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }

        assertThat(file).doesNotExist();
    }

    @Test
    void its_output_is_cut_when_it_is_large_and_the_last_line_is_kept() throws IOException {
        try (var output = new ProbeOutput(Mask.NONE)) {
            Path file = output.redirect().file().toPath();
            try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(17 * 1024 * 1024);
            }
            Files.writeString(file, "\nlast ", StandardOpenOption.APPEND);

            output.bound();

            assertThat(file).isEmptyFile();
            Files.writeString(file, "words", StandardOpenOption.APPEND);
            assertThat(output.lastLine()).isEqualTo("last words");
        }
    }

    @Test
    void probes_of_the_same_program_are_equal_and_others_are_not() {
        assertThat(probes.exec("true", "1")).isEqualTo(probes.exec("true", "1")).hasToString("exec [true, 1]");
        assertThat(probes.exec("true", "1"))
                .isNotEqualTo(probes.exec("true", "2"))
                .isNotEqualTo(hasty.exec("true", "1"));
    }

    @Test
    void another_user_or_limits_are_refused_by_name() {
        LaunchSpec launch =
                LaunchSpec.of("true").withConfinement(Confinement.none().withUser("nobody"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> probes.exec(launch))
                .withMessageContaining("nobody");
    }

    private static boolean noneLives(Path pids) {
        try {
            ProcFs procfs = Host.procfs();
            return Files.readAllLines(pids).stream()
                    .map(pid -> procfs.stat(Integer.parseInt(pid)))
                    .allMatch(stat -> stat == null || stat.isDead());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
