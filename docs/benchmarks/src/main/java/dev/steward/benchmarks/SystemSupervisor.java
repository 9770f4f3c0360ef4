package dev.steward.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor of the system with one child, started from where its package puts it and stopped at the end. The successor is known once its
 * number stands in the file that the supervisor itself writes, which is read again and again. Not safe for use by many threads.
 */
final class SystemSupervisor implements Relauncher {
    /** Of Debian's package {@code supervisor}. */
    static final Path SUPERVISORD = Path.of("/usr/bin/supervisord");

    /** Of Debian's package {@code runit}. */
    static final Path RUNSV = Path.of("/usr/bin/runsv");

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LIMIT_OF_END_SECONDS = 10;

    private final Process supervisor;
    private final Path told;
    private final Pattern number;
    private final long pauseNanos;
    private final long oldEnoughNanos;
    private @Nullable ProcessHandle child;
    private long pid;
    private long since;

    /**
     * @param told the file, and in it the last match of {@code number} is the child
     * @param pauseNanos between two looks at it
     * @param oldEnoughNanos how old a child must be to be killed
     */
    private SystemSupervisor(ProcessBuilder start, Path told, Pattern number, long pauseNanos, long oldEnoughNanos)
            throws IOException {
        this.told = told;
        this.number = number;
        this.pauseNanos = pauseNanos;
        this.oldEnoughNanos = oldEnoughNanos;
        this.supervisor = start.redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        try {
            awaitSuccessor();
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** One that starts again whatever ends, without a delay and for ever. */
    static Relauncher supervisord(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolve("supervisord.log");
        Path configuration = Files.writeString(
                folder.resolve("supervisord.conf"), """
                [supervisord]
                nodaemon=true
                logfile=%1$s
                logfile_maxbytes=0
                pidfile=%2$s/supervisord.pid
                childlogdir=%2$s

                [program:sleeper]
                command=%3$s
                autorestart=true
                startsecs=0
                startretries=1000000
                stdout_logfile=NONE
                stderr_logfile=NONE
                """.formatted(log, folder, String.join(" ", Relaunchers.ARGV)));
        return new SystemSupervisor(
                new ProcessBuilder(SUPERVISORD.toString(), "-c", configuration.toString()),
                log,
                Pattern.compile("spawned: 'sleeper' with pid (\\d+)"),
                TimeUnit.MILLISECONDS.toNanos(1),
                0);
    }

    /**
     * A service. What has run for less than a second is started again a second later: only older children are killed, so that this is not
     * measured.
     */
    static Relauncher runsv(Path folder) throws IOException {
        Path run = Files.createDirectories(folder).resolve("run");
        Files.writeString(run, "#!/bin/sh\nexec " + String.join(" ", Relaunchers.ARGV) + "\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
        return new SystemSupervisor(
                new ProcessBuilder(RUNSV.toString(), folder.toString()),
                folder.resolve("supervise").resolve("pid"),
                Pattern.compile("(\\d+)\\n"),
                TimeUnit.MICROSECONDS.toNanos(50),
                TimeUnit.MILLISECONDS.toNanos(1_100));
    }

    @Override
    public long killAndWait() {
        while (System.nanoTime() - since < oldEnoughNanos) {
            LockSupport.parkNanos(oldEnoughNanos - (System.nanoTime() - since));
        }
        long begin = System.nanoTime();
        requireNonNull(child).destroyForcibly();
        awaitSuccessor();
        return since - begin;
    }

    private void awaitSuccessor() {
        long begin = System.nanoTime();
        OptionalLong now = told();
        while (now.isEmpty() || now.getAsLong() == pid) {
            if (System.nanoTime() - begin > LIMIT_NANOS || !supervisor.isAlive()) {
                throw new IllegalStateException("no successor of " + pid + " in " + told);
            }
            LockSupport.parkNanos(pauseNanos);
            now = told();
        }
        since = System.nanoTime();
        pid = now.getAsLong();
        child = ProcessHandle.of(pid).orElseThrow();
    }

    private OptionalLong told() {
        try {
            String text = Files.exists(told) ? Files.readString(told, StandardCharsets.UTF_8) : "";
            return number.matcher(text)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .mapToLong(Long::parseLong)
                    .reduce((first, second) -> second);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Both take the signal for the order to stop their child and to end. */
    @Override
    public void close() {
        supervisor.destroy();
        try {
            if (!supervisor.waitFor(LIMIT_OF_END_SECONDS, TimeUnit.SECONDS)) {
                supervisor.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            supervisor.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (child != null) {
            child.destroyForcibly(); // which looks when it was started, so it hits nobody else
        }
    }
}
