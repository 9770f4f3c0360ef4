package dev.steward.process;

import dev.steward.instance.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of a life when it begins, so that the next driver knows its first process from every other. As text it is a line for
 * each field and one that says that nothing is missing. Immutable.
 *
 * @param identity of its first process
 * @param group number of its process group and session
 * @param wrapped whether its first process is the shell that writes down the exit code
 * @param outputFrom where its part of the file for standard output begins
 * @param errorsFrom the same for standard error
 */
record BirthRecord(
        String owner,
        String instance,
        Incarnation life,
        ProcessIdentity identity,
        int group,
        boolean wrapped,
        long outputFrom,
        long errorsFrom) {
    private static final String FORMAT = "steward-life ";
    private static final int VERSION = 1;
    private static final String END = "end";
    private static final List<String> KEYS =
            List.of("owner", "instance", "life", "boot", "pid", "ticks", "group", "wrapped", "output", "errors");

    /** As it stands in a file. */
    String text() {
        List<Object> values = List.of(
                owner,
                SafeName.encode(instance),
                life.id(),
                identity.boot(),
                identity.pid(),
                identity.startTicks(),
                group,
                wrapped,
                outputFrom,
                errorsFrom);
        var text = new StringBuilder(FORMAT).append(VERSION).append('\n');
        for (int i = 0; i < KEYS.size(); i++) {
            text.append(KEYS.get(i)).append('=').append(values.get(i)).append('\n');
        }
        return text.append(END).append('\n').toString();
    }

    /** Whether the text is from a later release, which may say things that nobody here understands. */
    static boolean isNewer(String text) {
        int end = text.indexOf('\n');
        if (end < 0 || !text.startsWith(FORMAT)) {
            return false;
        }
        try {
            return Integer.parseInt(text.substring(FORMAT.length(), end)) > VERSION;
        } catch (NumberFormatException garbage) {
            return false;
        }
    }

    /** Reads it; null if it is torn, or never was one. */
    static @Nullable BirthRecord parse(String text) {
        List<String> lines = text.lines().toList();
        boolean whole = text.endsWith("\n")
                && lines.size() == KEYS.size() + 2
                && lines.get(0).equals(FORMAT + VERSION)
                && lines.get(KEYS.size() + 1).equals(END);
        for (int i = 0; whole && i < KEYS.size(); i++) {
            whole = lines.get(i + 1).startsWith(KEYS.get(i) + "=");
        }
        if (!whole) {
            return null;
        }
        try {
            return of(lines);
        } catch (IllegalArgumentException garbage) {
            return null;
        }
    }

    private static BirthRecord of(List<String> lines) {
        int pid = Integer.parseInt(value(lines, 4));
        long ticks = Long.parseLong(value(lines, 5));
        int group = Integer.parseInt(value(lines, 6));
        long outputFrom = Long.parseLong(value(lines, 8));
        long errorsFrom = Long.parseLong(value(lines, 9));
        String wrapped = value(lines, 7);
        if (pid <= 1 || ticks < 0 || group <= 1 || outputFrom < 0 || errorsFrom < 0 || !wrapped.matches("true|false")) {
            throw new IllegalArgumentException("not what was written");
        }
        return new BirthRecord(
                value(lines, 0),
                SafeName.decode(value(lines, 1)),
                new Incarnation(value(lines, 2)),
                new ProcessIdentity(pid, ticks, value(lines, 3)),
                group,
                wrapped.equals("true"),
                outputFrom,
                errorsFrom);
    }

    private static String value(List<String> lines, int key) {
        return lines.get(key + 1).substring(KEYS.get(key).length() + 1);
    }
}
