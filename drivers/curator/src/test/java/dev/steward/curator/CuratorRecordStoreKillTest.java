package dev.steward.curator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Processes that are killed in the middle of writing: what they were told is done is there afterwards, whole. */
@Execution(ExecutionMode.CONCURRENT)
class CuratorRecordStoreKillTest {
    private final String root = Servers.ground();

    @Test
    @Timeout(600)
    void keeps_what_was_acknowledged_when_processes_are_killed() throws Exception {
        int kills = Boolean.getBoolean("steward.nightly") ? 50 : Boolean.getBoolean("steward.brief") ? 1 : 5;
        Set<String> acknowledged = new HashSet<>();
        try (Asked store =
                new Asked(CuratorRecordStore.connect(Servers.shared().getConnectString(), Servers.options(root)))) {
            Counter.begin(store);
            for (int i = 0; i < kills; i++) {
                acknowledged.addAll(countAndKill("p" + i, 20 + i * 7 % 50));
            }

            String verdict = Counter.verdict(store, acknowledged, Set.of());
            System.out.println("zookeeper: kills " + kills + ", " + verdict);
            assertThat(verdict).endsWith("lost 0, doubled 0, torn 0");
        }
    }

    /** Runs a process until it has told of so many, then kills it; answers all that it has told. */
    private Set<String> countAndKill(String name, int enough) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        CountingProcess.class.getName(),
                        Servers.shared().getConnectString(),
                        root,
                        name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> told = new HashSet<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.matches("\\d+ " + name + "\\.\\d+")) {
                    told.add(line);
                }
                if (told.size() == enough) {
                    process.toHandle().destroyForcibly(); // which leaves what it has said to be read
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told).as("what %s has told", name).hasSizeGreaterThanOrEqualTo(enough);
        return told;
    }
}
