package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
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
import java.util.Set;

/**
 * The folder with a file for each instance and stream. The children own the files: they append to them, also when nobody follows any more,
 * and the last lines are read from them when somebody asks, so nothing is held in memory and nothing polls. A file may be cut to nothing
 * at any time (that is how logs are rotated); renamed, it is still the one that the child writes to. Safe for use by many threads.
 */
class OutputFolder {
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int CHUNK = 32 * 1024;

    private final Path folder;
    private final int longestLine;

    /**
     * Makes the folder, for its owner only, unless it is there.
     *
     * @throws IOException if it cannot be made
     * @throws IllegalArgumentException if everybody may write to it, and could so direct the output elsewhere
     */
    OutputFolder(Path folder, int longestLine) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, FOLDER_MODE);
        }
        this.folder = folder.toRealPath();
        this.longestLine = longestLine;
        if (Files.getPosixFilePermissions(this.folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IllegalArgumentException("everybody may write to the folder for output, " + folder);
        }
    }

    /** The folder itself, without links. */
    Path folder() {
        return folder;
    }

    /** Where a stream of an instance goes. */
    Path file(String name, Output output) {
        return folder.resolve(SafeName.forFile(name) + output.suffix());
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

    /** How much is in the file; 0 if it cannot be told. */
    long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException nothingThere) {
            return 0;
        }
    }

    /**
     * The last lines in the file, without those before {@code from}; reads no more than could be kept of them.
     *
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

    private List<String> tail(Path file, long from, int lines, boolean whole, Mask mask) throws IOException {
        if (hasNothingAfter(file, from)) {
            return List.of(); // the usual end of a life
        }
        var ring = new LineRing(lines, longestLine);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS))) {
            long size = channel.size();
            long first = from > size ? 0 : from;
            long window = (long) lines * (longestLine + 1L) + 1;
            if (size - first > window) {
                first = size - window;
                ring.startInside();
            }
            int reach = (int) Math.min(first - (from > size ? 0 : from), mask.reach());
            channel.position(first - reach);
            feed(Channels.newInputStream(channel), size - first + reach, ring, mask, reach);
        }
        if (whole) {
            ring.finish();
        }
        return ring.lines();
    }

    private static boolean hasNothingAfter(Path file, long from) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() && attributes.size() == from;
        } catch (NoSuchFileException neverWritten) {
            return true;
        }
    }

    private static void feed(InputStream in, long limit, LineRing ring, Mask mask, int reach) throws IOException {
        if (mask != Mask.NONE) {
            byte[] masked = mask.apply(in.readNBytes((int) limit), reach);
            ring.accept(masked, masked.length);
            return;
        }
        byte[] chunk = new byte[CHUNK];
        long left = limit;
        while (left > 0) {
            int got = in.read(chunk, 0, (int) Math.min(left, chunk.length));
            if (got < 0) {
                return;
            }
            ring.accept(chunk, got);
            left -= got;
        }
    }
}
