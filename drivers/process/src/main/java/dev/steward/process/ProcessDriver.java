package dev.steward.process;

import static java.util.Objects.requireNonNull;

import dev.steward.instance.DriverEvents;
import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceDriver;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Management;
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
 * Runs instances as processes of this host. Linux only; needs the programs {@code setsid}, {@code kill} and {@code env}.
 *
 * <p>Each child gets a session of its own, input from nowhere, a file for each output, and an environment built from empty. It carries a
 * mark that says whose it is; what it starts inherits the mark. To the life of an instance belongs what is in the session of its first
 * process or carries its mark, and a signal goes to all of that, after each process has been told from others by its number, the time it
 * started, and the boot of the machine.
 *
 * <p><b>Restart.</b> Children outlive their driver, {@link #close} kills nothing. The next driver <em>of the same owner</em> names in its
 * first census what still runs. So an owner is one manager on one host: choose a name that no other has, and never change it; two drivers
 * of one owner on the same folder are refused. A program that overwrites its environment is only found if another process of its life
 * still has the mark.
 *
 * <p><b>Output.</b> The files grow until somebody cuts them to nothing, which may be done at any time. A full disk makes writes of the child
 * fail and nothing else.
 *
 * <p><b>Threads.</b> One daemon thread, from {@link #open} to {@link #close}, named {@code steward-process-} and the owner; it starts all
 * children and tells all news. Signals to children with {@code PR_SET_PDEATHSIG} follow it. An exit is told by the JDK through the common
 * pool; where that is blocked, a sweep sees it. {@link #lines} is safe for use by many threads, the rest as the contract of
 * {@link InstanceDriver} says.
 */
public final class ProcessDriver implements InstanceDriver {
    private static final Logger log = LoggerFactory.getLogger(ProcessDriver.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_OWNER = 100;
    private static final Path PROCFS = Path.of("/proc");

    private final String owner;
    private final Options options;
    private final OutputFolder outputs;
    private final ProcFs procfs;
    private final Tools tools;
    private final ThreadFactory threads;
    private final Object lock = new Object();
    private volatile @Nullable Opened opened;
    private volatile boolean closed;

    private record Opened(DriverThread thread, Lives lives, OwnerLock ownerLock) {}

    /**
     * What can be chosen. Immutable.
     *
     * @param sweep how long the end of a process that is not our own child, or whose notice is late, stays unseen; 1 ms to 1 min
     * @param lines how many lines {@link ProcessDriver#lines} answers at most; at least 1
     * @param longestLine bytes after which a line is cut; 16 to 1 MiB
     * @param exitLines how many lines of standard error come with the news of an exit at most; at least 1
     */
    public record Options(Duration sweep, int lines, int longestLine, int exitLines) {
        private static final Options DEFAULTS = new Options(Duration.ofMillis(100), 100, 4096, 51);

        /** @throws IllegalArgumentException if a value is out of its range */
        public Options {
            require(sweep.toMillis() >= 1 && sweep.compareTo(Duration.ofMinutes(1)) <= 0, "sweep", sweep);
            require(lines >= 1, "lines", lines);
            require(longestLine >= 16 && longestLine <= 1 << 20, "longest line", longestLine);
            require(exitLines >= 1, "exit lines", exitLines);
        }

        /**
         * A sweep each 100 ms, 100 lines of up to 4096 bytes, and 51 with an exit: one more than a manager shows whole, so that it can tell
         * that there were more.
         */
        public static Options defaults() {
            return DEFAULTS;
        }

        /** The same with another period of the sweep. */
        public Options withSweep(Duration other) {
            return new Options(other, lines, longestLine, exitLines);
        }

        /** The same with another number of lines. */
        public Options withLines(int other) {
            return new Options(sweep, other, longestLine, exitLines);
        }

        /** The same with another longest line. */
        public Options withLongestLine(int other) {
            return new Options(sweep, lines, other, exitLines);
        }

        /** The same with another number of lines for an exit. */
        public Options withExitLines(int other) {
            return new Options(sweep, lines, longestLine, other);
        }

        private static void require(boolean holds, String what, Object value) {
            if (!holds) {
                throw new IllegalArgumentException(what + " is " + value);
            }
        }
    }

    /**
     * A driver with the default options.
     *
     * @param owner whose children these are: 1 to 100 letters, digits, {@code .}, {@code -} or {@code _}
     * @param folder where the output goes, a file for each instance and stream; made if it is not there
     * @throws IllegalArgumentException if the owner is not as said, or everybody may write to the folder
     * @throws IllegalStateException if this JVM itself carries the mark of that owner
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     * @throws UncheckedIOException if the folder cannot be made
     */
    public ProcessDriver(String owner, Path folder) {
        this(owner, folder, Options.defaults());
    }

    /**
     * A driver.
     *
     * @param owner whose children these are: 1 to 100 letters, digits, {@code .}, {@code -} or {@code _}
     * @param folder where the output goes, a file for each instance and stream; made if it is not there
     * @throws IllegalArgumentException if the owner is not as said, or everybody may write to the folder
     * @throws IllegalStateException if this JVM itself carries the mark of that owner
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     * @throws UncheckedIOException if the folder cannot be made
     */
    public ProcessDriver(String owner, Path folder, Options options) {
        this(owner, options, linux(), new Tools(), folderAt(folder, options), Thread::new);
    }

    /** For tests: with other parts. */
    ProcessDriver(
            String owner, Options options, ProcFs procfs, Tools tools, OutputFolder outputs, ThreadFactory threads) {
        if (!owner.matches("[A-Za-z0-9._-]{1," + LONGEST_OWNER + "}")) {
            throw new IllegalArgumentException("not the name of an owner: '" + owner + "'");
        }
        if (owner.equals(System.getenv(Marks.OWNER))) {
            throw new IllegalStateException("this JVM itself belongs to owner '" + owner + "'; choose another");
        }
        this.owner = owner;
        this.options = requireNonNull(options, "options");
        this.procfs = procfs;
        this.tools = tools;
        this.outputs = outputs;
        this.threads = threads;
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
        var parts = new Lives.Parts(
                procfs,
                new ProcessTable(procfs, owner, (int) ProcessHandle.current().pid()),
                new Spawner(owner, outputs, tools),
                new Signaller(tools, procfs),
                outputs,
                new News(events, () -> closed),
                this::nudge);
        var lives = new Lives(parts, options.sweep(), options.exitLines());
        var thread = new DriverThread("steward-process-" + owner, threads, lives);
        thread.post(() -> lives.census(0));
        opened = new Opened(thread, lives, ownerLock);
        thread.start();
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
     * The last complete lines that an instance has written, oldest first; none if it never wrote. Bytes that are not UTF-8 are replaced, a
     * line that is too long is cut, which {@code [cut]} marks. Control characters are still in it: whoever shows a line makes it harmless.
     * Reads the file, so this is not for a pass of a loop.
     *
     * @throws UncheckedIOException if the file is there and cannot be read
     */
    public List<String> lines(String name, Output output) {
        try {
            return outputs.tail(outputs.file(name, output), 0, options.lines(), false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where an instance's output goes. */
    public Path file(String name, Output output) {
        return outputs.file(name, output);
    }

    /** Waits at most 5 s for the order at hand. */
    @Override
    public void close() {
        Opened last;
        synchronized (lock) {
            closed = true;
            last = opened;
            opened = null;
        }
        if (last != null) {
            if (!last.thread().stop(CLOSE_LIMIT)) {
                log.atWarn().log("the driver of '{}' is closed in the middle of an order", owner);
            }
            last.ownerLock().close();
        }
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

    private static OutputFolder folderAt(Path folder, Options options) {
        try {
            return new OutputFolder(folder, options.longestLine());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
