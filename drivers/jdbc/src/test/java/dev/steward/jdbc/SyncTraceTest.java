package dev.steward.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill cannot show, because the system outlives it: that an acknowledged write is on disk. The system calls of a writer say so: between
 * two acknowledgements lies a synchronisation that has returned. The same look at a writer that does not synchronise finds it out.
 */
@Timeout(120)
class SyncTraceTest {
    private static final int WRITES = 100;
    private static final Pattern SYNC = Pattern.compile("\\bf(data)?sync\\(|<\\.\\.\\. f(data)?sync resumed>");
    private static final Pattern DONE = Pattern.compile("\\) += 0$");
    private static final Pattern SAID = Pattern.compile("write\\(1, \"" + Writer.SAID + "(\\d+)\\\\n\"");

    @TempDir
    Path folder;

    @Test
    void synchronises_before_each_acknowledgement() throws Exception {
        assertThat(unsynchronised("sqlite")).isZero();
    }

    @Test
    void finds_a_store_out_that_does_not_synchronise() throws Exception {
        assertThat(unsynchronised("unsafe")).isEqualTo(WRITES - 1);
    }

    /** How many acknowledgements after the first had no synchronisation since the one before. */
    private int unsynchronised(String kind) throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");
        List<String> strace = List.of("strace", "-f", "-o", trace.toString(), "-e", "trace=fsync,fdatasync,write");
        assumeTrue(canTrace(), "strace does not run here: durability is not traced");
        try (OtherJvm writer = OtherJvm.start(
                strace, "triples", kind, folder.resolve("records").toString(), "t", Integer.toString(WRITES))) {
            for (String line = writer.line(); line != null; line = writer.line()) {
                assertThat(line).matches("\\d+");
            }
            assertThat(writer.awaitEnd()).isZero();
        }
        int said = 0;
        int missing = 0;
        boolean synchronised = false;
        for (String line : Files.readAllLines(trace)) {
            Matcher acknowledgement = SAID.matcher(line);
            if (acknowledgement.find()) {
                missing += said > 0 && !synchronised ? 1 : 0;
                assertThat(acknowledgement.group(1)).isEqualTo(Integer.toString(said));
                said++;
                synchronised = false;
            } else if (SYNC.matcher(line).find() && DONE.matcher(line).find()) {
                synchronised = true;
            }
        }
        assertThat(said).isEqualTo(WRITES);
        return missing;
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
