package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a program wrote to one stream since some moment: in the file, or, where that was cut since, at the end of its newest copy and then in
 * the file. As much as was there when it was opened. Not safe for use by many threads.
 */
final class Passage implements Closeable {
    private final @Nullable SeekableByteChannel copy;
    private final SeekableByteChannel file;
    private final long inCopy;
    private final long inFile;
    private final long fileSize;
    private final boolean complete;
    private long copyLeft;
    private long fileLeft;

    private Passage(@Nullable SeekableByteChannel copy, SeekableByteChannel file, long before) throws IOException {
        this.fileSize = file.size();
        long from = -before > fileSize ? 0 : Math.max(0, -before); // somebody else has cut it
        this.copy = copy;
        this.file = file;
        this.inCopy = copy == null ? 0 : Math.min(before, copy.size());
        this.inFile = fileSize - from;
        this.complete = before <= inCopy;
        this.copyLeft = inCopy;
        this.fileLeft = inFile;
        if (copy != null) {
            copy.position(copy.size() - inCopy);
        }
        file.position(from);
    }

    /**
     * Opens it.
     *
     * @param before how many bytes before the beginning of the file it begins; negative if it begins inside
     * @throws IOException if the file cannot be read
     */
    static Passage open(Path file, Path copy, long before) throws IOException {
        SeekableByteChannel inFile = read(file);
        SeekableByteChannel inCopy = null;
        try {
            if (before > 0 && Files.isRegularFile(copy, NOFOLLOW_LINKS)) {
                inCopy = read(copy);
            }
            return new Passage(inCopy, inFile, before);
        } catch (IOException | RuntimeException failed) {
            close(inFile);
            close(inCopy);
            throw failed;
        }
    }

    /** In bytes, from the beginning. */
    long length() {
        return inCopy + inFile;
    }

    /** How much is in the file. */
    long fileSize() {
        return fileSize;
    }

    /** Whether its beginning is still there. */
    boolean isComplete() {
        return complete;
    }

    /** Goes on so many bytes later; at most as many as there are. */
    void skip(long bytes) throws IOException {
        long ofCopy = Math.min(copyLeft, bytes);
        if (copy != null) {
            copy.position(copy.position() + ofCopy);
        }
        copyLeft -= ofCopy;
        file.position(file.position() + bytes - ofCopy);
        fileLeft -= bytes - ofCopy;
    }

    /** Reads at most as many bytes as there is room for; fewer than 1 if there are no more. */
    int read(byte[] into) throws IOException {
        if (copy != null && copyLeft > 0) {
            int got = copy.read(ByteBuffer.wrap(into, 0, (int) Math.min(into.length, copyLeft)));
            copyLeft -= Math.max(got, 0);
            return got;
        }
        int got = fileLeft <= 0 ? -1 : file.read(ByteBuffer.wrap(into, 0, (int) Math.min(into.length, fileLeft)));
        fileLeft -= Math.max(got, 0);
        return got;
    }

    @Override
    public void close() {
        close(copy);
        close(file);
    }

    private static SeekableByteChannel read(Path path) throws IOException {
        return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
    }

    private static void close(@Nullable SeekableByteChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException nothingIsLost) {
            // it was only read
        }
    }
}
