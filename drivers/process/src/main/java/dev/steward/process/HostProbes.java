package dev.steward.process;

import static java.util.Objects.requireNonNull;

import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Output;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The probes that most programs of a host need. Each factory makes a value: made again with the same arguments, here, it is equal to the
 * first, so a configuration that is loaded again changes nothing.
 *
 * <p>Every look is answered once: with what was found, or as unwell when its limit has passed, counted from the call. Nothing is asked on
 * the thread of the caller. Texts of bad answers are one line of at most 200 characters without control characters.
 *
 * <p>Two looks that ask the same about the same life at the same time are one. So a question that hangs keeps one thread, and others are
 * looked at meanwhile, until there are as many that hang as there are threads. What was asked is told to give up when the limit has
 * passed; a custom probe that pays no attention to its interrupt, or a file on a disk that is gone, keeps its thread until it returns,
 * and is not asked again before.
 *
 * <p><b>Threads.</b> At most 16 daemon threads that look and one for the limits, named {@code steward-probe-} and more; there are none
 * before the first look nor ten seconds after the last. Answers come from them, or from within the call when it is closed. Safe for use by
 * many threads.
 */
public final class HostProbes implements AutoCloseable {
    /** After which a look is answered as unwell, unless said otherwise. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(5);

    private static final Duration SHORTEST_LIMIT = Duration.ofMillis(1);
    private static final Duration LONGEST_LIMIT = Duration.ofHours(1);
    private static final int THREADS = 16;
    private static final int QUEUE = 10_000;

    private final Looks looks;
    private final LogLineInquiry.@Nullable Searches searches;
    private final Object lock = new Object();
    private @Nullable ProbePrograms programs;

    /** Probes that know no output, so without {@code logLine}, and with the default limit. */
    public HostProbes() {
        this(DEFAULT_LIMIT);
    }

    /**
     * Probes that know no output, so without {@code logLine}.
     *
     * @param limit of each look, 1 ms to 1 h; of no use beyond the limit of a plan
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public HostProbes(Duration limit) {
        this(null, limit, THREADS, QUEUE, Thread::new);
    }

    /**
     * Probes with {@code logLine} for the instances of a driver, and another limit than those of {@link ProcessDriver#probes()}.
     *
     * @param limit of each look, 1 ms to 1 h; of no use beyond the limit of a plan
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public HostProbes(ProcessDriver driver, Duration limit) {
        this(driver.outputsOf(), limit, THREADS, QUEUE, Thread::new);
    }

    /** For the driver, and for tests: with other parts. */
    HostProbes(@Nullable OutputsOf outputs, Duration limit, int threads, int queue, ThreadFactory factory) {
        if (limit.compareTo(SHORTEST_LIMIT) < 0 || limit.compareTo(LONGEST_LIMIT) > 0) {
            throw new IllegalArgumentException("the limit of a look is " + limit);
        }
        this.searches = outputs == null ? null : new LogLineInquiry.Searches(outputs);
        this.looks = new Looks(limit, threads, queue, factory);
    }

    /** The probes of a driver. */
    static HostProbes of(OutputsOf outputs) {
        return new HostProbes(outputs, DEFAULT_LIMIT, THREADS, QUEUE, Thread::new);
    }

    /**
     * Well if a program ends with code 0. It gets its arguments as they are, the {@code PATH} of the host application and no other variable
     * of it, no input, and a session of its own; when it ends, or when its limit has passed, all that it has started is killed. The last
     * line that it has written is part of a bad answer.
     *
     * @throws IllegalArgumentException if there is no program or an argument has a NUL character
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     */
    public Probe exec(String... argv) {
        return exec(LaunchSpec.of(argv));
    }

    /**
     * The same with a working directory, and variables.
     *
     * @throws IllegalArgumentException if it is to run as another user or with limits
     * @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing
     */
    public Probe exec(LaunchSpec launch) {
        if (!launch.confinement().isNone()) {
            throw new IllegalArgumentException("a probe runs as the host application does, not with "
                    + launch.confinement() + "; use a wrapper in its arguments");
        }
        synchronized (lock) {
            if (programs == null) {
                programs = new ProbePrograms();
            }
            return new HostProbe(looks, new ExecInquiry(programs, launch));
        }
    }

    /**
     * Well if somebody on this host takes connections on a port, at 127.0.0.1 or ::1.
     *
     * @param port 1 to 65535
     * @throws IllegalArgumentException if the port is out of its range
     */
    public Probe tcpPort(int port) {
        return tcp("", port);
    }

    /**
     * Well if somebody takes connections on a port of a host, at any of its addresses. The connection is closed at once.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @throws IllegalArgumentException if there is no host or the port is out of its range
     */
    public Probe tcpPort(String host, int port) {
        if (host.isBlank()) {
            throw new IllegalArgumentException("not a host: '" + host + "'");
        }
        return tcp(host, port);
    }

    private Probe tcp(String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return new HostProbe(looks, new TcpInquiry(host, port));
    }

    /**
     * Well if there is such a file, or folder. One that an earlier life has left is as good as any: where that matters, have the program
     * remove it, or ask for its age too.
     */
    public Probe file(Path file) {
        return new HostProbe(looks, new FileInquiry(file.toAbsolutePath(), FileInquiry.ANY));
    }

    /**
     * Well if a file was written lately.
     *
     * @param age how long ago at most, by the clock on the wall; more than zero
     * @throws IllegalArgumentException if the age is not more than zero
     */
    public Probe file(Path file, Duration age) {
        if (age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException("the age of file " + file + " is " + age);
        }
        return new HostProbe(looks, new FileInquiry(file.toAbsolutePath(), age));
    }

    /**
     * Well once this life has written a complete line that contains a text. What earlier lives have written does not count. Once found, it
     * stays found, also when the output is set aside; but only as long as these probes live. Searched is what is in the file and its newest
     * copy: of an adopted life the line may be gone. A manager takes one that has run for longer than its start limit for ready without
     * asking; one that is younger, and whose line is gone, has not started in time.
     *
     * @throws IllegalArgumentException if the text is empty
     * @throws IllegalStateException if these probes know no output; those of {@link ProcessDriver#probes()} do
     */
    public Probe logLine(Output output, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("every line contains ''");
        }
        return logLine(output, LinePattern.literally(text));
    }

    /**
     * The same with an expression that is to be found somewhere in the line, of which the first 16 KiB are searched.
     *
     * @throws IllegalStateException if these probes know no output; those of {@link ProcessDriver#probes()} do
     */
    public Probe logLine(Output output, Pattern pattern) {
        return logLine(output, new LinePattern(requireNonNull(pattern, "pattern")));
    }

    private Probe logLine(Output output, LinePattern wanted) {
        if (searches == null) {
            throw new IllegalStateException("these probes know no output: take those of the driver, driver.probes()");
        }
        return new HostProbe(looks, new LogLineInquiry(searches, requireNonNull(output, "output"), wanted));
    }

    /**
     * Well if {@code supplier} says so. It is called on a thread of these probes, by several at once if several instances have this probe,
     * and interrupted when the limit has passed. What it throws makes a bad answer. Equal are those with the same supplier.
     */
    public Probe custom(Supplier<ProbeResult> supplier) {
        return new HostProbe(looks, new CustomInquiry(requireNonNull(supplier, "supplier")));
    }

    /**
     * Answers all that is under way as unwell, and whatever is asked from now on; ends what runs, and waits for that, at most 5 s.
     * Idempotent.
     */
    @Override
    public void close() {
        looks.close();
    }
}
