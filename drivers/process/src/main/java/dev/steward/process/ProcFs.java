package dev.steward.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads procfs: what runs, and what the kernel tells of each. Nothing here throws because a process ended in between; it is then simply not
 * there. But what cannot be read because this JVM is out of descriptors throws {@link UncheckedIOException}: not seeing is no news. Not safe
 * for use by many threads: one buffer serves all reads.
 */
class ProcFs {
    private static final int FIRST_BUFFER = 8 * 1024;
    private static final int LARGEST = 4 * 1024 * 1024;
    private static final int TICKS_ENTRY = 17;
    private static final int USUAL_TICKS = 100;
    private static final int FEWEST = 256;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Path root;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;
    private final String boot;
    private final int pidLimit;
    private final long ticksPerSecond;

    /** @throws IOException if {@code root} does not look like a procfs */
    ProcFs(Path root) throws IOException {
        this.root = root;
        this.boot = line("sys/kernel/random/boot_id");
        this.pidLimit = Integer.parseInt(line("sys/kernel/pid_max"));
        this.ticksPerSecond = ticksPerSecond();
    }

    /** The machine since it was started. */
    String boot() {
        return boot;
    }

    /** Process numbers are below this; they are given out in turn. */
    int pidLimit() {
        return pidLimit;
    }

    /** The numbers of all processes as of now, in no order. */
    int[] pids() {
        String[] names = root.toFile().list();
        if (names == null || names.length == 0) {
            throw new UncheckedIOException(new IOException("cannot list " + root));
        }
        int[] pids = new int[names.length];
        int count = 0;
        for (String name : names) {
            if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                pids[count++] = Integer.parseInt(name);
            }
        }
        return Arrays.copyOf(pids, count);
    }

    /** What the kernel tells of a process; null if there is none of that number. */
    @Nullable
    ProcStat stat(int pid) {
        return readOf(pid, "stat") ? ProcStat.parse(buffer, length) : null;
    }

    /** The environment that a process was started with; null if it is not there or not for us to read. */
    byte @Nullable [] environment(int pid) {
        return readOf(pid, "environ") ? Arrays.copyOf(buffer, length) : null;
    }

    /** The program and its arguments, each with a zero at the end; empty if it is not there, or in the middle of an {@code exec}. */
    byte[] commandLine(int pid) {
        return readOf(pid, "cmdline") ? Arrays.copyOf(buffer, length) : new byte[0];
    }

    /** Whether a process has a command line; in the middle of an {@code exec}, none has. */
    boolean hasCommandLine(int pid) {
        return readOf(pid, "cmdline") && length > 0;
    }

    /** How many processes were ever started on this machine; a number that nobody can tell is as large as can be. */
    long forks() {
        if (read("stat")) {
            String text = text();
            int at = text.indexOf("\nprocesses ");
            if (at >= 0) {
                int from = at + "\nprocesses ".length();
                return Long.parseLong(text.substring(from, text.indexOf('\n', from)));
            }
        }
        return Long.MAX_VALUE;
    }

    /** For how long a process that started at that tick has been running; zero if that cannot be told. */
    Duration age(long startTicks) {
        if (startTicks < 0 || !read("uptime")) {
            return Duration.ZERO;
        }
        try {
            double uptime = Double.parseDouble(BLANKS.split(text(), 2)[0]);
            return Duration.ofMillis(Math.max(0, (long) (uptime * 1000) - startTicks * 1000 / ticksPerSecond));
        } catch (NumberFormatException notAnUptime) {
            return Duration.ZERO;
        }
    }

    /** How much memory a process uses just now, in bytes; 0 if it is not there. */
    long memory(int pid) {
        return readOf(pid, "status") ? numberAfter("\nVmRSS:", 0) * 1024 : 0;
    }

    /** The first child of a process of one thread; 0 if there is none, or the kernel does not tell. */
    int firstChild(int pid) {
        if (!readOf(pid, "task/" + pid + "/children") || length == 0) {
            return 0;
        }
        try {
            return Integer.parseInt(BLANKS.split(text(), 2)[0]);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** How many descriptors this JVM may have. */
    int descriptorLimit() {
        return read("self/limits")
                ? (int) Math.min(numberAfter("\nMax open files", FEWEST), Integer.MAX_VALUE)
                : FEWEST;
    }

    /** Whether anything can be read at all. */
    boolean isReadable() {
        return read("loadavg");
    }

    /** The file by which a process, once opened, is held: its number can be given to another without being mistaken for it. */
    Path holdable(int pid) {
        return root.resolve(Integer.toString(pid)).resolve("statm");
    }

    /** What the kernel says to each program when it starts: pairs of words, a key and a value. */
    private long ticksPerSecond() {
        if (read("self/auxv")) {
            var words = ByteBuffer.wrap(buffer, 0, length).order(ByteOrder.nativeOrder());
            while (words.remaining() >= 2 * Long.BYTES) {
                long key = words.getLong();
                long value = words.getLong();
                if (key == TICKS_ENTRY && value > 0) {
                    return value;
                }
            }
        }
        return USUAL_TICKS;
    }

    private long numberAfter(String key, long otherwise) {
        String text = text();
        int at = text.indexOf(key);
        if (at < 0) {
            return otherwise;
        }
        try {
            return Long.parseLong(BLANKS.split(text.substring(at + key.length()).stripLeading(), 2)[0]);
        } catch (NumberFormatException unlimited) {
            return otherwise;
        }
    }

    private String text() {
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** In one read: a number under {@code sys} has no more to give to a second one. */
    private String line(String name) throws IOException {
        if (!read(name)) {
            throw new IOException("cannot read " + root + "/" + name);
        }
        return text().strip();
    }

    private boolean readOf(int pid, String name) {
        if (read(pid + "/" + name)) {
            return true;
        }
        if (new File(root + "/" + pid).exists() && !isReadable()) {
            throw new UncheckedIOException(new IOException("cannot read in " + root));
        }
        return false;
    }

    private boolean read(String name) {
        try (var in = new FileInputStream(root + "/" + name)) {
            length = 0;
            int got;
            while ((got = in.read(buffer, length, buffer.length - length)) > 0) {
                length += got;
                if (length == buffer.length) {
                    if (length >= LARGEST) {
                        break;
                    }
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
            }
            return true;
        } catch (IOException goneOrNotForUs) {
            return false;
        }
    }
}
