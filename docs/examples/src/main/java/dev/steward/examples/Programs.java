package dev.steward.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Argument vectors of the programs that the examples look after. */
final class Programs {
    private Programs() {}

    /** A JVM like this one that runs another main class. */
    static String[] java(Class<?> program, String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> argv = new ArrayList<>(
                List.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
        argv.addAll(List.of(arguments));
        return argv.toArray(String[]::new);
    }
}
