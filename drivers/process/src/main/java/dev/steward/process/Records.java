package dev.steward.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.steward.instance.ExitStatus;
import dev.steward.instance.Incarnation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with a {@link BirthRecord} for each life of one owner, in a file that appears whole or not at all, and beside it, once a
 * wrapped life has ended, its exit code. A file per life and not per instance: an older life may linger while the next one runs.
 *
 * <p>Nothing is forced to the disk, since nothing here means anything after the machine was started again. Where nothing can be written,
 * everything goes on without: that is logged once. Belongs to the driver's thread.
 */
final class Records {
    private static final Logger log = LoggerFactory.getLogger(Records.class);
    private static final FileAttribute<?> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String RECORD = ".life";
    private static final String EXIT = ".exit";
    private static final String UNFINISHED = ".new";
    private static final int LARGEST = 8 * 1024;

    private final Path folder;
    private final String owner;
    private final boolean on;
    private boolean degraded;

    private Records(Path folder, String owner, boolean on) {
        this.folder = folder;
        this.owner = owner;
        this.on = on;
    }

    /**
     * In a folder of their own inside of that of the driver, which is made if it can be.
     *
     * @throws IllegalArgumentException if it is there and not ours alone
     */
    static Records in(Path folder, String owner) {
        var records = new Records(at(folder, owner), owner, true);
        try {
            records.make();
        } catch (IOException failed) {
            records.degraded(failed);
        }
        return records;
    }

    /** None are kept. */
    static Records none(Path folder, String owner) {
        return new Records(at(folder, owner), owner, false);
    }

    private static Path at(Path folder, String owner) {
        return folder.resolve("." + owner + ".lives");
    }

    boolean areKept() {
        return on;
    }

    /** The file that gets the exit code of a life. */
    Path exitFile(String name, Incarnation life) {
        return file(name, life, EXIT);
    }

    /** Keeps one. */
    void write(BirthRecord record) {
        if (!on || record.identity().startTicks() == ProcessIdentity.UNSEEN) {
            return;
        }
        byte[] text = record.text().getBytes(StandardCharsets.UTF_8);
        try {
            try {
                put(record, text);
            } catch (NoSuchFileException folderIsGone) {
                make();
                put(record, text);
            }
            if (degraded) {
                log.atInfo().addKeyValue("folder", folder).log("birth records are kept again");
                degraded = false;
            }
        } catch (IOException | IllegalArgumentException failed) {
            degraded(failed);
        }
    }

    private void put(BirthRecord record, byte[] text) throws IOException {
        Path unfinished = file(record.instance(), record.life(), UNFINISHED);
        try {
            try (SeekableByteChannel channel = create(unfinished)) {
                var rest = ByteBuffer.wrap(text);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            Files.move(unfinished, file(record.instance(), record.life(), RECORD), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            delete(unfinished);
            throw failed;
        }
    }

    private static SeekableByteChannel create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return Files.newByteChannel(file, options, FILE_MODE);
        } catch (FileAlreadyExistsException leftOver) {
            Files.delete(file);
            return Files.newByteChannel(file, options, FILE_MODE);
        }
    }

    /** Of that life nothing is left, so nothing is kept. */
    void remove(String name, Incarnation life) {
        if (on) {
            delete(file(name, life, RECORD));
            delete(file(name, life, EXIT));
        }
    }

    /**
     * All that an earlier driver has kept. What is no record of ours, or not one that can be understood, is logged and left as it is.
     *
     * @throws UncheckedIOException if there is no descriptor left to read them with
     */
    List<BirthRecord> read(ProcFs procfs) {
        if (!on || !isOurs(procfs)) {
            return List.of();
        }
        var records = new ArrayList<BirthRecord>();
        for (Path file : list(procfs, RECORD)) {
            try {
                read(file, records);
            } catch (AccessDeniedException | NoSuchFileException notForUs) {
                skip(file, notForUs.toString());
            } catch (IOException failed) {
                requireSight(procfs, failed);
                skip(file, failed.toString());
            }
        }
        return records;
    }

    /** Whether the folder is still ours alone: it may have been replaced since it was made. */
    private boolean isOurs(ProcFs procfs) {
        try {
            String flaw = OwnFiles.flawOfFolder(folder);
            if (!flaw.isEmpty()) {
                skip(folder, flaw);
            }
            return flaw.isEmpty();
        } catch (AccessDeniedException | NoSuchFileException none) {
            log.atDebug().log("no birth records: {}", none.toString());
        } catch (IOException failed) {
            requireSight(procfs, failed);
            skip(folder, failed.toString());
        }
        return false;
    }

    private void read(Path file, List<BirthRecord> records) throws IOException {
        String flaw = OwnFiles.flawOfFile(file);
        if (!flaw.isEmpty()) {
            skip(file, flaw);
            return;
        }
        String text = text(file);
        BirthRecord record = BirthRecord.parse(text);
        if (record == null) {
            skip(file, BirthRecord.isNewer(text) ? "is from a newer release" : "is torn or no record");
        } else if (!record.owner().equals(owner)) {
            skip(file, "belongs to owner '" + record.owner() + "'");
        } else if (!file.equals(file(record.instance(), record.life(), RECORD))) {
            skip(file, "speaks of another life, " + record.life().id());
        } else {
            records.add(record);
        }
    }

    /** How a wrapped life ended; unknown if nobody could write it down. */
    ExitStatus exit(String name, Incarnation life) {
        if (!on) {
            return ExitStatus.unknown();
        }
        Path file = exitFile(name, life);
        try {
            if (Files.exists(file, NOFOLLOW_LINKS) && OwnFiles.flawOfFile(file).isEmpty()) {
                String text = text(file);
                if (text.matches("\\d{1,3}\n")) {
                    return ExitStatus.of(Integer.parseInt(text.strip()) & 0xff);
                }
            }
        } catch (IOException unreadable) {
            log.atWarn().addKeyValue("instance", name).log("exit code cannot be read: {}", unreadable.toString());
        }
        return ExitStatus.unknown();
    }

    /** Throws away what was never finished, and exit codes of lives without a record, unless they are among these. */
    void tidy(ProcFs procfs, Set<Path> exitFiles) {
        if (!on) {
            return;
        }
        list(procfs, UNFINISHED).forEach(Records::delete);
        for (Path file : list(procfs, EXIT)) {
            String name = file.getFileName().toString();
            Path record = folder.resolve(name.substring(0, name.length() - EXIT.length()) + RECORD);
            if (!exitFiles.contains(file) && !Files.exists(record, NOFOLLOW_LINKS)) {
                delete(file);
            }
        }
    }

    private Path file(String name, Incarnation life, String kind) {
        return folder.resolve(SafeName.forFile(name + "." + life.id()) + kind);
    }

    private List<Path> list(ProcFs procfs, String kind) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + kind)) {
            all.forEach(files::add);
        } catch (NoSuchFileException | AccessDeniedException none) {
            log.atDebug().log("no birth records: {}", none.toString());
        } catch (IOException failed) {
            requireSight(procfs, failed);
            skip(folder, failed.toString());
        }
        return files;
    }

    /** Not to be able to read a file is no news if nothing can be read now. */
    private static void requireSight(ProcFs procfs, IOException failed) {
        if (!procfs.isReadable()) {
            throw new UncheckedIOException(failed);
        }
    }

    private void make() throws IOException {
        try {
            Files.createDirectory(folder, FOLDER_MODE);
        } catch (FileAlreadyExistsException asUsual) {
            String flaw = OwnFiles.flawOfFolder(folder);
            if (!flaw.isEmpty()) {
                throw new IllegalArgumentException("the folder for birth records, " + folder + ", " + flaw, asUsual);
            }
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            log.atDebug().log("cannot be deleted: {}", kept.toString());
        }
    }

    private static void skip(Path file, String why) {
        log.atWarn().addKeyValue("file", file).log("birth record skipped: {} {}", file.getFileName(), why);
    }

    private void degraded(Exception failed) {
        if (!degraded) {
            log.atWarn()
                    .addKeyValue("folder", folder)
                    .log("birth records cannot be kept, and all goes on without: {}", failed.toString());
            degraded = true;
        }
    }
}
