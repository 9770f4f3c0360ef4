package dev.steward.benchmarks;

import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Observation;
import java.io.IOException;
import java.nio.file.Path;

/** A JVM of its own that launches processes and ends; they stay, and are nobody's children. */
final class FirstManager {
    private FirstManager() {}

    /** Takes the owner, the folder, and how many processes. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 3) {
            throw new IllegalArgumentException("wanted: owner, folder, number of processes");
        }
        int processes = Integer.parseInt(args[2]);
        try (var driver = new DriverNews(args[0], Path.of(args[1]))) {
            for (int i = 0; i < processes; i++) {
                driver.launch(InstanceSpec.of("sleeper-" + i, Relaunchers.ARGV));
            }
            for (int i = 0; i < processes; i++) {
                driver.await(Observation.Running.class);
            }
        }
    }

    /** Runs it with the class path of this JVM, and waits until it has ended. */
    static void run(String owner, Path folder, int processes) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        FirstManager.class.getName(),
                        owner,
                        folder.toString(),
                        Integer.toString(processes))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("the first manager ended with " + exit);
        }
    }
}
