package dev.steward.jdbc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another JVM that writes to a store, and can be killed in the middle of it. Not safe for use by many threads. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private OtherJvm(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a {@link Writer} with these arguments, below {@code prefix}. */
    static OtherJvm start(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath(), Writer.class.getName()));
        command.addAll(List.of(arguments));
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it says next, or null at its end. */
    @Nullable
    String line() throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(Writer.SAID)) {
                return line.substring(Writer.SAID.length());
            }
        }
        return null;
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process itself, this leaves what it has said to be read
        process.waitFor();
    }

    /** Lets it end by itself, and answers how it did. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        said.close();
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                origin(OtherJvm.class).toString(),
                origin(SqlStore.class).toString(),
                System.getProperty("java.class.path", ""),
                System.getProperty("jdk.module.path", ""));
    }

    /** The folder or jar that a class comes from; not what its module says, because tests are patched into it. */
    private static Path origin(Class<?> type) {
        try {
            URL file = type.getResource(type.getSimpleName() + ".class");
            return file.openConnection() instanceof JarURLConnection jar
                    ? Path.of(jar.getJarFileURL().toURI())
                    : Path.of(file.toURI()).getParent().getParent().getParent().getParent();
        } catch (URISyntaxException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
