package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.instance.Confinement;
import dev.steward.instance.Confinement.Limit;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As whom a child runs, and how much it may use; what needs an account that may change users is skipped without one. */
@Timeout(60)
class ConfinementTest {
    private static final Confinement NOBODY = Confinement.none().withUser("nobody");

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
    void new_files_lack_the_permissions_of_the_umask() throws IOException {
        Path file = temp.resolve("new");
        run(Confinement.none().withUmask(0137), "/bin/sh", "-c", "umask; touch \"$0\"", file.toString());

        assertThat(host.driver.tail("web", Output.STDOUT, 9)).containsExactly("0137");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void limits_hold_soft_and_hard() throws IOException {
        Confinement all = Confinement.none()
                .withLimit(Limit.ADDRESS_SPACE, 200_000_000)
                .withLimit(Limit.CORE_SIZE, 0)
                .withLimit(Limit.CPU_TIME, 77)
                .withLimit(Limit.FILE_SIZE, 8192)
                .withLimit(Limit.OPEN_FILES, 99)
                .withLimit(Limit.PROCESSES, 888);
        Observation.Running running = host.run(spec(all, "/bin/sh", "-c", "echo ready; exec sleep 100"));
        host.awaitLine("web", Output.STDOUT, "ready");

        assertThat(Files.readString(Path.of("/proc/" + running.pid() + "/limits")))
                .containsPattern("Max address space +200000000 +200000000 ")
                .containsPattern("Max core file size +0 +0 ")
                .containsPattern("Max cpu time +77 +77 ")
                .containsPattern("Max file size +8192 +8192 ")
                .containsPattern("Max open files +99 +99 ")
                .containsPattern("Max processes +888 +888 ");
    }

    @Test
    void a_limit_that_is_passed_is_trouble_of_the_child_only() {
        Confinement small = Confinement.none().withLimit(Limit.FILE_SIZE, 4096).withLimit(Limit.CORE_SIZE, 0);
        Path file = temp.resolve("large");

        Observation.Exited exited = run(small, "/bin/sh", "-c", "head -c 9999 /dev/zero > \"$0\"", file.toString());
        assertThat(exited.exit().toString()).contains("153", "25"); // SIGXFSZ
        assertThat(file).hasSize(4096);
    }

    @Test
    void the_environment_is_what_was_asked_for_whatever_comes_before_the_program() {
        Confinement some = Confinement.none().withUmask(027).withLimit(Limit.OPEN_FILES, 99);
        Confinement confinement = isRoot() ? some.withUser("nobody") : some;
        LaunchSpec launch = LaunchSpec.of("/usr/bin/env")
                .withInherit()
                .withEnvironment(Map.of("COLOUR", "two words; $(id)"))
                .withConfinement(confinement);
        Incarnation life = host.launch(InstanceSpec.of("web", "x").withLaunch(launch));
        host.exited(life);

        assertThat(host.driver.tail("web", Output.STDOUT, 99))
                .filteredOn(line -> !line.matches("(_|SHLVL)=.*")) // of a shell that is bash
                .containsExactlyInAnyOrder(
                        "COLOUR=two words; $(id)",
                        "STEWARD_OWNER=" + host.owner,
                        "STEWARD_INSTANCE=web",
                        "STEWARD_LIFE=" + life.id());
    }

    @Test
    void arguments_reach_the_program_as_they_are_through_all_of_it() {
        Confinement some = Confinement.none().withUmask(027).withLimit(Limit.OPEN_FILES, 99);
        run(
                isRoot() ? some.withUser("nobody") : some,
                "/usr/bin/printf",
                "[%s]\\n",
                "two words",
                "$HOME `id` ; |&",
                "",
                "'\"\\",
                "--",
                "-x=*");

        assertThat(host.driver.tail("web", Output.STDOUT, 99))
                .containsExactly("[two words]", "[$HOME `id` ; |&]", "[]", "['\"\\]", "[--]", "[-x=*]");
    }

    @Test
    void runs_as_another_user_with_the_groups_of_that_user() {
        assumeRoot();
        run(NOBODY, "/bin/sh", "-c", "id -un; id -Gn; echo error >&2; echo \"${HOME-none} ${USER-none}\"");
        assertThat(host.driver.tail("web", Output.STDOUT, 9)).containsExactly("nobody", "nogroup", "none none");
        assertThat(host.driver.tail("web", Output.STDERR, 9)).containsExactly("error");

        run(NOBODY.withGroup("daemon"), "/bin/sh", "-c", "id -un; id -gn");
        assertThat(host.driver.tail("web", Output.STDOUT, 2)).containsExactly("nobody", "daemon");

        run(Confinement.none().withGroup("daemon"), "/bin/sh", "-c", "id -u; id -Gn");
        assertThat(host.driver.tail("web", Output.STDOUT, 2)).containsExactly("0", "daemon");
    }

    @Test
    void what_runs_as_another_user_is_found_by_its_mark_and_can_be_killed() {
        assumeRoot();
        Observation.Running running =
                host.run(spec(NOBODY, "/bin/sh", "-c", "setsid sleep 100 & echo ready; exec sleep 100"));
        host.awaitLine("web", Output.STDOUT, "ready");
        Host.await(() -> host.marked().size() == 2, "a process that has left the session");
        assertThat(Host.status(running.pid(), "Uid")).startsWith("65534\t65534");

        assertThat(host.look().running()).hasSize(1).first().isEqualTo(running);
        host.signal(running, Signal.KILL);
        host.exited(running.life());
        Host.await(() -> host.marked().isEmpty(), "the end of all of them");
    }

    @Test
    void is_told_to_stop_as_ever() {
        assumeRoot();
        Observation.Running running = host.run(spec(NOBODY.withUmask(077), "/bin/sleep", "100"));
        Host.await(() -> Host.status(running.pid(), "Name").equals("sleep"), "the program");
        host.signal(running, Signal.INT);

        assertThat(host.exited(running.life()).exit().toString()).contains("130");
    }

    @Test
    void refuses_by_name_what_nobody_can_do() {
        assertRefused(NOBODY.withUser("no-such-user"), "user 'no-such-user'");
        assertRefused(Confinement.none().withGroup("no-such-group"), "group 'no-such-group'");
        assertRefused(Confinement.none().withLimit(Limit.OPEN_FILES, 1L << 40), "limit OPEN_FILES 1099511627776");
        LaunchSpec lossy = LaunchSpec.of("true")
                .withEnvironment(Map.of("not.for.a.shell", "x"))
                .withConfinement(Confinement.none().withUmask(027));
        assertRefused(lossy, "umask 027", "'not.for.a.shell'");
    }

    private void assertRefused(Confinement confinement, String... texts) {
        assertRefused(LaunchSpec.of("true").withConfinement(confinement), texts);
    }

    private void assertRefused(LaunchSpec launch, String... texts) {
        Observation.Refused refused = host.refused(launch);
        assertThat(refused.why().code()).isEqualTo(LaunchFailure.NOT_POSSIBLE);
        assertThat(refused.why().text()).contains(texts).hasLineCount(1);
        assertThat(host.look().running()).isEmpty();
    }

    private static InstanceSpec spec(Confinement confinement, String... argv) {
        return InstanceSpec.of("web", argv)
                .withLaunch(LaunchSpec.of(argv).withDirectory("/").withConfinement(confinement));
    }

    private Observation.Exited run(Confinement confinement, String... argv) {
        return host.exited(host.launch(spec(confinement, argv)));
    }

    static boolean isRoot() {
        return Privileges.ofThisJvm().has(Privileges.Capability.SETUID);
    }

    private static void assumeRoot() {
        if (!isRoot()) {
            System.out.println("confinement: 1 test skipped, this account cannot become another");
        }
        assumeTrue(isRoot(), "this account cannot become another");
    }
}
