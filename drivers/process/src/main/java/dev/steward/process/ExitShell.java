package dev.steward.process;

import dev.steward.instance.LaunchSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The small shell that waits for a program, writes its exit code into a file, and ends with the same code. It leads the session in place of
 * the program, catches each signal that reaches the whole group (it does not ignore them: what a shell ignores, the program would ignore
 * too), and its own complaints about signals go nowhere. Safe for use by many threads.
 */
final class ExitShell {
    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST_REAL_TIME = 64;
    private static final long PATIENCE_NANOS = 15_000_000;
    private static final long PAUSE_NANOS = 200_000;
    private static final String BEFORE = ShellVariables.UNSET + "; exec 3>&2 2>/dev/null; "
            + "trap : HUP INT QUIT ABRT PIPE ALRM TERM USR1 USR2; "
            + "command trap : TRAP XCPU XFSZ VTALRM PROF SYS; command trap : IO PWR STKFLT; command trap :"
            + realTimeSignals()
            + "; (exec \"$@\" 2>&3 3>&-); set -- $?; umask 077; set -C; echo $1 >";

    private final Path shell;

    /** @param shell one as POSIX has it */
    ExitShell(Path shell) {
        this.shell = shell;
    }

    /** What comes before the program and its arguments, given a file that is not there yet. */
    List<String> prefix(Path exitFile) {
        return List.of(shell.toString(), "-c", BEFORE + quoted(exitFile.toString()) + "; exit $1", "sh");
    }

    /** Whether the program gets its variables as they are, also through a shell. */
    static boolean passes(LaunchSpec launch) {
        return Stream.of(launch.environment().keySet(), launch.secrets().keySet(), launch.inherit())
                .flatMap(Set::stream)
                .allMatch(ShellVariables::pass);
    }

    /** The number of the program that a shell of this kind has started, waited for a little; its own if there is none. */
    static int awaitProgram(ProcFs procfs, int pid) {
        long begin = System.nanoTime();
        while (true) {
            int program = procfs.firstChild(pid);
            if (program != 0) {
                return program;
            }
            ProcStat stat = procfs.stat(pid);
            if (stat == null || stat.isDead() || System.nanoTime() - begin > PATIENCE_NANOS) {
                return pid;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String realTimeSignals() {
        var numbers = new StringBuilder();
        for (int number = FIRST_REAL_TIME; number <= LAST_REAL_TIME; number++) {
            numbers.append(' ').append(number);
        }
        return numbers.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
