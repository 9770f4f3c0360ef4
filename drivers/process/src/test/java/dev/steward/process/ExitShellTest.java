package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Confinement;
import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.RestartPolicy;
import dev.steward.instance.Secret;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program behind the shell that keeps its exit code is the same as one without. */
@Timeout(60)
class ExitShellTest {
    private static final ProcessOptions ALWAYS =
            ProcessOptions.defaults().withExitCodes(ProcessOptions.ExitCodes.ALWAYS);

    @TempDir
    Path temp;

    @Test
    void the_code_of_our_own_child_is_that_of_the_program() {
        try (Host host = Host.open(temp, ALWAYS)) {
            for (int code : new int[] {0, 1, 42, 127, 255}) {
                assertThat(host.exited(host.launch(Host.shell("web", "exit " + code)))
                                .exit())
                        .isEqualTo(ExitStatus.of(code));
            }
            Observation.Exited killed = host.exited(host.launch(Host.shell("web", "kill -SEGV $$")));
            assertThat(killed.exit()).isEqualTo(ExitStatus.of(139));
            assertThat(killed.stderr()).isEmpty(); // the shell itself says nothing
        }
    }

    @Test
    void the_program_gets_its_signals_descriptors_and_variables_as_they_are() throws IOException {
        String script =
                "tr '\\0' '\\n' < /proc/$$/environ | sort; grep SigI /proc/$$/status; grep SigB /proc/self/status; umask; pwd;"
                        + " for i in \"$@\"; do echo $i; done; cd /proc/$$/fd; for i in 0 1 2 3; do readlink $i; done";
        LaunchSpec launch = LaunchSpec.of("/bin/sh", "-c", script, "a b", "$(x)", "'")
                .withDirectory(temp.toString())
                .withEnvironment(Map.of("c", "1", "s", "two words", "LANG", "C", "QUOTE", "'\"$x\n"))
                .withSecrets(Map.of("TOKEN", Secret.of("t")));
        List<List<String>> seen = new ArrayList<>();
        for (ProcessOptions.ExitCodes codes :
                new ProcessOptions.ExitCodes[] {ProcessOptions.ExitCodes.NEVER, ProcessOptions.ExitCodes.ALWAYS}) {
            Path folder = temp.resolve(codes.toString());
            try (Host host = Host.open(folder, ProcessOptions.defaults().withExitCodes(codes))) {
                host.exited(host.launch(InstanceSpec.of("web", "x").withLaunch(launch)));
                seen.add(Files.readAllLines(host.driver.file("web", Output.STDOUT)).stream()
                        .map(line -> line.replace(host.owner, "owner").replace(folder.toString(), "folder"))
                        .map(line -> line.replaceAll("STEWARD_LIFE=.*", "STEWARD_LIFE"))
                        .filter(line -> !line.startsWith("_="))
                        .toList());
            }
        }
        assertThat(seen.get(0)).contains("TOKEN=t", "c=1", "s=two words").hasSizeGreaterThan(18);
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "PWD", "IFS", "BASH_ENV", "1x", "PPID", "PS4", "EPOCHSECONDS"})
    void a_program_with_a_variable_that_a_shell_would_change_goes_without(String variable) {
        try (Host host = Host.open(temp, ALWAYS)) {
            LaunchSpec launch = LaunchSpec.of("/bin/sleep", "100").withEnvironment(Map.of(variable, "kept"));
            assertThat(ExitShell.passes(launch)).isFalse();

            Observation.Running running = host.run(InstanceSpec.of("web", "x").withLaunch(launch));
            Host.await(() -> Host.status(running.pid(), "Name").equals("sleep"), "the program");
            byte[] environment = Host.procfs().environment((int) running.pid());
            assertThat(new String(environment, StandardCharsets.UTF_8)).contains(variable + "=kept\0");
            assertThat(Host.procfs().stat((int) running.pid()).session()).isEqualTo((int) running.pid());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"HUP", "INT", "QUIT", "TERM", "KILL", "USR1", "USR2"})
    void a_signal_to_the_life_ends_it_with_the_code_of_the_signal(Signal signal) throws Exception {
        try (Host host = Host.open(temp, ALWAYS)) {
            Observation.Running running = runSleep(host, "web");
            int number = number(signal);

            host.signal(running, signal);

            assertThat(host.exited(running.life()).exit()).isEqualTo(ExitStatus.of(128 + number));
            if (host.exited(running.life()).lingering()) {
                host.events.await(Observation.Gone.class, running.life());
            }
            assertThat(host.marked()).isEmpty();
        }
    }

    @Test
    void a_signal_that_the_program_heeds_or_ignores_does_nothing_to_the_shell() {
        try (Host host = Host.open(temp, ALWAYS)) {
            Observation.Running running = host.run(Host.shell(
                    "web",
                    "trap '' INT; trap 'echo again' HUP; trap 'exit 7' TERM; echo on; while :; do sleep 0.02; done"));
            host.awaitLine("web", Output.STDOUT, "on");
            host.signal(running, Signal.INT);
            host.signal(running, Signal.HUP);
            host.awaitLine("web", Output.STDOUT, "again");
            assertThat(host.look().running())
                    .extracting(Observation.Running::life)
                    .containsExactly(running.life());

            host.signal(running, Signal.TERM);
            assertThat(host.exited(running.life()).exit()).isEqualTo(ExitStatus.of(7));
        }
    }

    @Test
    void the_code_of_a_program_that_runs_as_somebody_else_is_kept_as_well() throws IOException {
        assumeTrue(
                Host.status(ProcessHandle.current().pid(), "Uid").startsWith("0\t"), "only root can be somebody else");
        Path folder = Files.createDirectory(temp.resolve("root"));
        String owner = Host.newOwner();
        InstanceSpec spec = InstanceSpec.of("web", "x")
                .withLaunch(LaunchSpec.of("/bin/sh", "-c", "trap 'exit 9' TERM; id -u; while :; do sleep 0.02; done")
                        .withDirectory("/")
                        .withConfinement(Confinement.none().withUser("nobody")));
        try (Host first = Host.opened(owner, new ProcessDriver(owner, folder, OnClose.LEAVE, ALWAYS))) {
            Observation.Running running = first.run(spec);
            Host.await(() -> first.driver.tail("web", Output.STDOUT, 1).size() == 1, "its user");
            assertThat(first.driver.tail("web", Output.STDOUT, 1)).doesNotContain("0");
            first.driver.close();
            try (Host next = Host.opened(owner, new ProcessDriver(owner, folder, OnClose.LEAVE, ALWAYS))) {
                next.signal(running, Signal.TERM);
                assertThat(next.exited(running.life()).exit()).isEqualTo(ExitStatus.of(9));
            }
        }
    }

    @Test
    void whoever_kills_the_number_that_is_shown_kills_the_program() {
        try (Host host = Host.open(temp, ALWAYS)) {
            Observation.Running running = runSleep(host, "web");
            ProcStat program = Host.procfs().stat((int) running.pid());
            assertThat(program.session()).isEqualTo(program.parent()).isNotEqualTo(program.pid());

            ProcessHandle.of(running.pid()).orElseThrow().destroy();

            assertThat(host.exited(running.life()))
                    .isEqualTo(new Observation.Exited("web", running.life(), ExitStatus.of(143), false, List.of()));
        }
    }

    @Test
    void it_waits_only_where_the_policy_asks_for_the_code() {
        try (Host host = Host.open(temp)) {
            Observation.Running always = host.run(InstanceSpec.of("web", "sleep", "100"));
            Observation.Running onFailure = runSleep(host, "job");

            assertThat(Host.procfs().stat((int) always.pid()).parent())
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThat(Host.procfs().stat((int) onFailure.pid()).parent())
                    .isNotEqualTo((int) ProcessHandle.current().pid());
        }
    }

    @Test
    void the_code_of_one_that_was_taken_over_is_known_unless_it_was_killed_with_all() throws Exception {
        Path quoted = Files.createDirectory(temp.resolve("it's a \"folder\" $x"));
        String owner = Host.newOwner();
        try (Host first = Host.opened(owner, new ProcessDriver(owner, quoted, OnClose.LEAVE, ALWAYS))) {
            Observation.Running one =
                    first.run(Host.shell("one", "trap 'exit 7' TERM; echo on; while :; do sleep 0.02; done"));
            Observation.Running two = runSleep(first, "two");
            Observation.Running three = runSleep(first, "three");
            first.awaitLine("one", Output.STDOUT, "on");
            first.driver.close();

            try (Host next = Host.opened(owner, new ProcessDriver(owner, quoted, OnClose.LEAVE, ALWAYS))) {
                assertThat(next.events.await(0).running()).hasSize(3).contains(two, three);
                for (Observation.Running running : List.of(one, two)) {
                    next.signal(running, Signal.TERM);
                }
                assertThat(next.exited(one.life()).exit()).isEqualTo(ExitStatus.of(7));
                assertThat(next.exited(two.life()).exit()).isEqualTo(ExitStatus.of(143));
                next.signal(three, Signal.KILL);
                assertThat(next.exited(three.life()).exit()).isEqualTo(ExitStatus.unknown());
                if (next.exited(three.life()).lingering()) {
                    next.events.await(Observation.Gone.class, three.life());
                }
                assertThat(next.look().running()).isEmpty();
            }
            try (Stream<Path> left = Files.list(quoted.resolve("." + owner + ".lives"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** Runs a program that waits, and whose end is asked for, and says what a look shows of it once the shell has started it. */
    private static Observation.Running runSleep(Host host, String name) {
        Incarnation life = host.launch(InstanceSpec.of(name, "sleep", "100").withRestart(RestartPolicy.onFailure()));
        var seen = new AtomicReference<Observation.Running>();
        Host.await(
                () -> {
                    Observation.Running running = host.look().running().stream()
                            .filter(one -> one.life().equals(life))
                            .findFirst()
                            .orElseThrow();
                    seen.set(running);
                    return Host.status(running.pid(), "Name").equals("sleep");
                },
                "the program");
        return seen.get();
    }

    private static int number(Signal signal) {
        return switch (signal) {
            case HUP -> 1;
            case INT -> 2;
            case QUIT -> 3;
            case KILL -> 9;
            case USR1 -> 10;
            case USR2 -> 12;
            case TERM -> 15;
        };
    }
}
