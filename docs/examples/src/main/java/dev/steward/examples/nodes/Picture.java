package dev.steward.examples.nodes;

import dev.steward.guard.GuardSystem;
import dev.steward.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Draws the graph of a suspension that is in DAMPED and asked for ALIGNED: as Mermaid, as DOT, and as SVG where {@code dot} is installed. */
public final class Picture {
    private Picture() {}

    /**
     * Writes the files.
     *
     * @param args the folder to write to; without one, a new temporary folder
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("steward-nodes");
        draw(folder).forEach(file -> System.out.println("Wrote " + file));
    }

    /** Answers the files that were written. */
    static Stream<Path> draw(Path folder) throws IOException, InterruptedException {
        // region Picture
        GuardSystem suspension = Suspension.system("SUS_IX", new Plant(TimeSource.system(), Duration.ofSeconds(1)));
        Path mermaid = Files.writeString(folder.resolve("suspension.mmd"), suspension.toMermaid("DAMPED", "ALIGNED"));
        Path dot = Files.writeString(folder.resolve("suspension.dot"), suspension.toDot("DAMPED", "ALIGNED"));
        // endregion
        if (!isInstalled("dot")) {
            System.out.println("dot is not installed, so there is no SVG.");
            return Stream.of(mermaid, dot);
        }
        Path svg = folder.resolve("suspension.svg");
        int code = new ProcessBuilder("dot", "-Tsvg", "-o", svg.toString(), dot.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("dot has ended with exit code " + code);
        }
        return Stream.of(mermaid, dot, svg);
    }

    private static boolean isInstalled(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
