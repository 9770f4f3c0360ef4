package dev.steward.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.AbstractIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The recordings that replays are made of. A replay reads:
 *
 * <pre>{@code
 * for (VectorFile file : Vectors.of(Shape.REQUESTS)) {
 *     for (JsonNode vector : file) {
 *         … run the product's own types …
 *         file.steps(vector.get("requests").size());
 *     }
 * }
 * }</pre>
 *
 * <p>They come from among the test resources, or from the folder that {@code -Dsteward.vectors=DIR} names (a relative
 * one is taken from the project's root). A file whose replay has ended gives one line of output; a replay that leaves the
 * loop early gives none.
 *
 * <p>Not safe for use by many threads.
 */
public final class Vectors {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.TEN.pow(9);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Path folder;
    private final Deviations known;
    private final Consumer<String> out;

    Vectors(Path folder, Deviations known, Consumer<String> out) {
        this.folder = folder;
        this.known = known;
        this.out = out;
    }

    /**
     * All files of a shape.
     *
     * <p>The calling test is skipped, with one line, if the family has no folder, and fails if that folder holds no file
     * of the shape.
     */
    public static Iterable<VectorFile> of(Shape shape) {
        return project().files(shape);
    }

    /** Seconds as decimal text, in whole nanoseconds; what a {@code long} cannot hold is the most that it can. */
    public static long nanos(JsonNode seconds) {
        BigInteger nanos = seconds.decimalValue()
                .multiply(NANOS_PER_SECOND)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
        return nanos.min(MOST).max(MOST.negate()).longValue();
    }

    /** Whether another folder than our own recordings is read, of which nothing but its shapes is known. */
    public static boolean areGiven() {
        return !given().isBlank();
    }

    static Vectors project() {
        Deviations known = Deviations.read(ProjectRoot.path().resolve("docs/compatibility.md"));
        return new Vectors(areGiven() ? givenFolder() : resources(), known, System.out::println);
    }

    Iterable<VectorFile> files(Shape shape) {
        if (!Files.isDirectory(folder.resolve(shape.family()))) {
            String missing =
                    "vectors " + shape.family() + ": no such folder in " + folder + ", " + shape.words() + " skipped";
            out.accept(missing);
            Assumptions.abort(missing);
        }
        List<VectorFile> files = all(shape.family()).stream()
                .filter(file -> Shape.of(shape.family(), file.first())
                        .filter(shape::equals)
                        .isPresent())
                .toList();
        if (files.isEmpty()) {
            throw new AssertionError("vectors " + shape.family() + ": no file of the shape " + shape.words());
        }
        return () -> reporting(files.iterator());
    }

    /** All files of a family that may hold recordings, whatever their shape; none if it has no folder. */
    List<VectorFile> all(String family) {
        if (!Files.isDirectory(folder.resolve(family))) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder.resolve(family))) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> VectorFile.plain(path.toString()).matches(".*\\.jsonl?"))
                    .sorted()
                    .map(path -> new VectorFile(folder, path, known))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Iterator<VectorFile> reporting(Iterator<VectorFile> files) {
        return new AbstractIterator<>() {
            private Runnable report = () -> {};

            @Override
            protected VectorFile computeNext() {
                report.run();
                if (!files.hasNext()) {
                    return endOfData();
                }
                VectorFile file = files.next();
                report = () -> out.accept(file.summary());
                return file;
            }
        };
    }

    private static String given() {
        return System.getProperty("steward.vectors", "");
    }

    private static Path givenFolder() {
        Path folder = ProjectRoot.path().resolve(given()).normalize();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("steward.vectors names no folder: " + folder);
        }
        return folder;
    }

    /** Beside the classes, or in the jar of core's tests. */
    private static Path resources() {
        URL readme = Vectors.class.getResource("/vectors/README.md");
        if (readme == null) {
            return Path.of("no recordings among the resources");
        }
        try {
            if (readme.openConnection() instanceof JarURLConnection inJar) {
                Path jar = Path.of(inJar.getJarFileURL().toURI());
                return FileSystems.newFileSystem(jar).getPath("/vectors");
            }
            return Path.of(readme.toURI()).resolveSibling("");
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the recordings cannot be read at " + readme, e);
        }
    }
}
