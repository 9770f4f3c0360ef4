package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret reaches the program and nobody else. */
@Timeout(60)
class SecretsTest {
    static final String PLANTED = "pl4nted-s3cret";

    private static final String LOG_EVERYTHING = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%level %logger %msg %kvp %ex%n</pattern></encoder>
              </appender>
              <root level="TRACE"><appender-ref ref="console"/></root>
            </configuration>
            """;

    @TempDir
    Path temp;

    @Test
    void stands_in_no_command_line_log_or_news() throws IOException {
        Path configuration = Files.writeString(temp.resolve("logback.xml"), LOG_EVERYTHING);
        List<String> options = List.of("-Dlogback.configurationFile=" + configuration);
        String owner = Host.newOwner();
        try (var other = OtherJvm.start(List.of(), options, "secret", owner, temp.toString())) {
            assertThat(other.line()).contains("Running", "***", "Census");
            assertThat(other.line()).matches("[0-9]+");
            Host.await(() -> size(temp.resolve("seen")) == PLANTED.length(), "the secret in the child");
            assertThat(temp.resolve("seen")).hasContent(PLANTED);
            assertThat(commandLines()).isNotEmpty().noneMatch(line -> line.contains(PLANTED));
            other.answer();

            assertThat(other.line()).contains("Refused", "no-such-program");
            assertThat(other.line()).contains("Refused", "true");
            assertThat(other.line()).contains("Refused", "TOKEN");
            assertThat(other.line()).contains("Exited");
            assertThat(other.all())
                    .anyMatch(line -> line.startsWith("DEBUG dev.steward.process"))
                    .noneMatch(line -> line.contains(PLANTED));
        } finally {
            Host.sweepUp(owner);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : -1;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> commandLines() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(folder ->
                            Character.isDigit(folder.getFileName().toString().charAt(0)))
                    .map(folder -> text(folder.resolve("cmdline")))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
