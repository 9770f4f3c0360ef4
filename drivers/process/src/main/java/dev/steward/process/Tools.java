package dev.steward.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The programs of the system that do what the JDK cannot: {@code setsid}, {@code kill}, and {@code env}. Each is run with an empty
 * environment, no input, no output, and a time limit. Not safe for use by many threads.
 */
class Tools {
    static final File NULL_DEVICE = new File("/dev/null");

    private static final String SIGNALS = "HUP,INT,QUIT,TERM,USR1,USR2,PIPE";
    private static final long LIMIT_SECONDS = 5;

    private final Path setsid = Programs.tool("setsid");
    private final Path kill = Programs.tool("kill");
    private final Path env = Programs.tool("env");

    /** @throws UnsupportedOperationException if one of them is missing */
    Tools() {}

    /** What comes before the program and its arguments: a session of its own. */
    List<String> session() {
        return List.of(setsid.toString());
    }

    /**
     * The same, with all signals as they are by default. Without it a child of a JVM has {@code QUIT} blocked, and ignores {@code INT} for
     * good if the JVM was started in the background of a script: the usual first signal of a stop plan would do nothing.
     */
    List<String> sessionWithSignals() {
        return List.of(env.toString(), "--default-signal=" + SIGNALS, setsid.toString());
    }

    /** Whether this system's {@code env} can do that: GNU's can, since 2019. */
    boolean canResetSignals() {
        var command = new ArrayList<>(sessionWithSignals());
        command.addAll(List.of(kill.toString(), "-l"));
        try {
            return run(command) == 0;
        } catch (IOException cannotTell) {
            return false;
        }
    }

    /** Whether a program can be started at all, now, in no special circumstances. */
    boolean canStart() {
        try {
            run(List.of(kill.toString(), "-l"));
            return true;
        } catch (IOException | OutOfMemoryError exhausted) {
            return false;
        }
    }

    /**
     * Sends a signal.
     *
     * @param targets numbers of processes, or of groups, negative
     * @throws IOException if {@code kill} cannot be started; not if a target is gone
     */
    void kill(String signal, List<Integer> targets) throws IOException {
        var command = new ArrayList<>(List.of(kill.toString(), "-" + signal, "--"));
        for (int target : targets) {
            if (target >= -1 && target <= 1) {
                throw new IllegalArgumentException("never to be signalled: " + target);
            }
            command.add(Integer.toString(target));
        }
        run(command);
    }

    private static int run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectInput(NULL_DEVICE)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        Process process = builder.start();
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }
}
