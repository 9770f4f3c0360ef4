package dev.steward.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job, in a JVM of its own and with its output in a file, as a user of a build server would see it. */
class MainTest {
    @Test
    @Timeout(120)
    void shows_an_order_a_give_up_a_recovery_an_adoption_and_an_orderly_end(@TempDir Path folder) throws Exception {
        String said = Job.run(Main.class, folder);

        assertThat(said)
                .containsSubsequence(
                        "ticker: starting", // only once the server is up: see below
                        "kills the server",
                        "server: down, exit code 137 (signal 9), next start at once",
                        "server: starting, restart 1",
                        "server: up",
                        "The last words of flaky: [out of paper]",
                        "kills its own manager",
                        "ended with exit code 137",
                        "Second act",
                        "adopted, running for",
                        "Everything is taken down",
                        "ticker: down",
                        "server: stopping",
                        "server: down",
                        "All went as it should.")
                .containsSubsequence("server: up", "ticker: starting", "ticker: up")
                .containsSubsequence("broken: failed, given up after 3 failures within 10 s: exit code 1", "kills the")
                .doesNotContain("\033");
    }
}
