package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the content of a file aside: copies it, and cuts it to nothing. The child owns the file and appends to it, so it goes on at the new end
 * and notices nothing. Belongs to the keeper's thread.
 *
 * <p><b>What can be lost.</b> What the child writes between the last read that found nothing more and the cut, which follows at once: some tens
 * of microseconds, once for each rotation. The copy is made first, the rest that came meanwhile is added until it is small, and the copy has its
 * final name before the file is cut; so whoever stops this at any point leaves at worst lines that are there twice. A program that writes faster
 * than can be copied loses what it wrote during the last of {@value #ROUNDS} rounds.
 *
 * <p><b>A full disk.</b> The output of a program must not take the host down, and what it says now is worth more than what it said last week. So
 * if there is no room for the copy, the oldest copies go until there is; if none is left, the file is cut all the same and only its last
 * mebibyte is kept. Of any other trouble (a disk that can only be read, a copy's name that is a folder) the file keeps growing, and it is tried
 * again a minute later. Both are told once, and again when it is over.
 *
 * <p>A file that somebody has put in the place of the child's, or a link, is never touched.
 */
final class Rotator {
    /** How often the rest is copied that came during the copy before. */
    static final int ROUNDS = 10;

    private static final Logger log = LoggerFactory.getLogger(Rotator.class);
    private static final int CHUNK = 256 * 1024;
    private static final long SMALL = 64 * 1024;
    private static final int END = 1 << 20;
    private static final Set<OpenOption> CHANGE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);

    private final OutputFolder outputs;
    private final int keep;
    private final BooleanSupplier stopped;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private boolean degraded;

    /** @param stopped asked between two pieces of a copy: whether it is to be given up */
    Rotator(OutputFolder outputs, int keep, BooleanSupplier stopped) {
        this.outputs = outputs;
        this.keep = keep;
        this.stopped = stopped;
    }

    /**
     * Sets aside what is in a file, if it is the one that is meant.
     *
     * @return whether it is cut
     */
    boolean setAside(Path file, Object key) {
        try (FileChannel source = open(file)) {
            OutputFolder.Seen seen = outputs.look(file);
            if (seen == null || !seen.key().equals(key)) {
                return false;
            }
            dropBeyond(file);
            if (keep == 0) {
                outputs.change(file, () -> cut(source, source.size()));
                return true;
            }
            return copyAndCut(file, source);
        } catch (IOException failed) {
            trouble("output cannot be set aside, and grows: {}", failed.toString());
            return false;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, CHANGE);
    }

    private boolean copyAndCut(Path file, FileChannel source) throws IOException {
        boolean wasFull = false;
        while (true) {
            if (hasRoom(file, source.size())) {
                try {
                    boolean done = copy(file, source);
                    if (done && !wasFull) {
                        noTrouble();
                    }
                    return done;
                } catch (IOException failed) {
                    if (!isFull(failed)) {
                        throw failed;
                    }
                }
            }
            wasFull = true;
            if (!dropOldest(file)) {
                trouble("the disk is full: of the output in {} only the end is kept", file);
                keepEnd(file, source);
                return true;
            }
            trouble("the disk is full: the oldest output is given up to set aside {}", file);
        }
    }

    private boolean copy(Path file, FileChannel source) throws IOException {
        Path fresh = fresh(file);
        try (FileChannel target = create(fresh)) {
            long copied = 0;
            for (int round = 0; round < ROUNDS; round++) {
                copied = copy(source, copied, target, stopped);
                if (stopped.getAsBoolean()) {
                    Files.deleteIfExists(fresh);
                    return false;
                }
                if (source.size() - copied < SMALL) {
                    break;
                }
            }
            long begun = copied;
            outputs.change(file, () -> {
                shift(file);
                Files.move(fresh, outputs.copy(file, 1), StandardCopyOption.ATOMIC_MOVE);
                return cut(source, rest(source, begun, target));
            });
            return true;
        } catch (IOException failed) {
            Files.deleteIfExists(fresh);
            throw failed;
        }
    }

    /** The copy has its name by now: what cannot be added to it is lost, rather than all of it there twice. */
    private long rest(FileChannel source, long from, FileChannel target) {
        long copied = from;
        try {
            for (int round = 0; round < ROUNDS && source.size() > copied; round++) {
                copied = copy(source, copied, target, () -> false);
            }
        } catch (IOException full) {
            trouble("the last bytes of output cannot be set aside: {}", full.toString());
        }
        return copied;
    }

    /** Copies what is there now; answers how far it came. */
    private long copy(FileChannel source, long from, FileChannel target, BooleanSupplier enough) throws IOException {
        long to = source.size();
        long at = from;
        while (at < to && !enough.getAsBoolean()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), to - at));
            int got = source.read(chunk, at);
            if (got <= 0) {
                return at; // somebody else has cut it
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                target.write(chunk);
            }
            at += got;
        }
        return at;
    }

    private static long cut(FileChannel source, long counted) throws IOException {
        source.truncate(0);
        return counted;
    }

    private void keepEnd(Path file, FileChannel source) throws IOException {
        outputs.change(file, () -> {
            long size = source.size();
            ByteBuffer end = ByteBuffer.allocate((int) Math.min(END, size));
            long from = size - end.capacity();
            while (end.hasRemaining() && source.read(end, from + end.position()) > 0) {
                // until it is full
            }
            end.flip();
            source.truncate(0);
            Path fresh = fresh(file);
            try (FileChannel target = create(fresh)) {
                while (end.hasRemaining()) {
                    target.write(end);
                }
                Files.move(fresh, outputs.copy(file, 1), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException stillFull) {
                Files.deleteIfExists(fresh);
            }
            return size;
        });
    }

    private Path fresh(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh); // what a driver that was killed in between has left
        return fresh;
    }

    private static FileChannel create(Path fresh) throws IOException {
        return FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OutputFolder.FILE_MODE);
    }

    /** Makes place for a new first copy; the last one is overwritten. */
    private void shift(Path file) throws IOException {
        for (int number = keep - 1; number >= 1; number--) {
            Path copy = outputs.copy(file, number);
            if (Files.exists(copy, NOFOLLOW_LINKS)) {
                Files.move(copy, outputs.copy(file, number + 1), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Those that are left from a time when more were kept. */
    private void dropBeyond(Path file) throws IOException {
        int number = keep + 1;
        while (Files.deleteIfExists(outputs.copy(file, number))) {
            number++;
        }
    }

    private boolean dropOldest(Path file) throws IOException {
        for (int number = keep; number >= 1; number--) {
            if (Files.deleteIfExists(outputs.copy(file, number))) {
                return true;
            }
        }
        return false;
    }

    /** Asked before, because a copy that fills the disk to the brim does harm to others. */
    private boolean hasRoom(Path file, long size) throws IOException {
        return Files.getFileStore(file).getUsableSpace() > size + END;
    }

    private static boolean isFull(IOException failed) {
        String text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota");
    }

    private void trouble(String text, Object what) {
        if (!degraded) {
            log.atWarn().log(text, what);
            degraded = true;
        }
    }

    private void noTrouble() {
        if (degraded) {
            log.atInfo().log("output is set aside as usual again");
            degraded = false;
        }
    }
}
