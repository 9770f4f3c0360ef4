package dev.steward.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The programs of the system that do what the JDK cannot: {@code setsid}, {@code kill}, and {@code env}; others only where a launch asks for
 * them. Each is run with an empty environment, no input, and a time limit. Not safe for use by many threads.
 */
class Tools {
    static final File NULL_DEVICE = new File("/dev/null");

    private static final String SIGNALS = "HUP,INT,QUIT,TERM,USR1,USR2,PIPE";
    private static final long STANDARD_SIGNALS = (1L << 31) - 1;
    private static final int LONGEST_ANSWER = 8 * 1024;
    private static final long LIMIT_SECONDS = 5;

    private final Path setsid = Programs.tool("setsid");
    private final Path kill = Programs.tool("kill");
    private final Path env = Programs.tool("env");

    /** @throws UnsupportedOperationException if one of them is missing */
    Tools() {}

    /**
     * How a tool ended, and the beginning of what it said.
     *
     * @param exit its exit code; -1 if it took too long
     */
    record Answer(int exit, String text) {}

    /** A tool that not every system has; null where there is none. */
    @Nullable
    Path find(String name) {
        try {
            return Programs.tool(name);
        } catch (UnsupportedOperationException missing) {
            return null;
        }
    }

    /** What comes before the program and its arguments: a session of its own. */
    List<String> session() {
        return List.of(setsid.toString());
    }

    /**
     * The same, with all signals as they are by default. Without it a child of a JVM of release 17 has {@code QUIT} blocked, and one of any
     * release ignores {@code INT} for good if the JVM was started in the background of a script, or {@code HUP} after {@code nohup}: the usual
     * first signal of a stop plan would do nothing.
     */
    List<String> sessionWithSignals() {
        return List.of(env.toString(), "--default-signal=" + SIGNALS, setsid.toString());
    }

    /**
     * Whether a child of the calling thread has all signals as they are by default anyway, as under a JVM of release 25; that saves the
     * {@code exec} of {@code env} at each launch, 0.7 of 3 ms where it was measured. A child is asked, because it depends on the release, the
     * thread, the options of the JVM, and on who started that.
     */
    boolean childrenHaveDefaultSignals() {
        Path cat = find("cat");
        try {
            return cat != null && hasDefaultSignals(ask(List.of(cat.toString(), "/proc/self/status")));
        } catch (IOException | OutOfMemoryError cannotTell) {
            return false;
        }
    }

    private static boolean hasDefaultSignals(Answer status) {
        return status.exit() == 0 && noneIn(status.text(), "SigBlk:") && noneIn(status.text(), "SigIgn:");
    }

    private static boolean noneIn(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring(key.length()).strip(), 16) & STANDARD_SIGNALS) == 0);
    }

    /** Whether this system's {@code env} can do that: GNU's can, since 2019. */
    boolean canResetSignals() {
        var command = new ArrayList<>(sessionWithSignals());
        command.addAll(harmless());
        try {
            return run(command) == 0;
        } catch (IOException cannotTell) {
            return false;
        }
    }

    /** A command that does nothing, to try out what comes before it. */
    List<String> harmless() {
        return List.of(kill.toString(), "-l");
    }

    /** Whether a program can be started at all, now, in no special circumstances. */
    boolean canStart() {
        try {
            run(harmless());
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

    /**
     * Runs a tool that says little: what it says stays in a pipe until it has ended.
     *
     * @throws IOException if it cannot be started
     */
    Answer ask(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectInput(NULL_DEVICE).redirectErrorStream(true);
        builder.environment().clear();
        Process process = builder.start();
        int exit = exit(process);
        try (InputStream said = process.getInputStream()) {
            byte[] text = exit < 0 ? new byte[0] : said.readNBytes(LONGEST_ANSWER);
            return new Answer(exit, new String(text, StandardCharsets.UTF_8).strip());
        }
    }

    private static int run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectInput(NULL_DEVICE)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        return exit(builder.start());
    }

    private static int exit(Process process) {
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
