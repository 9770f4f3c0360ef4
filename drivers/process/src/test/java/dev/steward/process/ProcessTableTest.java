package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose is whose, on a procfs made of plain files. */
@Timeout(30)
class ProcessTableTest {
    private static final int SELF = 10;
    private static final int LIMIT = 1000;
    private static final Incarnation ONE = new Incarnation("one");
    private static final Incarnation TWO = new Incarnation("two");

    @TempDir
    Path root;

    private ProcFs procfs;
    private ProcessTable table;

    @BeforeEach
    void machine() throws IOException {
        Files.createDirectories(root.resolve("sys/kernel/random"));
        Files.writeString(root.resolve("sys/kernel/random/boot_id"), "boot-1\n");
        Files.writeString(root.resolve("sys/kernel/pid_max"), LIMIT + "\n");
        Files.writeString(root.resolve("loadavg"), "0\n");
        forks(0);
        process(SELF, 1, SELF, SELF, 5, "A=b");
        procfs = new ProcFs(root);
        table = new ProcessTable(procfs, "lab", SELF);
    }

    @Test
    void a_life_is_what_is_in_its_group_in_its_session_or_carries_its_mark() throws IOException {
        Life life = life(ONE, 20, 100);
        process(20, SELF, 20, 20, 100, mark("one"));
        process(21, 20, 20, 20, 101, "WIPED=1");
        process(22, 20, 22, 20, 102, "WIPED=1");
        process(23, 1, 23, 23, 103, mark("one"));
        process(24, 1, 24, 24, 104, mark("two"));
        process(25, 1, 25, 25, 105, mark("one").replace("lab", "other"));
        process(26, 1, 26, 26, 106, "PATH=/bin");

        assertThat(pids(ONE)).containsExactlyInAnyOrder(20, 21, 22, 23);
        assertThat(table.lookAtAll().keySet()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(life.groupIsOurs()).isTrue();
    }

    @Test
    void a_zombie_belongs_to_nothing() throws IOException {
        life(ONE, 20, 100);
        process(20, SELF, 20, 20, 100, mark("one"));
        process(21, 20, 20, 20, 101, mark("one"));
        die(20);
        assertThat(pids(ONE)).containsExactly(21);

        die(21);
        assertThat(pids(ONE)).isEmpty();
    }

    @Test
    void a_number_that_somebody_else_has_now_is_not_the_first_process_nor_its_group() throws IOException {
        Life life = life(ONE, 20, 100);
        process(20, 1, 20, 20, 999, "PATH=/bin");
        process(21, 20, 20, 20, 1000, "PATH=/bin");

        assertThat(pids(ONE)).isEmpty();
        assertThat(life.groupIsOurs()).isFalse();
    }

    @Test
    void who_was_taken_for_ours_because_of_such_a_group_is_let_go() throws IOException {
        life(ONE, 20, 100);
        life(TWO, 40, 100);
        process(20, 1, 20, 20, 999, "PATH=/bin");
        process(21, 20, 20, 20, 1000, "PATH=/bin");

        assertThat(pids(TWO)).isEmpty();
        assertThat(pids(ONE)).isEmpty();
    }

    @Test
    void an_identity_of_an_earlier_boot_is_nobody() throws IOException {
        var leader = new Survivor(new ProcessIdentity(20, 100, "boot-0"));
        table.add(new Life("web", ONE, leader, 20, 0, Mask.NONE));
        process(20, 1, 20, 20, 100, "PATH=/bin");

        assertThat(pids(ONE)).isEmpty();
    }

    @Test
    void a_member_whose_number_went_to_somebody_else_is_a_member_no_more() throws IOException {
        life(ONE, 20, 100);
        process(20, SELF, 20, 20, 100, mark("one"));
        process(23, 1, 23, 23, 103, mark("one"));
        assertThat(pids(ONE)).containsExactlyInAnyOrder(20, 23);

        process(23, 1, 23, 23, 300, "PATH=/bin");
        assertThat(pids(ONE)).containsExactly(20);
    }

    @Test
    void a_group_without_anybody_in_it_is_given_up_once_its_first_process_has_ended() throws IOException {
        Life life = life(ONE, 20, 100);
        process(20, SELF, 20, 20, 100, mark("one"));
        process(23, 1, 23, 23, 103, mark("one"));
        remove(20);
        life.end();
        assertThat(pids(ONE)).containsExactly(23);
        assertThat(life.groupIsOurs()).isFalse();

        process(30, 1, 20, 20, 400, "PATH=/bin");
        assertThat(pids(ONE)).containsExactly(23);
    }

    @Test
    void what_is_new_is_found_among_much_that_is_known() throws IOException {
        life(ONE, 20, 100);
        process(20, SELF, 20, 20, 100, mark("one"));
        for (int pid = 100; pid < 200; pid++) {
            process(pid, 1, pid, pid, pid, "PATH=/bin");
        }
        assertThat(pids(ONE)).containsExactly(20);

        process(201, 1, 201, 201, 900, mark("one"));
        assertThat(pids(ONE)).containsExactlyInAnyOrder(20, 201);
    }

    @Test
    void a_stranger_is_judged_anew_when_its_number_was_free_or_may_have_been() throws IOException {
        process(50, 1, 50, 50, 50, "PATH=/bin");
        process(51, 1, 51, 51, 51, "PATH=/bin");
        assertThat(pids(ONE)).isEmpty();

        remove(50);
        assertThat(pids(ONE)).isEmpty();
        process(50, 1, 50, 50, 500, mark("one"));
        process(51, 1, 51, 51, 501, mark("one"));
        forks(LIMIT / 2);
        assertThat(pids(ONE)).containsExactly(50);

        forks(LIMIT + 1);
        assertThat(pids(ONE)).containsExactlyInAnyOrder(50, 51);
    }

    @Test
    void this_jvm_and_the_kernel_are_never_ours() throws IOException {
        process(SELF, 1, SELF, SELF, 5, mark("one"));
        process(2, 0, 0, 0, 1, "");
        process(3, 2, 0, 0, 1, "");

        assertThat(table.lookAtAll()).isEmpty();
    }

    @Test
    void a_process_in_the_middle_of_an_exec_is_looked_at_again() throws IOException {
        process(50, 1, 50, 50, 50, "");
        Files.delete(root.resolve("50/cmdline"));
        Files.createFile(root.resolve("50/cmdline"));
        assertThat(pids(ONE)).isEmpty();

        process(50, 1, 50, 50, 50, mark("one"));
        assertThat(pids(ONE)).containsExactly(50);
    }

    @Test
    void a_process_without_an_environment_is_a_stranger_at_once() throws IOException {
        process(50, 1, 50, 50, 50, "");
        assertThat(pids(ONE)).isEmpty();

        process(50, 1, 50, 50, 50, mark("one")); // which cannot happen
        assertThat(pids(ONE)).isEmpty();
    }

    @Test
    void not_to_see_is_not_to_see_nothing() throws IOException {
        for (Path file : new Path[] {root.resolve("loadavg"), root.resolve(SELF + "/stat")}) {
            Files.delete(file);
        }

        assertThatThrownBy(() -> pids(ONE)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void the_first_process_of_survivors_is_the_oldest_that_leads_a_session() throws IOException {
        process(60, 1, 30, 30, 90, mark("one"));
        process(61, 1, 61, 61, 110, mark("one"));
        process(62, 1, 62, 62, 105, mark("one"));
        List<ProcessTable.Member> members = table.lookAtAll().get(ONE);

        List<ProcessTable.Member> order = Seniority.order(members);
        assertThat(order).extracting(member -> member.identity().pid()).containsExactly(62, 61, 60);
        assertThat(Seniority.group(order.get(0), procfs, SELF)).isEqualTo(62);
        assertThat(Seniority.group(order.get(2), procfs, SELF)).isEqualTo(30);

        process(30, 1, 30, 30, 1, "PATH=/bin");
        assertThat(Seniority.group(order.get(2), procfs, SELF)).isZero();
    }

    @Test
    void a_child_that_is_still_in_our_own_session_has_no_group_though_its_founder_is_gone() throws IOException {
        process(SELF, 1, 9, 9, 5, "A=b");
        process(60, SELF, 9, 9, 90, mark("one"));
        ProcessTable.Member child = table.lookAtAll().get(ONE).get(0);

        assertThat(Seniority.group(child, procfs, SELF)).isZero();
    }

    @Test
    void the_kernel_of_this_host_is_read_right() {
        ProcFs real = Host.procfs();

        assertThat(real.boot()).hasSize(36);
        assertThat(real.pidLimit()).isGreaterThan(300);
        assertThat(real.forks()).isBetween(1L, Long.MAX_VALUE - 1);
        assertThat(real.pids()).contains((int) ProcessHandle.current().pid()).doesNotContain(0);
        assertThat(real.stat((int) ProcessHandle.current().pid()).threads()).isGreaterThan(1);
        assertThat(real.stat(real.pidLimit() + 1)).isNull();
    }

    private record Survivor(ProcessIdentity identity) implements Leader {
        @Override
        public boolean is(ProcStat stat, String boot) {
            return identity.matches(stat, boot);
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public ExitStatus exit() {
            return ExitStatus.unknown();
        }
    }

    private Life life(Incarnation incarnation, int pid, long ticks) {
        var life = new Life(
                "web", incarnation, new Survivor(new ProcessIdentity(pid, ticks, "boot-1")), pid, 0, Mask.NONE);
        table.add(life);
        return life;
    }

    private List<Integer> pids(Incarnation life) {
        Map<Incarnation, List<ProcessTable.Member>> found = table.look(Set.of(life));
        assertThat(Set.of(life)).containsAll(found.keySet());
        return found.getOrDefault(life, List.of()).stream()
                .map(member -> member.identity().pid())
                .toList();
    }

    private static String mark(String life) {
        return "STEWARD_OWNER=lab\0STEWARD_INSTANCE=web\0STEWARD_LIFE=" + life + "\0";
    }

    private void process(int pid, int parent, int group, int session, long ticks, String environment)
            throws IOException {
        Path folder = Files.createDirectories(root.resolve(Integer.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                String.format(
                        "%d (x) S %d %d %d 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0%n",
                        pid, parent, group, session, ticks));
        Files.writeString(folder.resolve("environ"), environment);
        Files.writeString(folder.resolve("cmdline"), "x\0");
    }

    private void die(int pid) throws IOException {
        Path stat = root.resolve(pid + "/stat");
        Files.writeString(stat, Files.readString(stat).replace(" S ", " Z "));
    }

    private void remove(int pid) throws IOException {
        Path folder = root.resolve(Integer.toString(pid));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private void forks(long count) throws IOException {
        Files.writeString(root.resolve("stat"), "cpu 1 2\nintr 3\nprocesses " + count + "\nprocs_running 1\n");
    }
}
