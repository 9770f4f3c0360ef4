package dev.steward.jdbc;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A mount of the test's own. Where the tests may not mount, the test is left out. Not safe for use by many threads. */
final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** A file system in memory, with options such as {@code size=1m}. */
    static SmallDisk mount(Path path, String options) throws IOException {
        Files.createDirectory(path);
        if (run("mount", "-t", "tmpfs", "-o", options, "steward-test", path.toString()) != 0) {
            abort("a disk of its own cannot be mounted here");
        }
        return new SmallDisk(path);
    }

    /** The file, as it is, but not to be written. */
    static SmallDisk bindReadOnly(Path file) {
        if (run("mount", "--bind", file.toString(), file.toString()) != 0) {
            abort("a file cannot be mounted here");
        }
        SmallDisk bound = new SmallDisk(file);
        bound.remount("bind,ro");
        return bound;
    }

    Path path() {
        return path;
    }

    /** Changes how it is mounted. */
    void remount(String options) {
        if (run("mount", "-o", "remount," + options, path.toString()) != 0) {
            close();
            throw new AssertionError("cannot be mounted otherwise: " + path);
        }
    }

    @Override
    public void close() {
        if (run("umount", path.toString()) != 0) {
            run("umount", "-l", path.toString());
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return 127;
        } catch (InterruptedException stop) {
            throw new UncheckedIOException(new IOException(stop));
        }
    }
}
