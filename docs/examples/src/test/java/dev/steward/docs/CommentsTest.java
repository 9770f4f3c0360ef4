package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every public type that users see says what it is for. */
class CommentsTest {
    private static final Path ROOT = Path.of(System.getProperty("steward.root", "../.."));

    @TempDir
    private Path folder;

    @Test
    void every_exported_public_type_has_a_comment() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path module : publishedModules()) {
            sources.addAll(javaFiles(module.resolve("src/main/java")));
        }

        assertThat(sources).isNotEmpty();
        assertThat(Comments.missingIn(sources)).isEmpty();
    }

    @Test
    void a_planted_type_without_a_comment_is_named() throws IOException {
        assertThat(missing("package a; public class Bare {}")).containsExactly("a.Bare");
        assertThat(missing("package a; // not a comment of the type\n public enum Bare { X }"))
                .containsExactly("a.Bare");
        assertThat(missing("package a; /** Says. */ public interface Full { record Bare(int x) {} }"))
                .containsExactly("a.Bare");
        assertThat(missing("package a; /** Says. */ public class Full { public static class Bare {} }"))
                .containsExactly("a.Bare");
    }

    @Test
    void hidden_and_internal_types_need_none() throws IOException {
        assertThat(missing("package a; class Hidden { public static class Inner {} }"))
                .isEmpty();
        assertThat(missing("package a.internal; public class Bare {}")).isEmpty();
        assertThat(missing("package a; /** Says. */ public class Full { static class Inner {} }"))
                .isEmpty();
    }

    private List<String> missing(String source) throws IOException {
        return Comments.missingIn(List.of(Files.writeString(folder.resolve("Sample.java"), source)));
    }

    private static List<Path> publishedModules() throws IOException {
        try (Stream<Path> drivers = Files.list(ROOT.resolve("drivers"))) {
            return Stream.concat(Stream.of(ROOT.resolve("core"), ROOT.resolve("testkit")), drivers)
                    .filter(module -> Files.isDirectory(module.resolve("src/main/java")))
                    .toList();
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList();
        }
    }
}
