package dev.steward.process;

import dev.steward.instance.LaunchFailure;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.ProbeResult;
import dev.steward.instance.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the programs of probes: an argument vector, a session of its own, input from nowhere, an environment built from empty. What such a
 * program has started does not outlive it. It carries the mark of an owner that no driver has, so none takes it for a child of its own.
 * Safe for use by many threads.
 */
final class ProbePrograms {
    private static final Logger log = LoggerFactory.getLogger(ProbePrograms.class);
    private static final Path PROCFS = Path.of("/proc");

    private final String owner = "probe-" + UUID.randomUUID();
    private final AtomicLong numbers = new AtomicLong();
    private final NativeText text = NativeText.ofThisJvm();
    private final Object lock = new Object(); // the kernel's tables and the tools are for one thread at a time
    private final Tools tools;
    private final Brood brood;

    /** @throws UnsupportedOperationException if this is not Linux, or a program that is needed is missing */
    ProbePrograms() {
        ProcessDriver.requireLinux(System.getProperty("os.name"));
        try {
            this.tools = new Tools();
            this.brood = new Brood(new ProcFs(PROCFS), tools);
        } catch (IOException missing) {
            throw new UnsupportedOperationException("an exec probe needs " + PROCFS, missing);
        }
    }

    /**
     * Runs one to its end.
     *
     * @throws InterruptedException if the thread was interrupted; nothing of the program is left then
     */
    ProbeResult run(LaunchSpec launch) throws InterruptedException {
        var marks = new Marks(owner, "probe", "life-" + numbers.incrementAndGet());
        try (var output = new ProbeOutput(mask(launch))) {
            Process process = start(launch, marks, output.redirect());
            output.unlink();
            long since = started(process);
            try {
                while (!process.waitFor(output.pauseNanos(), TimeUnit.NANOSECONDS)) {
                    output.bound();
                }
            } finally {
                leaveNothing(() -> brood.kill(process, since, marks));
                process.destroyForcibly();
            }
            int code = process.exitValue() & 0xff;
            String last = code == 0 ? "" : output.lastLine();
            return code == 0
                    ? ProbeResult.well()
                    : ProbeResult.unwell("exit code " + code + (last.isEmpty() ? "" : ": " + last));
        } catch (LaunchRefused refused) {
            return ProbeResult.unwell(refused.reason().text());
        }
    }

    private Process start(LaunchSpec launch, Marks marks, Redirect output) throws LaunchRefused {
        text.check(launch);
        Map<String, String> environment = environment(launch, marks);
        Path directory = Path.of(launch.directory()).toAbsolutePath();
        if (!Files.isDirectory(directory) || !Files.isExecutable(directory)) {
            throw new LaunchRefused(LaunchFailure.NO_DIRECTORY, "no working directory " + directory);
        }
        Path program = Programs.resolve(launch.argv().get(0), directory, environment.get("PATH"));
        var command = new ArrayList<>(tools.session());
        command.add(program.toString());
        command.addAll(launch.argv().subList(1, launch.argv().size()));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Tools.NULL_DEVICE)
                .redirectOutput(output)
                .redirectError(output);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (OutOfMemoryError noThread) {
            leaveNothing(() -> brood.kill(marks)); // the JVM has no thread to wait for it, and it runs by then
            throw new LaunchRefused(LaunchFailure.NO_RESOURCES, "out of threads or memory");
        } catch (IOException failed) {
            throw new LaunchRefused(LaunchFailure.OTHER, "'" + program + "' did not start: " + failed);
        } catch (RuntimeException failed) {
            // its text may hold the value of a variable
            throw new LaunchRefused(LaunchFailure.OTHER, "'" + program + "' did not start: " + failed.getClass());
        }
    }

    private static Map<String, String> environment(LaunchSpec launch, Marks marks) {
        Map<String, String> variables = Programs.environment(launch);
        variables.putAll(marks.variables());
        return variables;
    }

    private long started(Process process) {
        synchronized (lock) {
            try {
                return brood.started((int) process.pid());
            } catch (UncheckedIOException unseen) {
                return 0;
            }
        }
    }

    private void leaveNothing(Runnable kill) {
        synchronized (lock) {
            try {
                kill.run();
            } catch (UncheckedIOException blind) {
                log.atWarn().log("cannot see what a probe has left: {}", blind.getMessage());
            }
        }
    }

    private static Mask mask(LaunchSpec launch) {
        List<Secret> secrets = List.copyOf(launch.secrets().values());
        return secrets.isEmpty() ? Mask.NONE : Mask.of(secrets);
    }
}
