package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one owner has one driver at a time: two would stop each other's children as survivors. The kernel lets go of it when the
 * JVM ends, however it does. Safe for use by many threads.
 */
final class OwnerLock implements AutoCloseable {
    private final FileChannel channel;

    /** How a lock is asked for; null if another process has it. */
    @FunctionalInterface
    interface Locking {
        @Nullable
        FileLock tryLock(FileChannel channel) throws IOException;
    }

    private OwnerLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws IllegalStateException if somebody has it, or it cannot be had */
    static OwnerLock take(Path folder, String owner) {
        return take(folder, owner, FileChannel::tryLock);
    }

    /** For tests: with another way to ask. */
    static OwnerLock take(Path folder, String owner, Locking locking) {
        Path file = folder.resolve("." + owner + ".lock");
        try {
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, NOFOLLOW_LINKS),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            boolean locked = false;
            try {
                locked = lock(channel, locking) != null;
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            if (!locked) {
                throw new IllegalStateException("another driver of owner '" + owner + "' is open on " + folder);
            }
            return new OwnerLock(channel);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot lock " + file, failed);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel, Locking locking) throws IOException {
        try {
            return locking.tryLock(channel);
        } catch (OverlappingFileLockException ofThisJvm) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingIsLost) {
            // nothing was written
        }
    }
}
