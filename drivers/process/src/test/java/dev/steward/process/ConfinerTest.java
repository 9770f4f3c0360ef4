package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.Confinement;
import dev.steward.instance.Confinement.Limit;
import dev.steward.instance.LaunchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfinerTest {
    private static final Privileges ALL = new Privileges(0, -1, Map.of(), 1_000);
    private static final Confinement WHOLE = Confinement.none()
            .withUser("nobody")
            .withGroup("daemon")
            .withUmask(7)
            .withLimit(Limit.CPU_TIME, 5);

    private final List<List<String>> asked = new ArrayList<>();

    /** Tools that only note what they are asked; {@code id} knows one user. */
    private class Noted extends Tools {
        private String missing = "";
        private int exit;

        @Override
        Path find(String name) {
            return name.equals(missing) ? null : Path.of("/tool", name);
        }

        @Override
        Answer ask(List<String> command) throws IOException {
            asked.add(command);
            boolean id = command.get(0).equals("/tool/id");
            return id ? new Answer(command.contains("nobody") ? 0 : 1, "65534") : new Answer(exit, "it says why");
        }
    }

    private final Noted tools = new Noted();

    @Test
    void puts_each_command_before_the_next() throws LaunchRefused {
        assertThat(prefix(WHOLE, ALL))
                .containsExactly(
                        "/tool/sh",
                        "-c",
                        "umask \"$1\"; unset PWD OLDPWD SHLVL; shift; exec \"$@\"",
                        "sh",
                        "007",
                        "/tool/prlimit",
                        "--cpu=5:5",
                        "/tool/setpriv",
                        "--reuid=nobody",
                        "--regid=daemon",
                        "--init-groups");
    }

    @Test
    void puts_nothing_before_what_is_not_confined() throws LaunchRefused {
        assertThat(prefix(Confinement.none(), ALL)).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void takes_the_group_of_the_user_where_none_is_named() throws LaunchRefused {
        assertThat(prefix(Confinement.none().withUser("nobody"), ALL))
                .containsExactly("/tool/setpriv", "--reuid=nobody", "--regid=65534", "--init-groups");
    }

    @Test
    void tries_each_way_once() throws LaunchRefused {
        var confiner = new Confiner(tools, () -> ALL);
        confiner.prefix(WHOLE, Set.of());
        confiner.prefix(WHOLE, Set.of());

        assertThat(asked).hasSize(2).allMatch(command -> command.contains("-l"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "prlimit", "setpriv"})
    void names_a_tool_that_is_missing_and_what_it_is_for(String tool) {
        tools.missing = tool;
        String what = Map.of("sh", "umask 007", "prlimit", "CPU_TIME=5", "setpriv", "user 'nobody'")
                .get(tool);

        assertThatThrownBy(() -> prefix(WHOLE, ALL)).isInstanceOfSatisfying(LaunchRefused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(LaunchFailure.NOT_POSSIBLE);
            assertThat(refused).hasMessageContainingAll(what, "'" + tool + "'");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "PWD", "PS4", "LINENO", "EPOCHREALTIME", "BASH_ENV"})
    void sets_no_umask_where_the_shell_would_change_a_variable(String variable) {
        assertThatThrownBy(() -> new Confiner(tools, () -> ALL).prefix(WHOLE, Set.of("PATH", variable)))
                .isInstanceOfSatisfying(LaunchRefused.class, refused -> {
                    assertThat(refused.reason().code()).isEqualTo(LaunchFailure.NOT_POSSIBLE);
                    assertThat(refused).hasMessageContainingAll("umask 007", "'" + variable + "'");
                });
    }

    @Test
    void says_what_the_tool_says_where_it_cannot() {
        tools.exit = 1;
        assertThatThrownBy(() -> prefix(WHOLE, ALL)).hasMessageContainingAll("CPU_TIME=5", "it says why");
        assertThatThrownBy(() -> prefix(Confinement.none().withUser("nobody"), ALL))
                .hasMessageContainingAll("user 'nobody'", "it says why");
    }

    @ParameterizedTest
    @EnumSource(
            value = Privileges.Capability.class,
            names = {"KILL", "SETGID", "SETUID", "SYS_PTRACE"})
    void becomes_nobody_whom_it_could_not_kill_or_find_again(Privileges.Capability missing) {
        long number = Map.of("KILL", 5L, "SETGID", 6L, "SETUID", 7L, "SYS_PTRACE", 19L)
                .get(missing.name());
        var without = new Privileges(0, ~(1L << number), Map.of(), 1_000);

        assertThatThrownBy(() -> prefix(WHOLE, without)).hasMessageContainingAll("user 'nobody'", "CAP_" + missing);
    }

    @Test
    void has_nothing_to_change_for_its_own_user() throws LaunchRefused {
        var own = new Privileges(65534, 0, Map.of(), 1_000);

        assertThat(prefix(Confinement.none().withUser("nobody"), own)).isEmpty();
        assertThatThrownBy(() -> prefix(Confinement.none().withUser("other"), own))
                .hasMessageContaining("user 'other'");
    }

    @Test
    void raises_a_hard_limit_only_where_it_may() throws LaunchRefused {
        Confinement more = Confinement.none().withLimit(Limit.PROCESSES, 101);
        Map<Limit, Long> hard = Map.of(Limit.PROCESSES, 100L);

        assertThat(prefix(more, new Privileges(0, -1, hard, 1_000))).contains("--nproc=101:101");
        assertThat(prefix(more.withLimit(Limit.PROCESSES, 100), new Privileges(1, 0, hard, 1_000)))
                .contains("--nproc=100:100");
        assertThatThrownBy(() -> prefix(more, new Privileges(1, 0, hard, 1_000)))
                .hasMessageContainingAll("limit PROCESSES 101", "100");
        assertThatThrownBy(() -> prefix(more.withLimit(Limit.OPEN_FILES, 1_001), ALL))
                .hasMessageContainingAll("limit OPEN_FILES 1001", "1000");
    }

    @Test
    void reads_what_the_kernel_tells() {
        List<String> status =
                List.of("Name:\tx", "Uid:\t7\t8\t9\t9", "CapEff:\t00000000000000ff", "CapAmb:\t0000000000000020");
        List<String> limits = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max cpu time              unlimited            unlimited            seconds   ",
                "Max open files            1024                 4096                 files     ");
        Privileges may = Privileges.of(status, limits, "1048576\n");

        assertThat(may).isEqualTo(new Privileges(8, 0x20, Map.of(Limit.OPEN_FILES, 4096L), 1_048_576));
        assertThat(may.has(Privileges.Capability.KILL)).isTrue();
        assertThat(may.has(Privileges.Capability.SETUID)).isFalse();
    }

    private List<String> prefix(Confinement confinement, Privileges may) throws LaunchRefused {
        return new Confiner(tools, () -> may).prefix(confinement, Set.of("PATH", "HOSTNAME"));
    }
}
