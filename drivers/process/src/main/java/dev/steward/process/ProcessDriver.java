package dev.steward.process;

import static java.util.Objects.requireNonNull;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs instances as processes of this host. Linux only; needs the programs {@code setsid}, {@code kill}, {@code env} and {@code sh}.
 * A launch as another user, or with limits, also takes {@code setpriv}, {@code prlimit} and {@code id}, and is refused without.
 *
 * <p>Each child gets a session of its own, input from nowhere, a file for each output, and an environment built from empty. It carries a
 * mark that says whose it is; what it starts inherits the mark. To the life of an instance belongs what is in the session of its first
 * process or carries its mark, and a signal goes to all of that, after each process has been told from others by its number, the time it
 * started, and the boot of the machine.
 *
 * <p><b>Restart.</b> Children outlive their driver. The next driver <em>of the same owner</em> names in its first census what still runs,
 * and how long it has; it finds it by the records and by the mark. So an owner is one manager on one host: choose a name that no other
 * has, and never change it; two drivers of one owner on the same folder are refused.
 *
 * <p><b>Records.</b> {@link ProcessOptions#records} are files in a folder {@code .OWNER.lives} inside of that of the driver, one for each
 * life, written before its launch is told and removed when nothing of it is left. That folder must be ours alone. With them a program is
 * found that has overwritten its environment, it is known whether the first process of a life is still there, and which part of the
 * standard error is of that life. Without them, or where none could be written, the oldest marked process that leads a session is taken
 * for the first; what shows no mark is lost. After a start of the machine a record means nothing.
 *
 * <p><b>Exit codes.</b> How a child ended is known to the driver that launched it. For the next one a small shell can keep it, see
 * {@link ProcessOptions#exitCodes}: it leads the session, waits for the program, and ends with its code; the pid that is told is that of
 * the program. The code is unknown if the shell was killed as well, as {@link dev.steward.instance.Signal#KILL} does. A program with
 * variables that a shell would change goes without one.
 *
 * <p><b>Close.</b> With {@link OnClose#LEAVE}, {@link #close} kills nothing. With {@link OnClose#STOP} it tells everything of this owner to
 * terminate, wakes what was stopped, and kills what is left after {@link ProcessOptions#closeGrace}; it returns when all are gone, or 2 s
 * later, and then logs who is not. A JVM that ends without a close leaves its children running in either case.
 *
 * <p><b>Output.</b> A file is set aside when it is large, as {@link Rotation} says, and may be cut to nothing by anybody at any time. A full
 * disk makes writes of the child fail; older output then gives way to newer. With {@link Forwarding} lines also go to the loggers
 * {@code dev.steward.process.output.} and the name of the instance.
 *
 * <p><b>Threads.</b> One daemon thread, from {@link #open} to {@link #close}, named {@code steward-process-} and the owner; it starts all
 * children and tells all news. With rotation or forwarding a second one, {@code -output} at the end of its name, sees to the files. Signals
 * to children with {@code PR_SET_PDEATHSIG} follow the first, or the shell that waits for them. An exit is told by the JDK through the common
 * pool; where that is blocked, a sweep sees it. {@link #tail} is safe for use by many threads, the rest as the contract of
 * {@link InstanceDriver} says.
 */
public final class ProcessDriver implements InstanceDriver {
    private static final Logger log = LoggerFactory.getLogger(ProcessDriver.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_OWNER = 100;
    private static final Path PROCFS = Path.of("/proc");

    private final String owner;

    private final OnClose onClose;

    private final ProcessOptions options;
    private final OutputFolder outputs;
    private final ProcFs procfs;
    private final Tools tools;
    private final ThreadFactory threads;
    private final HostProbes probes;
    private final Object lock = new Object();
    private final Records records;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;
    private @Nullable Opened last;

    private record Opened(DriverThread thread, Lives lives, OutputKeeper keeper, OwnerLock ownerLock) {}

    /**
     * A driver with the default options.
     *
     * @param owner whose children these are: 1 to 100 letters, digits, {@code .}, {@code -} or {@code _}
     * @param folder where the output goes, a file for each instance and stream; made if it is not there
     * @param onClose what {@link #close} does with children that still run
     * @throws IllegalArgumentException if the owner is not as said, the folder is another user's, everybody may write to it, or that for
     *     records is not ours alone
     * @throws IllegalStateException if this JVM itself carries the mark of that owner
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     * @throws UncheckedIOException if the folder cannot be made
     */
    public ProcessDriver(String owner, Path folder, OnClose onClose) {
        this(owner, folder, onClose, ProcessOptions.defaults());
    }

    /**
     * A driver.
     *
     * @param owner whose children these are: 1 to 100 letters, digits, {@code .}, {@code -} or {@code _}
     * @param folder where the output goes, a file for each instance and stream; made if it is not there
     * @param onClose what {@link #close} does with children that still run
     * @throws IllegalArgumentException if the owner is not as said, the folder is another user's, everybody may write to it, or that for
     *     records is not ours alone
     * @throws IllegalStateException if this JVM itself carries the mark of that owner
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     * @throws UncheckedIOException if the folder cannot be made
     */
    public ProcessDriver(String owner, Path folder, OnClose onClose, ProcessOptions options) {
        this(owner, onClose, options, linux(), new Tools(), folderAt(folder, options), Thread::new);
    }

    /** For tests: with other parts. */
    ProcessDriver(
            String owner,
            OnClose onClose,
            ProcessOptions options,
            ProcFs procfs,
            Tools tools,
            OutputFolder outputs,
            ThreadFactory threads) {
        if (!owner.matches("[A-Za-z0-9._-]{1," + LONGEST_OWNER + "}")) {
            throw new IllegalArgumentException("not the name of an owner: '" + owner + "'");
        }
        if (owner.equals(System.getenv(Marks.OWNER))) {
            throw new IllegalStateException("this JVM itself belongs to owner '" + owner + "'; choose another");
        }
        this.owner = owner;
        this.onClose = requireNonNull(onClose, "onClose");
        this.options = requireNonNull(options, "options");
        this.procfs = procfs;
        this.tools = tools;
        this.outputs = outputs;
        this.threads = threads;
        this.records = options.records() ? Records.in(outputs.folder(), owner) : Records.none(outputs.folder(), owner);
        this.probes = HostProbes.of(outputs.beginnings());
    }

    /** @throws UnsupportedOperationException if the system of that name cannot do what is needed */
    static void requireLinux(String system) {
        if (!system.equals("Linux")) {
            throw new UnsupportedOperationException("ProcessDriver needs Linux, and this is " + system);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if it is open or closed, or another driver of the same owner is open on the same folder
     * @throws OutOfMemoryError if its thread cannot be started; it is not open then, and this may be tried again
     */
    @Override
    public void open(DriverEvents events) {
        requireNonNull(events, "events");
        synchronized (lock) {
            if (closed || opened != null) {
                throw new IllegalStateException("the driver of '" + owner + "' is " + (closed ? "closed" : "open"));
            }
            OwnerLock ownerLock = OwnerLock.take(outputs.folder(), owner);
            try {
                start(events, ownerLock);
            } catch (RuntimeException | Error failed) {
                opened = null;
                ownerLock.close();
                throw failed;
            }
        }
    }

    private void start(DriverEvents events, OwnerLock ownerLock) {
        String name = "steward-process-" + owner;
        var keeper = new OutputKeeper(outputs, options, name + "-output", threads);
        int self = (int) ProcessHandle.current().pid();
        var table = new ProcessTable(procfs, owner, self);
        var prelude = new Prelude(procfs);
        var signaller = new Signaller(tools, procfs);
        var parts = new Lives.Parts(
                procfs,
                table,
                new Launcher(procfs, new Spawner(owner, outputs, keeper, tools), outputs, records, options),
                new Adopter(procfs, records, outputs.beginnings(), self),
                prelude,
                signaller,
                outputs,
                keeper,
                records,
                new News(events, () -> closed));
        @Nullable
        Farewell farewell =
                onClose == OnClose.STOP ? new Farewell(prelude, table, signaller, options.closeGrace()) : null;
        var lives = new Lives(parts, options.sweep(), options.exitLines(), this::nudge, farewell);
        var thread = new DriverThread(name, threads, lives);
        thread.post(() -> lives.census(0));
        keeper.start();
        opened = new Opened(thread, lives, keeper, ownerLock);
        try {
            thread.start();
        } catch (RuntimeException | Error failed) {
            keeper.stop();
            throw failed;
        }
    }

    @Override
    public Management manages() {
        return Management.HOST;
    }

    /** @throws IllegalStateException if it is not open */
    @Override
    public void launch(InstanceSpec spec, Incarnation life) {
        requireNonNull(spec, "spec");
        requireNonNull(life, "life");
        order(lives -> lives.launch(spec, life));
    }

    /** @throws IllegalStateException if it is not open */
    @Override
    public void signal(String name, Incarnation life, Signal signal) {
        requireNonNull(life, "life");
        requireNonNull(signal, "signal");
        order(lives -> lives.signal(life, signal));
    }

    /** @throws IllegalStateException if it is not open */
    @Override
    public void look(long ticket) {
        order(lives -> lives.look(ticket));
    }

    /**
     * {@inheritDoc} What is told is the memory that is resident, so pages that several processes share count for each of them.
     *
     * @throws IllegalStateException if it is not open
     */
    @Override
    public void measure(String name, Incarnation life) {
        requireNonNull(life, "life");
        order(lives -> lives.measure(life));
    }

    /**
     * {@inheritDoc} Bytes that are not UTF-8 are replaced, a line that is too long is cut, which {@code [cut]} marks.
     *
     * @throws IllegalArgumentException if {@code most} is less than 1
     * @throws UncheckedIOException if the file is there and cannot be read
     */
    @Override
    public List<String> tail(String name, Output output, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("the last " + most + " lines of '" + name + "'");
        }
        try {
            return outputs.tail(outputs.file(name, output), 0, most, false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where an instance's output goes. */
    public Path file(String name, Output output) {
        return outputs.file(name, output);
    }

    /**
     * Probes for the instances of this driver, also of what they write. They are the same at each call, and closed with the driver; one that
     * adopts an instance knows where its output began only if that was written down.
     */
    public HostProbes probes() {
        return probes;
    }

    /** Where the output of each life is. */
    OutputsOf outputsOf() {
        return outputs.beginnings();
    }

    /**
     * {@inheritDoc} It waits at most 5 s for the order at hand, as long for the probes, and with {@link OnClose#STOP} for the grace and at
     * most 2 s more, also in a thread that is interrupted. If an order takes longer, no other driver of this owner can be opened on the folder
     * until this is called again after its end, or the JVM is gone.
     */
    @Override
    public void close() {
        Opened closing;
        synchronized (lock) {
            closed = true;
            if (opened != null) {
                last = opened;
                opened = null;
            }
            closing = last;
        }
        if (closing != null) {
            boolean over = closing.thread().stop(closeLimit());
            closing.keeper().stop();
            if (over) {
                closing.ownerLock().close();
            } else { // what it still does at its end must not meet children of the next one
                log.atWarn().log("the driver of '{}' is closed in the middle of an order, and keeps its lock", owner);
            }
        }
        probes.close();
    }

    private Duration closeLimit() {
        return onClose == OnClose.LEAVE
                ? CLOSE_LIMIT
                : CLOSE_LIMIT.plus(options.closeGrace()).plus(Farewell.AFTER_KILL);
    }

    private void order(Consumer<Lives> order) {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("the driver of '" + owner + "' is not open");
        }
        now.thread().post(() -> order.accept(now.lives()));
    }

    private void nudge() {
        Opened now = opened;
        if (now != null) {
            now.thread().nudge();
        }
    }

    private static ProcFs linux() {
        requireLinux(System.getProperty("os.name"));
        try {
            return new ProcFs(PROCFS);
        } catch (IOException missing) {
            throw new UnsupportedOperationException("ProcessDriver needs " + PROCFS, missing);
        }
    }

    private static OutputFolder folderAt(Path folder, ProcessOptions options) {
        try {
            return new OutputFolder(folder, options.longestLine());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
