package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.instance.Incarnation;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reaches whom, and what must never be sent. */
@Timeout(60)
class SignallerTest {
    private final ProcFs procfs = Host.procfs();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void whoever_left_the_group_after_the_look_is_signalled_all_the_same() throws Exception {
        Process process = sleep();
        ProcStat now = procfs.stat((int) process.pid());
        Process leader = sleep();
        var life = new Life("web", new Incarnation("one"), leader(leader), (int) leader.pid(), 0, Mask.NONE);
        var then = new ProcStat(now.pid(), 'S', 1, life.group(), life.group(), 1, now.startTicks());

        new Signaller(new Tools(), procfs).send(Signal.TERM, List.of(target(life, then)));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void without_the_tool_what_the_jdk_can_send_is_sent() throws Exception {
        Process first = sleep();
        Process second = sleep();
        var signaller = new Signaller(exhausted(), procfs);

        signaller.send(Signal.INT, List.of(target(first)));
        signaller.send(Signal.TERM, List.of(target(first)));
        signaller.send(Signal.KILL, List.of(target(second)));

        assertThat(first.waitFor()).isEqualTo(143);
        assertThat(second.waitFor()).isEqualTo(137);
    }

    @Test
    void without_the_tool_whoever_has_got_the_number_of_another_is_not_signalled() throws Exception {
        Process process = sleep();
        ProcStat now = procfs.stat((int) process.pid());
        var before = new ProcStat(now.pid(), 'S', 1, now.group(), now.session(), 1, now.startTicks() - 1);
        var life = new Life("web", new Incarnation("one"), leader(process), now.pid(), 0, Mask.NONE);
        var signaller = new Signaller(exhausted(), procfs);

        signaller.send(Signal.KILL, List.of(target(life, before)));
        signaller.send(Signal.TERM, List.of(target(life, now)));

        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void whoever_left_the_group_is_signalled_also_if_the_tool_fails_just_then() throws Exception {
        Process process = sleep();
        ProcStat now = procfs.stat((int) process.pid());
        Process leader = sleep();
        var life = new Life("web", new Incarnation("one"), leader(leader), (int) leader.pid(), 0, Mask.NONE);
        var then = new ProcStat(now.pid(), 'S', 1, life.group(), life.group(), 1, now.startTicks());
        var calls = new ArrayList<List<Integer>>();
        var once = new Tools() {
            @Override
            void kill(String signal, List<Integer> targets) throws IOException {
                calls.add(targets);
                if (calls.size() == 2) {
                    throw new IOException("no process");
                }
            }
        };

        new Signaller(once, procfs).send(Signal.TERM, List.of(target(life, then)));

        assertThat(calls).containsExactly(List.of(-life.group()), List.of(now.pid()));
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(leader.isAlive()).isTrue();
    }

    @Test
    void everybody_and_the_first_process_are_never_signalled() {
        for (int target : new int[] {-1, 0, 1}) {
            assertThatThrownBy(() -> new Tools().kill("KILL", List.of(target)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Tools exhausted() {
        return new Tools() {
            @Override
            void kill(String signal, List<Integer> targets) throws IOException {
                throw new IOException("no process");
            }
        };
    }

    private Process sleep() throws IOException {
        Process process = new ProcessBuilder("setsid", "sleep", "100")
                .redirectOutput(Redirect.DISCARD)
                .start();
        started.add(process);
        Host.await(() -> procfs.stat((int) process.pid()).session() == process.pid(), "its session");
        return process;
    }

    private Leader leader(Process process) {
        ProcStat stat = procfs.stat((int) process.pid());
        return new Leader.Child(new ProcessIdentity(stat.pid(), stat.startTicks(), procfs.boot()), process);
    }

    private Signaller.Target target(Process process) {
        int pid = (int) process.pid();
        return target(new Life("web", new Incarnation("one"), leader(process), pid, 0, Mask.NONE), procfs.stat(pid));
    }

    private Signaller.Target target(Life life, ProcStat stat) {
        var identity = new ProcessIdentity(stat.pid(), stat.startTicks(), procfs.boot());
        return new Signaller.Target(life, List.of(new ProcessTable.Member(identity, stat, life.incarnation(), "web")));
    }
}
