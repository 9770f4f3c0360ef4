package dev.steward.process;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells of one process, in the file of that name in procfs. Immutable.
 *
 * @param startTicks when it started, in clock ticks since the machine did; with the pid, this names a process for as long as the machine runs
 */
record ProcStat(int pid, char state, int parent, int group, int session, int threads, long startTicks) {
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int THREADS = 17;
    private static final int START = 19;
    private static final Pattern BLANK = Pattern.compile(" ");

    /** Reads the text of the file; null if it is not one. The command, the second field, may itself hold blanks and brackets. */
    static @Nullable ProcStat parse(byte[] bytes, int length) {
        int close = length - 1;
        while (close >= 0 && bytes[close] != ')') {
            close--;
        }
        int open = 0;
        while (open < length && bytes[open] != '(') {
            open++;
        }
        if (close < 0 || open < 2 || close + 2 >= length) {
            return null;
        }
        String[] rest = BLANK.split(text(bytes, close + 2, length), -1);
        if (rest.length <= START || rest[0].length() != 1) {
            return null;
        }
        try {
            return new ProcStat(
                    Integer.parseInt(text(bytes, 0, open - 1)),
                    rest[0].charAt(0),
                    Integer.parseInt(rest[PARENT]),
                    Integer.parseInt(rest[GROUP]),
                    Integer.parseInt(rest[SESSION]),
                    Integer.parseInt(rest[THREADS]),
                    Long.parseLong(rest[START]));
        } catch (NumberFormatException notAStatFile) {
            return null;
        }
    }

    /** Whether it has ended and only waits for its parent to ask how. One whose first thread alone has ended is not dead. */
    boolean isDead() {
        return (state == 'Z' || state == 'X') && threads <= 1;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
