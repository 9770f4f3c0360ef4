package dev.steward.examples.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.examples.Job;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The example of two processes, in real time and with real servers. */
@Execution(ExecutionMode.CONCURRENT) // it waits for processes of its own, and captures nothing that others write
class HandOverTest {
    @Test
    @Timeout(120)
    void the_role_is_handed_over_when_its_holder_is_killed_and_when_it_is_told_to_end(@TempDir Path folder)
            throws Exception {
        String said = Job.run(HandOver.class, folder);

        assertThat(said)
                .containsSubsequence(
                        "--- SQLITE:",
                        " is killed",
                        " is told to end",
                        "no tick was lost, none made twice",
                        "--- ZOOKEEPER:",
                        " is killed",
                        " is told to end",
                        "no tick was lost, none made twice",
                        "All went as it should.");
    }
}
