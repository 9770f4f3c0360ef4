package dev.steward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A job of the README's table, run in a process of its own as the table says. */
public final class Job {
    private Job() {}

    /** Runs it to its end, which is within 90 seconds and without a failure; answers what it has said. */
    public static String run(Class<?> main, Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process job = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(job.waitFor(90, TimeUnit.SECONDS))
                    .as(Files.readString(output))
                    .isTrue();
        } finally {
            job.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(job.exitValue()).as(said).isZero();
        return said;
    }
}
