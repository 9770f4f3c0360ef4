package dev.steward.process;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What can be chosen about a {@link ProcessDriver}. Immutable.
 *
 * @param sweep how long the end of a process that is not our own child, or whose notice is late, stays unseen; 1 ms to 1 min
 * @param longestLine bytes after which a line is cut; 16 to 1 MiB
 * @param exitLines how many lines of standard error come with the news of an exit at most; 1 to 10,000, and with {@code longestLine}
 *     no more than 256 MiB
 * @param records whether the identity of each child is kept in the driver's folder, so that the next driver also finds a program that has
 *     overwritten its environment, knows where its output began, and how it ended
 * @param exitCodes for which children a small shell waits that writes down how they end
 * @param closeGrace with {@code OnClose.STOP}: how long children have to end after they were told to, before they are killed; 0 to 1 min
 * @param rotation when output is set aside
 * @param forwarding how much output goes to the log as well
 */
public record ProcessOptions(
        Duration sweep,
        int longestLine,
        int exitLines,
        boolean records,
        ExitCodes exitCodes,
        Duration closeGrace,
        Rotation rotation,
        Forwarding forwarding) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_EXIT_LINES = 10_000;
    private static final long MOST_EXIT_BYTES = 256L << 20;
    private static final ProcessOptions DEFAULTS = new ProcessOptions(
            Duration.ofMillis(100),
            4096,
            51,
            true,
            ExitCodes.WHEN_NEEDED,
            Duration.ofSeconds(3),
            Rotation.standard(),
            Forwarding.off());

    /**
     * For which children a small shell waits, so that a driver that has adopted them knows their exit code. It costs about a megabyte and a
     * millisecond for each launch. Without records there is none.
     */
    public enum ExitCodes {
        /** For all. */
        ALWAYS,
        /** For those whose restart policy asks for the code. */
        WHEN_NEEDED,
        /** For none: the end of an adopted child is always unknown. */
        NEVER
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public ProcessOptions {
        require(sweep.toMillis() >= 1 && sweep.compareTo(MINUTE) <= 0, "sweep", sweep);
        require(longestLine >= 16 && longestLine <= 1 << 20, "longest line", longestLine);
        require(exitLines >= 1 && exitLines <= MOST_EXIT_LINES, "exit lines", exitLines);
        if ((long) exitLines * longestLine > MOST_EXIT_BYTES) {
            throw new IllegalArgumentException(
                    "exit lines are " + exitLines + " of up to " + longestLine + " bytes, more than 256 MiB");
        }
        require(!closeGrace.isNegative() && closeGrace.compareTo(MINUTE) <= 0, "grace at close", closeGrace);
        requireNonNull(exitCodes, "exitCodes");
        requireNonNull(rotation, "rotation");
        requireNonNull(forwarding, "forwarding");
    }

    /**
     * A sweep each 100 ms, lines of up to 4096 bytes, and 51 with an exit, which is one more than a manager shows whole, so that it can tell
     * that there were more; records, exit codes when needed, 3 s of grace at close, rotation at 50 MiB, and nothing to the log.
     */
    public static ProcessOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another period of the sweep. */
    public ProcessOptions withSweep(Duration other) {
        return new ProcessOptions(other, longestLine, exitLines, records, exitCodes, closeGrace, rotation, forwarding);
    }

    /** The same with another longest line. */
    public ProcessOptions withLongestLine(int other) {
        return new ProcessOptions(sweep, other, exitLines, records, exitCodes, closeGrace, rotation, forwarding);
    }

    /** The same with another number of lines for an exit. */
    public ProcessOptions withExitLines(int other) {
        return new ProcessOptions(sweep, longestLine, other, records, exitCodes, closeGrace, rotation, forwarding);
    }

    /** The same with or without records. */
    public ProcessOptions withRecords(boolean other) {
        return new ProcessOptions(sweep, longestLine, exitLines, other, exitCodes, closeGrace, rotation, forwarding);
    }

    /** The same with exit codes of others. */
    public ProcessOptions withExitCodes(ExitCodes other) {
        return new ProcessOptions(sweep, longestLine, exitLines, records, other, closeGrace, rotation, forwarding);
    }

    /** The same with another grace at close. */
    public ProcessOptions withCloseGrace(Duration other) {
        return new ProcessOptions(sweep, longestLine, exitLines, records, exitCodes, other, rotation, forwarding);
    }

    /** The same with another rotation. */
    public ProcessOptions withRotation(Rotation other) {
        return new ProcessOptions(sweep, longestLine, exitLines, records, exitCodes, closeGrace, other, forwarding);
    }

    /** The same with another forwarding. */
    public ProcessOptions withForwarding(Forwarding other) {
        return new ProcessOptions(sweep, longestLine, exitLines, records, exitCodes, closeGrace, rotation, other);
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + " is " + value);
        }
    }
}
