package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Incarnation;
import dev.steward.instance.InstanceSpec;
import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Observation;
import dev.steward.instance.OnClose;
import dev.steward.instance.Output;
import dev.steward.instance.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What programs write, in the log of the host application; and their files, set aside while they write. */
@Timeout(60)
class ForwardingTest {
    private static final ProcessOptions PLENTY = ProcessOptions.defaults().withForwarding(Forwarding.of(100_000));
    private static final ProcessOptions SMALL_FILES = ProcessOptions.defaults().withRotation(new Rotation(1024, 3));

    @TempDir
    Path temp;

    private CapturedLog log;

    @BeforeEach
    void capture() {
        log = new CapturedLog();
    }

    @AfterEach
    void release() {
        log.close();
    }

    @Test
    void forwards_nothing_by_default() {
        try (Host host = Host.open(temp)) {
            host.exited(host.launch(Host.shell("web", "echo out; echo error >&2")));
        }
        assertThat(forwarded()).isEmpty();
    }

    @Test
    void an_instance_that_is_launched_again_and_again_may_not_say_more() {
        try (Host host = Host.open(temp, ProcessOptions.defaults().withForwarding(new Forwarding(1, 3)))) {
            for (int life = 0; life < 3; life++) {
                host.exited(host.launch(Host.shell("web", "echo one; echo two; echo three; echo four")));
            }
        }
        assertThat(forwarded())
                .filteredOn(line -> line.contains("stream=\"stdout\""))
                .hasSizeBetween(3, 8);
    }

    @Test
    void forwards_each_line_with_its_instance_and_stream_and_makes_it_harmless() {
        try (Host host = Host.open(temp, PLENTY.withLongestLine(16))) {
            host.exited(
                    host.launch(
                            Host.shell(
                                    "we:b",
                                    "printf 'out\\r\\n\\033[31mred\\nnot utf-8 \\377\\n'; echo 0123456789abcdefg; printf 'last words' >&2")));
        }
        assertThat(forwarded())
                .hasSize(5)
                .allMatch(line -> line.contains("dev.steward.process.output.we%3Ab "))
                .allMatch(line -> line.contains("instance=\"we:b\""));
        assertThat(forwarded())
                .filteredOn(line -> line.contains("stream=\"stdout\""))
                .allMatch(line -> line.startsWith("INFO "))
                .extracting(line -> line.replaceFirst("\\S+ \\S+ \\S+ ", "").replaceFirst(" \\[instance.*", ""))
                .containsExactly("out", "\\u001b[31mred", "not utf-8 \ufffd", "0123456789abcdef [cut]");
        assertThat(forwarded())
                .filteredOn(line -> line.contains("stream=\"stderr\""))
                .singleElement()
                .asString()
                .startsWith("WARN ")
                .contains(" last words ");
    }

    @Test
    void what_is_too_much_is_counted_and_told() {
        try (Host host = Host.open(temp, ProcessOptions.defaults().withForwarding(new Forwarding(10, 20)))) {
            host.exited(host.launch(Host.shell("web", "seq 5000")));
        }
        List<String> told = forwarded().stream()
                .filter(line -> line.contains(" not forwarded "))
                .toList();
        long dropped = told.stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll(".* (\\d+) lines of web not.*", "$1")))
                .sum();
        int shown = forwarded().size() - told.size();

        assertThat(told).hasSizeBetween(1, 2).allMatch(line -> line.startsWith("WARN "));
        assertThat(shown).isBetween(20, 100);
        assertThat(dropped + shown).isEqualTo(5_000);
    }

    @Test
    void of_a_flood_only_the_end_is_read() throws IOException {
        var outputs = new OutputFolder(temp, 64);
        Path file = outputs.file("web", Output.STDOUT);
        outputs.prepare(file);
        var forwarder = new Forwarder("web", new Allowance(Forwarding.of(1_000_000), 0), System.nanoTime());
        var followed = new FollowedFile(
                outputs, file, Output.STDOUT, outputs.look(file), Mask.of(List.of(Secret.of("s3cret"))), forwarder, 64);
        Files.writeString(file, "s3cret\n".repeat(300_000) + "last\n");

        assertThat(followed.follow(outputs.look(file), new byte[999])).isTrue();
        forwarder.tell(true);
        assertThat(forwarded()).anyMatch(line -> line.contains(" last ")).noneMatch(line -> line.contains("s3cret"));
        assertThat(forwarded()).hasSizeBetween(9_000, 10_000).last().asString().contains(" bytes of web not forwarded");
    }

    @Test
    void secrets_are_hidden_however_they_come() {
        LaunchSpec launch = LaunchSpec.of(
                        "/bin/sh", "-c", "printf 'a pl4nted-'; sleep 0.5; echo \"s3cret b\"; echo $TOKEN >&2")
                .withSecrets(Map.of("TOKEN", Secret.of("pl4nted-s3cret")));
        try (Host host = Host.open(temp, PLENTY)) {
            host.exited(host.launch(InstanceSpec.of("web", "x").withLaunch(launch)));
        }
        assertThat(forwarded()).hasSize(2).noneMatch(line -> line.contains("s3cret"));
        assertThat(forwarded()).anyMatch(line -> line.contains(" a *** b "));
    }

    @Test
    void a_rotation_in_between_loses_no_line_of_log_or_news() {
        Path go = temp.resolve("go");
        String script = "seq 2000 >&2; while [ ! -e " + go + " ]; do sleep 0.01; done; echo last >&2; exit 3";
        Incarnation life;
        List<String> stderr;
        try (Host host = Host.open(temp.resolve("log"), SMALL_FILES.withForwarding(Forwarding.of(100_000)))) {
            Path file = host.driver.file("web", Output.STDERR);
            life = host.launch(Host.shell("web", script));
            Host.await(() -> Files.exists(Path.of(file + ".1")) && file.toFile().length() == 0, "the cut");
            touch(go);
            stderr = host.exited(life).stderr();
            assertThat(host.driver.tail("web", Output.STDERR, 3)).containsExactly("1999", "2000", "last");
        }
        assertThat(stderr).hasSize(51).startsWith("1951").endsWith("2000", "last");
        List<String> lines = forwarded();
        assertThat(lines).hasSize(2001);
        assertThat(IntStream.rangeClosed(1, 2000).allMatch(i -> lines.get(i - 1).contains(" " + i + " [")))
                .isTrue();
    }

    @Test
    void rotates_what_an_idle_program_left_large_and_leaves_small_files_alone() {
        try (Host host = Host.open(temp, SMALL_FILES)) {
            host.run(Host.shell("large", "head -c 5000 /dev/zero; exec sleep 100"));
            host.run(Host.shell("small", "echo small; exec sleep 100"));
            Path large = host.driver.file("large", Output.STDOUT);
            Host.await(
                    () -> Path.of(large + ".1").toFile().length() == 5000
                            && large.toFile().length() == 0,
                    "a cut");

            assertThat(host.driver.tail("small", Output.STDOUT, 9)).containsExactly("small");
            assertThat(temp.toFile().list((folder, name) -> name.matches(".*[.](\\d+|new)")))
                    .containsExactly("large.out.1");
        }
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void goes_on_with_what_another_driver_has_launched() {
        String owner = Host.newOwner();
        Path go = temp.resolve("go");
        LaunchSpec launch = LaunchSpec.of(
                        "/bin/sh",
                        "-c",
                        "echo early; while [ ! -e " + go + " ]; do sleep 0.01; done; echo late $TOKEN; exec sleep 100")
                .withSecrets(Map.of("TOKEN", Secret.of("pl4nted-s3cret")));
        Path folder = temp.resolve("log");
        Observation.Running running;
        try (var first = new ProcessDriver(owner, folder, OnClose.LEAVE)) {
            Host host = Host.opened(owner, first);
            running = host.run(InstanceSpec.of("web", "x").withLaunch(launch));
            host.awaitLine("web", Output.STDOUT, "early");
        }
        try (Host host = Host.opened(owner, new ProcessDriver(owner, folder, OnClose.LEAVE, PLENTY))) {
            assertThat(host.look().running()).hasSize(1);
            touch(go);
            Host.await(() -> !forwarded().isEmpty(), "a line");
            assertThat(ProcessHandle.of(running.pid())).isPresent();
        }
        assertThat(forwarded())
                .singleElement()
                .asString()
                .contains(" late *** ")
                .doesNotContain("[cut]");
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private List<String> forwarded() {
        return log.lines().stream()
                .filter(line -> line.contains(Forwarder.LOGGER))
                .toList();
    }
}
