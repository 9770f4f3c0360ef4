package dev.steward.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a project's test sources, but for the reader's own: what the replays name. Immutable. */
final class ReplaySources {
    private static final Path OWN = Path.of("dev", "steward", "vectors");
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "resources", "main");
    private static final Pattern QUOTED_ID = Pattern.compile("\"(" + Deviations.ID.pattern() + ")\"");

    private final Path root;

    ReplaySources(Path root) {
        this.root = root;
    }

    /** Whether a replay of the shape's module, or of one below it, names it. */
    boolean replay(Shape shape) {
        Pattern naming = Pattern.compile("\\bShape\\." + shape.name() + "\\b");
        return files(root.resolve(shape.module())).stream()
                .filter(file -> file.toString().endsWith("VectorsTest.java"))
                .anyMatch(file -> naming.matcher(text(file)).find());
    }

    /** The ids of deviations that tests of any module name. */
    Set<String> deviations() {
        Set<String> ids = new TreeSet<>();
        for (Path file : files(root)) {
            Matcher id = QUOTED_ID.matcher(text(file));
            while (id.find()) {
                ids.add(id.group(1));
            }
        }
        return ids;
    }

    private static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    boolean skip = NOT_SOURCES.contains(visited.getFileName().toString()) || visited.endsWith(OWN);
                    return skip && !visited.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    if (visited.toString().endsWith(".java")) {
                        files.add(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
