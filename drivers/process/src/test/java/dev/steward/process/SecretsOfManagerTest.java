package dev.steward.process;

import static dev.steward.process.Supervision.alone;
import static dev.steward.process.Supervision.awaitFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.steward.await.NameResult;
import dev.steward.await.StateWait;
import dev.steward.await.WaitResult;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.Output;
import dev.steward.instance.Secret;
import dev.steward.instance.Signal;
import dev.steward.instance.StopPlan;
import dev.steward.instance.TargetRequest;
import dev.steward.testkit.assertj.StewardAssertions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A secret in the hands of a manager: in nothing that it, a wait, the log or a test that fails shows to anybody. */
@Timeout(60)
class SecretsOfManagerTest {
    private static final String MISSING = "/no/such/program";

    private final String owner = Host.newOwner();

    @TempDir
    Path temp;

    @AfterEach
    void sweepUp() {
        Host.sweepUp(owner);
    }

    @Test
    void shows_a_secret_to_the_program_and_to_nobody_else() throws Exception {
        Map<String, Secret> secrets = Map.of("TOKEN", Secret.of(SecretsTest.PLANTED));
        String hash = "printf %s \"$TOKEN\" | sha256sum > seen.new; mv seen.new seen; ";
        List<InstanceSpec> specs = new ArrayList<>();
        specs.add(alone(temp, "deaf", hash + "trap '' INT; : > ready; exec sleep 300")
                .withStop(StopPlan.of(Signal.INT, Duration.ofMillis(200))));
        specs.add(alone(temp, "talker", "echo \"refused: $TOKEN\" >&2; exit 3"));
        specs.add(alone(temp, "cut", "printf '%04090d%s\\n' 0 \"$TOKEN\" >&2; exit 4"));
        specs.add(InstanceSpec.of("missing", MISSING));
        specs.replaceAll(spec -> spec.withLaunch(spec.launch().withSecrets(secrets)));
        List<String> said = new ArrayList<>();
        try (var log = new CapturedLog()) {
            try (Supervision host = new Supervision(owner, temp.resolve("out"), specs.toArray(InstanceSpec[]::new))) {
                StateWait down = host.await(List.of("talker", "cut", "missing"), "starting", "down")
                        .open();
                host.until(List.of("deaf"), "up");
                assertThat(host.run(down).isAllFinished()).isTrue();
                awaitFile(temp.resolve("seen"));
                awaitFile(temp.resolve("ready"));
                assertThat(Files.readString(temp.resolve("seen"))).startsWith(sha256(SecretsTest.PLANTED));
                said.addAll(host.shown());

                StateWait fails = host.await(List.of("deaf"), "down").open();
                host.manager.update(List.of(TargetRequest.down("deaf")), false);
                WaitResult failed = host.run(fails);

                assertThat(failed.with(NameResult.Outcome.FAILED)).hasSize(1);
                said.add(fails + " " + failed + " " + fails.future());
                said.add(failed.settled().toString());
                said.addAll(failurePrints(host, failed));
                said.addAll(host.shown());
                said.add(host.die(Duration.ofMillis(300)).toString());
                said.addAll(host.shown());
                assertThat(host.processes.tail("talker", Output.STDERR, 100))
                        .contains("refused: " + SecretsTest.PLANTED);
            }
            said.addAll(log.lines());
        }

        assertThat(said)
                .anyMatch(text -> text.contains("refused: ***"))
                .anyMatch(text -> text.startsWith("DEBUG dev.steward.process"))
                .anyMatch(text -> text.startsWith("INFO dev.steward.instance"))
                .anyMatch(text -> text.startsWith("WARN dev.steward.instance"))
                .noneMatch(text -> text.contains(SecretsTest.PLANTED))
                .noneMatch(text -> text.contains(SecretsTest.PLANTED.substring(0, 5)));
        System.out.printf("secret: not in %d texts%n", said.size());
    }

    /** What stands in the report of a test, or of a host, that fails. */
    private static List<String> failurePrints(Supervision host, WaitResult failed) {
        List<String> prints = new ArrayList<>();
        for (var instance : host.manager.instances()) {
            prints.add(String.valueOf(
                    catchThrowable(() -> StewardAssertions.assertThat(instance).hasRestarts(99))));
            prints.add(String.valueOf(catchThrowable(
                    () -> StewardAssertions.assertThat(host.feed).recorded(instance.instanceId(), "inoperable"))));
        }
        prints.add(String.valueOf(catchThrowable(() -> {
            throw new IllegalStateException("not all are down: " + failed);
        })));
        prints.add(String.valueOf(catchThrowable(
                () -> assertThat(failed.isAllFinished()).as("%s", failed).isTrue())));
        return prints;
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
