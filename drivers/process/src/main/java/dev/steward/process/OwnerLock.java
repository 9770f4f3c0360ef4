package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one owner has one driver at a time: two would stop each other's children as survivors. The kernel lets go of it when the
 * JVM ends, however it does. Safe for use by many threads.
 */
final class OwnerLock implements AutoCloseable {
    /** What drivers of this JVM have: to open and close the file once more would let go of a lock that is held. */
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** How a lock is asked for; null if another process has it. */
    @FunctionalInterface
    interface Locking {
        @Nullable
        FileLock tryLock(FileChannel channel) throws IOException;
    }

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws IllegalStateException if somebody has it, or it cannot be had */
    static OwnerLock take(Path folder, String owner) {
        return take(folder, owner, FileChannel::tryLock);
    }

    /** For tests: with another way to ask. */
    static OwnerLock take(Path folder, String owner, Locking locking) {
        Path file = folder.resolve("." + owner + ".lock");
        if (!TAKEN.add(file)) {
            throw taken(owner, folder);
        }
        OwnerLock lock = null;
        try {
            lock = open(file, locking);
        } catch (IOException failed) {
            throw new IllegalStateException("cannot lock " + file, failed);
        } finally {
            if (lock == null) {
                TAKEN.remove(file);
            }
        }
        if (lock == null) {
            throw taken(owner, folder);
        }
        return lock;
    }

    private static IllegalStateException taken(String owner, Path folder) {
        return new IllegalStateException("another driver of owner '" + owner + "' is open on " + folder);
    }

    private static @Nullable OwnerLock open(Path file, Locking locking) throws IOException {
        String flaw = Files.exists(file, NOFOLLOW_LINKS) ? OwnFiles.flawOfFile(file) : "";
        if (!flaw.isEmpty()) {
            throw new IOException("it " + flaw);
        }
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
        return locked ? new OwnerLock(file, channel) : null;
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
        if (closed.getAndSet(true)) {
            return; // the next one may have it by now
        }
        try {
            channel.close();
        } catch (IOException nothingIsLost) {
            // nothing was written
        }
        TAKEN.remove(file);
    }
}
