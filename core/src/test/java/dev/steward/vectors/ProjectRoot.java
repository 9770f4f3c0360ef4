package dev.steward.vectors;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the project that holds {@code core} and {@code docs}, whatever module's tests run. Immutable. */
final class ProjectRoot {
    private ProjectRoot() {}

    /** The system property {@code steward.root}, or else the nearest folder above that looks like the project. */
    static Path path() {
        String given = System.getProperty("steward.root", "");
        if (!given.isBlank()) {
            return Path.of(given).toAbsolutePath().normalize();
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("core/src/test/java/dev/steward/vectors"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no project above " + here + "; say -Dsteward.root=…");
    }
}
