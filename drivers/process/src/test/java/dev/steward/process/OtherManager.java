package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.HostManager;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.InstanceView;
import dev.steward.instance.ManagedInstance;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A manager in another JVM, which can be killed or stopped, and what it says of its children, members of a {@link Family}: which process is
 * the first of each.
 */
final class OtherManager {
    private static final Pattern BLANK = Pattern.compile(" ");

    private OtherManager() {}

    /** Starts one, with as many children, and answers once all are up. */
    static OtherJvm start(String owner, Path folder, int children, boolean records, OnClose onClose)
            throws IOException {
        String how = children + (records ? " records " : " none ") + onClose;
        return OtherJvm.start(List.of(), List.of(), "manager", owner, folder.toString(), how);
    }

    /** What it looks after. */
    static InstanceSpec[] children(int count, boolean records) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Family.member(number, records).withStop(Supervision.QUICK))
                .toArray(InstanceSpec[]::new);
    }

    /** Part of {@link OtherJvm}: ends when it is told {@code x}; told {@code a}, it says again who runs, once all are up. */
    static void run(String owner, Path folder, String how) {
        String[] words = BLANK.split(how, -1);
        boolean records = words[1].equals("records");
        InstanceSpec[] specs = children(Integer.parseInt(words[0]), records);
        var driver = new ProcessDriver(owner, folder, OnClose.valueOf(words[2]), Family.options(records));
        var host = new Supervision(driver, owner, HostManager.Options.defaults(), specs);
        for (InstanceSpec spec : specs) {
            host.until(() -> host.manager
                    .instance(spec.name())
                    .filter(instance -> instance.view().state() == RunState.UP)
                    .isPresent());
            Host.await(() -> !host.manager.tail(spec.name(), Output.STDERR, 1).isEmpty(), spec.name());
        }
        say(host);
        var listener = new Thread(() -> listen(host), "listener");
        listener.setDaemon(true);
        listener.start();
        host.runForEver();
    }

    private static void listen(Supervision host) {
        try {
            for (int word = System.in.read(); word >= 0; word = System.in.read()) {
                if (word == 'x') {
                    System.exit(0);
                } else if (word == 'a') {
                    Host.await(
                            () -> host.manager.instances().stream()
                                    .allMatch(instance ->
                                            instance.view().state() == RunState.UP && isThere(instance.view())),
                            "all up");
                    say(host);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean isThere(InstanceView view) {
        ProcStat stat = Host.procfs().stat((int) view.pid().orElse(0));
        return stat != null && !stat.isDead();
    }

    private static void say(Supervision host) {
        for (ManagedInstance instance : host.manager.instances()) {
            OtherJvm.say(
                    instance.instanceId() + " " + first(instance.view().pid().orElseThrow()));
        }
        OtherJvm.say("restarts "
                + host.manager.instances().stream()
                        .mapToInt(instance -> instance.view().restarts())
                        .sum());
        OtherJvm.say("ready");
    }

    /** The first process of a life, given any of its session: the shell that waits for the program, if there is one. */
    static long first(long pid) {
        Host.await(() -> session(pid) != session(ProcessHandle.current().pid()), "a session of " + pid);
        return session(pid);
    }

    private static long session(long pid) {
        ProcStat stat = Host.procfs().stat((int) pid);
        assertThat(stat).as("process %d", pid).isNotNull();
        return stat.session();
    }

    /** What it has said last: the first process of each, and {@code restarts}. */
    static Map<String, Long> heard(OtherJvm other) throws IOException {
        var all = new TreeMap<String, Long>();
        for (String line = other.line(); !line.equals("ready"); line = other.line()) {
            String[] words = BLANK.split(line, -1);
            all.put(words[0], Long.valueOf(words[1]));
        }
        return all;
    }
}
