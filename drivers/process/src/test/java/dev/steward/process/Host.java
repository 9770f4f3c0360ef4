package dev.steward.process;

import dev.steward.instance.Census;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A driver of an owner of its own on this host, what it told, and a broom: at the end nothing of that owner is left. */
final class Host implements AutoCloseable {
    private static final Path PROCFS = Path.of("/proc");
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(20);
    private static final AtomicLong NUMBERS = new AtomicLong();

    final String owner;
    final ProcessDriver driver;
    final Recorder events = new Recorder();
    private final AtomicLong tickets = new AtomicLong(100);

    private Host(String owner, ProcessDriver driver) {
        this.owner = owner;
        this.driver = driver;
    }

    static Host open(Path folder) {
        return open(folder, ProcessOptions.defaults());
    }

    static Host open(Path folder, ProcessOptions options) {
        String owner = newOwner();
        return opened(owner, new ProcessDriver(owner, folder, OnClose.LEAVE, options));
    }

    static Host opened(String owner, ProcessDriver driver) {
        var host = new Host(owner, driver);
        driver.open(host.events);
        host.events.await(0);
        return host;
    }

    static String newOwner() {
        return "test-" + UUID.randomUUID();
    }

    static Incarnation newLife() {
        return new Incarnation("life-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
    }

    static ProcFs procfs() {
        try {
            return new ProcFs(PROCFS);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** A shell that runs a script. */
    static InstanceSpec shell(String name, String script) {
        return InstanceSpec.of(name, "/bin/sh", "-c", script);
    }

    Incarnation launch(InstanceSpec spec) {
        Incarnation life = newLife();
        driver.launch(spec, life);
        return life;
    }

    /** Launches, and answers once it runs. */
    Observation.Running run(InstanceSpec spec) {
        return events.await(Observation.Running.class, launch(spec));
    }

    Observation.Refused refused(LaunchSpec launch) {
        return events.await(
                Observation.Refused.class, launch(InstanceSpec.of("x", "x").withLaunch(launch)));
    }

    Observation.Exited exited(Incarnation life) {
        return events.await(Observation.Exited.class, life);
    }

    void signal(Observation.Running running, Signal signal) {
        driver.signal(running.name(), running.life(), signal);
    }

    Census look() {
        long ticket = tickets.incrementAndGet();
        driver.look(ticket);
        return events.await(ticket);
    }

    /** Every living process of this owner. */
    List<ProcessTable.Member> marked() {
        return marked(owner);
    }

    /** Waits until a line is there. */
    void awaitLine(String name, Output output, String line) {
        await(() -> driver.tail(name, output, 100).contains(line), "line '" + line + "' of " + name);
    }

    /** Waits for what no driver tells. */
    static void await(BooleanSupplier condition, String what) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begin > LIMIT) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** Waits until each of these is gone, or dead and not asked for yet; one that is only ending shows no mark already. */
    static void awaitEnd(List<ProcessTable.Member> members) {
        ProcFs procfs = procfs();
        for (ProcessTable.Member member : members) {
            await(
                    () -> {
                        ProcStat stat = procfs.stat(member.identity().pid());
                        return stat == null
                                || stat.isDead()
                                || !member.identity().matches(stat, procfs.boot());
                    },
                    "the end of " + member);
        }
    }

    /** What the kernel says of a process in one line of its status. */
    static String status(long pid, String key) {
        try {
            return Files.readAllLines(PROCFS.resolve(pid + "/status")).stream()
                    .filter(line -> line.startsWith(key + ":"))
                    .map(line -> line.substring(key.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Every living process that carries the mark of the owner. */
    static List<ProcessTable.Member> marked(String owner) {
        int self = (int) ProcessHandle.current().pid();
        return new ProcessTable(procfs(), owner, self)
                .lookAtAll().values().stream().flatMap(List::stream).toList();
    }

    /** Kills every process that carries the mark of the owner. */
    static void sweepUp(String owner) {
        await(
                () -> {
                    List<ProcessTable.Member> left = marked(owner);
                    left.forEach(member ->
                            ProcessHandle.of(member.identity().pid()).ifPresent(ProcessHandle::destroyForcibly));
                    return left.isEmpty();
                },
                "an empty host");
    }

    @Override
    public void close() {
        driver.close();
        sweepUp(owner);
    }
}
