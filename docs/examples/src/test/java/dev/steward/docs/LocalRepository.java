package dev.steward.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A Maven repository that shares everything with the user's own but this project, which it has from the build's folders.
 *
 * <p>What is downloaded through it lands with the user's, as it would in an ordinary build; the user's own copy of this project,
 * if there is one, is neither seen nor touched. Immutable.
 */
record LocalRepository(Path folder) implements AutoCloseable {
    private static final Path GROUP = Path.of("dev", "steward");

    /** Makes the repository: links to what {@code users} holds, an own folder for this project's group. */
    static LocalRepository overlay(Path users, Path folder) throws IOException {
        linkAllBut(users, folder, GROUP.getName(0));
        linkAllBut(users.resolve(GROUP.getName(0)), folder.resolve(GROUP.getName(0)), GROUP.getFileName());
        Files.createDirectories(folder.resolve(GROUP));
        return new LocalRepository(folder);
    }

    private static void linkAllBut(Path from, Path to, Path own) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().equals(own)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }

    /** Adds the parent, the BOM, and each module that has been packaged below {@code root}. */
    void addModules(Path root, String version) throws IOException {
        add(root, "steward-parent", version, List.of());
        add(root.resolve("drivers/bom"), "steward-bom", version, List.of());
        for (String module : List.of("core", "testkit", "drivers/process")) {
            String artifact =
                    "steward-" + Path.of(module).getFileName().toString().toLowerCase(Locale.ROOT);
            String jar = artifact + "-" + version + ".jar";
            Path packaged = root.resolve(module).resolve("target").resolve(jar);
            if (Files.exists(packaged)) {
                add(root.resolve(module), artifact, version, List.of(packaged));
            }
        }
    }

    private void add(Path module, String artifact, String version, List<Path> files) throws IOException {
        Path target =
                Files.createDirectories(folder.resolve(GROUP).resolve(artifact).resolve(version));
        Files.copy(module.resolve("pom.xml"), target.resolve(artifact + "-" + version + ".pom"));
        for (Path file : files) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
    }

    /** Takes the links away, so that whoever deletes the folder meets nothing of the user's. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path link : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
