package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.steward.instance.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with a file for each instance and stream. The children own the files: they append to them, also when nobody follows any more,
 * and the last lines are read from them when somebody asks, so nothing is held in memory. A file may be cut to nothing at any time (that is
 * how {@link Rotator} does it, and anybody else may); renamed, it is still the one that the child writes to.
 *
 * <p><b>Positions</b> in what a program has written count what was cut off by the rotator, so they stay true when a file is cut in between, and
 * what was written before that is read from the newest copy. A driver that comes later counts from the beginning of the newest copy: what
 * {@link #lasting} made of a position is true there if the file was not cut since, or once and for the first time; otherwise it may name an
 * earlier or later line.
 *
 * <p>Safe for use by many threads. A short lock keeps those who read from seeing a file between its copy and its cut; a long copy is made
 * outside of it.
 */
class OutputFolder {
    private static final Logger log = LoggerFactory.getLogger(OutputFolder.class);
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int CHUNK = 32 * 1024;

    private final Path folder;
    private final int longestLine;
    private final Beginnings beginnings = new Beginnings(this);
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Path, Long> cut = new ConcurrentHashMap<>();

    /**
     * Makes the folder, for its owner only, unless it is there. One that its group may write to is taken, with a warning.
     *
     * @throws IOException if it cannot be made
     * @throws IllegalArgumentException if it is another user's, or everybody may write to it: they could direct the output elsewhere
     */
    OutputFolder(Path folder, int longestLine) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
        this.folder = folder.toRealPath();
        this.longestLine = longestLine;
        String stranger = OwnFiles.foreignOwner(this.folder);
        if (!stranger.isEmpty()) {
            throw new IllegalArgumentException("the folder for output, " + folder + ", belongs to user " + stranger);
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(this.folder);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalArgumentException("everybody may write to the folder for output, " + folder);
        }
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            log.atWarn().log("the group of the folder for output, {}, may write to it", folder);
        }
    }

    /** The folder itself, without links. */
    Path folder() {
        return folder;
    }

    /** Where each life begins in the files. */
    Beginnings beginnings() {
        return beginnings;
    }

    /** Where a stream of an instance goes. */
    Path file(String name, Output output) {
        return folder.resolve(SafeName.forFile(name) + (output == Output.STDOUT ? ".out" : ".err"));
    }

    /**
     * Makes sure that a child can append to the file, and makes it, for its owner only, where it is not there.
     *
     * @throws IOException if it cannot; also if it is a link, a pipe, or anything else but a regular file
     */
    void prepare(Path file) throws IOException {
        try {
            Files.createFile(file, FILE_MODE);
        } catch (FileAlreadyExistsException asUsual) {
            // looked at before it is opened: to open a pipe would wait for a reader
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                throw new IOException("not a regular file: " + file, asUsual);
            }
            Files.newByteChannel(file, Set.of(StandardOpenOption.APPEND, NOFOLLOW_LINKS))
                    .close();
        }
    }

    /** Where the n-th newest copy of what was cut from a file is. */
    Path copy(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    /** How much was written to the file so far: what is in it, and what was cut from it as far as is known. */
    long size(Path file) {
        try {
            return cutFrom(file) + Files.size(file);
        } catch (IOException nothingThere) {
            return cutFrom(file);
        }
    }

    /** What is at the place of the file now; null if nothing is. */
    @Nullable
    Seen look(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? new Seen(attributes.fileKey(), cutFrom(file), attributes.size()) : null;
        } catch (IOException nothingThere) {
            return null;
        }
    }

    /**
     * A file as it was at one moment.
     *
     * @param key what tells it from another at the same place
     * @param cut how much was cut from it before
     * @param size how much is in it
     */
    record Seen(Object key, long cut, long size) {
        /** How much was written to it so far. */
        long end() {
            return cut + size;
        }
    }

    /** The same position as a driver counts that comes later, while the file is not cut again. */
    long lasting(Path file, long position) {
        return Math.max(0, position - cutFrom(file) + newestCopy(file));
    }

    /** What was cut before this folder was opened is known as far as the newest copy goes. */
    private long cutFrom(Path file) {
        return cut.computeIfAbsent(file, this::newestCopy);
    }

    private long newestCopy(Path file) {
        try {
            Path newest = copy(file, 1);
            return Files.isRegularFile(newest, NOFOLLOW_LINKS) ? Files.size(newest) : 0L;
        } catch (IOException none) {
            return 0L;
        }
    }

    /**
     * Does what nobody who reads may see half done.
     *
     * @param change answers how much it has cut from the file
     */
    void change(Path file, Change change) throws IOException {
        long before = cutFrom(file);
        lock.writeLock().lock();
        try {
            cut.put(file, before + change.make());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** A change of a file and its copies. */
    interface Change {
        /** Answers how many bytes were cut. */
        long make() throws IOException;
    }

    /**
     * The last lines of what was written after {@code from}, also if the file was cut once since; reads no more than could be kept of them.
     *
     * @param from as {@link #size} was
     * @param whole whether nobody will complete the last line, so that it is taken as it is
     * @throws IOException if the file is there and cannot be read
     */
    List<String> tail(Path file, long from, int lines, boolean whole) throws IOException {
        return tail(file, from, lines, whole, Mask.NONE);
    }

    /**
     * The same of a life that has ended, and without its secrets.
     *
     * @throws IOException if the file is there and cannot be read
     */
    List<String> lastWords(Path file, long from, int lines, Mask mask) throws IOException {
        return tail(file, from, lines, true, mask);
    }

    /**
     * Reads what was written after {@code from}, as many bytes as there is room for.
     *
     * @return where to go on, and how many bytes these are
     * @throws IOException if the file cannot be read
     */
    Read read(Path file, long from, byte[] into) throws IOException {
        lock.readLock().lock();
        try (Passage passage = Passage.open(file, copy(file, 1), cutFrom(file) - from)) {
            long begin = cutFrom(file) + passage.fileSize() - passage.length();
            int filled = Math.max(0, passage.read(into));
            return new Read(begin + filled, filled, Math.max(0, begin - from));
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * What was read.
     *
     * @param next where to go on
     * @param bytes how many were read
     * @param lost how many could not be, because they are gone
     */
    record Read(long next, int bytes, long lost) {}

    private List<String> tail(Path file, long from, int lines, boolean whole, Mask mask) throws IOException {
        Seen seen = look(file);
        if (seen != null && seen.end() == from) {
            return List.of(); // the usual end of a life
        }
        var ring = new LineRing(lines, longestLine);
        lock.readLock().lock();
        try (Passage passage = Passage.open(file, copy(file, 1), cutFrom(file) - from)) {
            long window = (long) lines * (longestLine + 1L) + 1;
            long skipped = Math.max(0, passage.length() - window);
            if (skipped > 0 || !passage.isComplete()) {
                ring.startInside();
            }
            int reach = (int) Math.min(skipped, mask.reach());
            passage.skip(skipped - reach);
            feed(passage, passage.length() - skipped + reach, ring, mask, reach);
        } catch (NoSuchFileException neverWritten) {
            return List.of();
        } finally {
            lock.readLock().unlock();
        }
        if (whole) {
            ring.finish();
        }
        return ring.lines();
    }

    private static void feed(Passage passage, long length, LineRing ring, Mask mask, int reach) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        if (mask == Mask.NONE) {
            for (int got = passage.read(chunk); got > 0; got = passage.read(chunk)) {
                ring.accept(chunk, got);
            }
            return;
        }
        var all = new ByteArrayOutputStream((int) length);
        for (int got = passage.read(chunk); got > 0; got = passage.read(chunk)) {
            all.write(chunk, 0, got);
        }
        byte[] masked = mask.apply(all.toByteArray(), reach);
        ring.accept(masked, masked.length);
    }
}
