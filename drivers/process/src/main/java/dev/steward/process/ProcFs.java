package dev.steward.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads procfs: what runs, and what the kernel tells of each. Nothing here throws because a process ended in between; it is then simply not
 * there. But what cannot be read because this JVM is out of descriptors throws {@link UncheckedIOException}: not seeing is no news. Not safe for use by many threads: one buffer serves all reads.
 */
class ProcFs {
    private static final int FIRST_BUFFER = 8 * 1024;
    private static final int LARGEST = 4 * 1024 * 1024;

    private final Path root;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;
    private final String boot;
    private final int pidLimit;

    /** @throws IOException if {@code root} does not look like a procfs */
    ProcFs(Path root) throws IOException {
        this.root = root;
        this.boot = line("sys/kernel/random/boot_id");
        this.pidLimit = Integer.parseInt(line("sys/kernel/pid_max"));
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

    /** Whether a process has a command line; in the middle of an {@code exec}, none has. */
    boolean hasCommandLine(int pid) {
        return readOf(pid, "cmdline") && length > 0;
    }

    /** How many processes were ever started on this machine; a number that nobody can tell is as large as can be. */
    long forks() {
        if (read("stat")) {
            String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            int at = text.indexOf("\nprocesses ");
            if (at >= 0) {
                int from = at + "\nprocesses ".length();
                return Long.parseLong(text.substring(from, text.indexOf('\n', from)));
            }
        }
        return Long.MAX_VALUE;
    }

    /** The file by which a process, once opened, is held: its number can be given to another without being mistaken for it. */
    Path holdable(int pid) {
        return root.resolve(Integer.toString(pid)).resolve("statm");
    }

    /** In one read: a number under {@code sys} has no more to give to a second one. */
    private String line(String name) throws IOException {
        if (!read(name)) {
            throw new IOException("cannot read " + root + "/" + name);
        }
        return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    private boolean readOf(int pid, String name) {
        if (read(pid + "/" + name)) {
            return true;
        }
        if (new File(root + "/" + pid).exists() && !read("loadavg")) {
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
