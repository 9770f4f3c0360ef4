package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Observation;
import dev.steward.instance.Output;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import dev.steward.instance.Signal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines that a life has written, or an earlier one, or that somebody cut away. */
@Timeout(60)
class LogLineProbeTest {
    @TempDir
    Path temp;

    @Test
    void an_earlier_life_does_not_make_this_one_ready() {
        try (Host host = Host.open(temp.resolve("log"))) {
            Probe ready = host.driver.probes().logLine(Output.STDOUT, "ready");
            Observation.Running first = host.run(Host.shell("web", "echo I am ready; exec sleep 100"));
            Host.await(() -> isWell(ready, first), "the line");
            host.signal(first, Signal.KILL);
            host.exited(first.life());

            Observation.Running second = host.run(Host.shell("web", "printf 'not yet '; read x; exec sleep 100"));

            assertThat(ask(ready, second)).isEqualTo(ProbeResult.unwell("no line with 'ready' on STDOUT yet"));
            assertThat(ask(ready, first).text()).isEqualTo("not known where the output of this life begins");
        }
    }

    @Test
    void each_stream_is_asked_for_itself_and_expressions_are_found_anywhere_in_a_line() {
        try (Host host = Host.open(temp.resolve("log"))) {
            Observation.Running web = host.run(Host.shell("web", "echo Started in 3 ms >&2; exec sleep 100"));
            HostProbes probes = host.driver.probes();
            Probe errors =
                    probes.logLine(Output.STDERR, Pattern.compile("started in \\d+ ms$", Pattern.CASE_INSENSITIVE));

            Host.await(() -> isWell(errors, web), "the line");
            assertThat(ask(probes.logLine(Output.STDOUT, "Started"), web).isWell())
                    .isFalse();
            assertThat(errors).hasToString("line with /started in \\d+ ms$/ on STDERR");
            assertThat(probes.logLine(Output.STDERR, "a")).isEqualTo(probes.logLine(Output.STDERR, "a"));
            assertThat(probes.logLine(Output.STDERR, Pattern.compile("a")))
                    .isEqualTo(probes.logLine(Output.STDERR, Pattern.compile("a")))
                    .isNotEqualTo(probes.logLine(Output.STDERR, "a"));
            assertThat(host.driver.probes()).isSameAs(probes);
        }
    }

    @Test
    void the_probes_of_a_driver_are_closed_with_it() {
        Host host = Host.open(temp.resolve("log"));
        Probe probe = host.driver.probes().file(temp);

        host.close();

        assertThat(Asked.ask(probe).text()).isEqualTo("the probes are closed");
    }

    @Test
    void a_line_counts_when_it_is_complete() throws IOException {
        Path file = Files.writeString(temp.resolve("out"), "old ready\nnow rea");
        var search = new LineSearch(LinePattern.literally("ready"), 10);
        assertThat(find(search, file)).isFalse();

        append(file, "dy");
        assertThat(find(search, file)).isFalse();
        append(file, "\r\n");
        assertThat(find(search, file)).isTrue();
    }

    @Test
    void what_was_found_stays_found_and_what_was_cut_is_searched_from_its_beginning() throws IOException {
        Path file = Files.writeString(temp.resolve("out"), "a long line of an earlier life\n");
        var search = new LineSearch(LinePattern.literally("ready"), Files.size(file));
        assertThat(find(search, file)).isFalse();

        Files.writeString(file, "ready\n");
        assertThat(find(search, file)).isTrue();
        Files.writeString(file, "");
        assertThat(find(search, file)).isTrue();
    }

    @Test
    void only_the_beginning_of_a_very_long_line_is_searched_and_the_next_line_whole() throws IOException {
        Path file = Files.writeString(temp.resolve("out"), "x".repeat(100_000));
        var search = new LineSearch(LinePattern.literally("ready"), 0);
        assertThat(find(search, file)).isFalse();
        append(file, "ready\n");
        assertThat(find(search, file)).isFalse();

        append(file, "also ready" + "y".repeat(100_000));
        assertThat(find(search, file)).isFalse();
        append(file, "\n");
        assertThat(find(search, file)).isTrue();
    }

    @Test
    void an_expression_that_takes_for_ever_ends_with_its_look() throws IOException {
        Path file = Files.writeString(temp.resolve("web.out"), "a".repeat(5_000) + "!\n");
        OutputsOf outputs = (name, life, output) -> part(file);
        var threads = new Asked.Threads();
        var probes = new HostProbes(outputs, Duration.ofMillis(100), 1, 100, threads);

        Probe slow = probes.logLine(Output.STDOUT, Pattern.compile("(.*a){20}b"));

        assertThat(Asked.ask(slow).text()).isEqualTo("no answer within 0.1 s");
        Host.await(() -> Asked.ask(probes.file(file)).isWell(), "its thread");
        probes.close();
        assertThat(threads.living()).isEmpty();
    }

    @Test
    void a_file_that_is_missing_a_pipe_or_a_link_is_not_read() throws IOException, InterruptedException {
        Path pipe = temp.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        Path link = Files.createSymbolicLink(temp.resolve("link"), Files.writeString(temp.resolve("out"), "ready\n"));

        for (Path file : new Path[] {pipe, link, temp.resolve("none")}) {
            var probes = new HostProbes((name, life, output) -> part(file), Duration.ofSeconds(5), 1, 9, Thread::new);
            assertThat(Asked.ask(probes.logLine(Output.STDOUT, "ready")).text()).isEqualTo("no file " + file);
            probes.close();
        }
    }

    @Test
    void a_large_file_is_searched_once() throws IOException {
        Path file = temp.resolve("out");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(20_000_000);
        }
        var search = new LineSearch(LinePattern.literally("ready"), 0);
        assertThat(find(search, file)).isFalse();

        append(file, "\nready\n");
        assertThat(find(search, file)).isTrue();
    }

    @Test
    void a_line_is_found_although_the_file_was_set_aside_and_an_earlier_life_still_does_not_count() throws IOException {
        var folder = new OutputFolder(temp, 4096);
        Path file = folder.file("web", Output.STDOUT);
        var rotator = new Rotator(folder, 2, () -> false);
        append(file, "ready, in an earlier life\n");
        rotate(folder, rotator, file);
        append(file, "ready, in the last life\n");
        var part = new OutputsOf.Part(folder, file, folder.size(file));
        var search = new LineSearch(LinePattern.literally("ready"), part.from());
        assertThat(search.find(part)).isFalse();
        append(file, "not yet\nalmost rea");
        assertThat(search.find(part)).isFalse();

        append(file, "dy\n");
        rotate(folder, rotator, file);
        append(file, "x".repeat(1000) + "\n");

        assertThat(search.find(part)).isTrue();
        assertThat(new LineSearch(LinePattern.literally("ready"), folder.size(file)).find(part))
                .isFalse();
    }

    private static void rotate(OutputFolder folder, Rotator rotator, Path file) {
        assertThat(rotator.setAside(file, folder.look(file).key())).isTrue();
    }

    private static boolean find(LineSearch search, Path file) throws IOException {
        return search.find(part(file));
    }

    /** All of a file. */
    static OutputsOf.Part part(Path file) {
        try {
            return new OutputsOf.Part(new OutputFolder(file.getParent(), 4096), file, 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static ProbeResult ask(Probe probe, Observation.Running running) {
        return Asked.begin(probe, new Probe.Subject(running.name(), running.life(), running.pid()))
                .answer();
    }

    private static boolean isWell(Probe probe, Observation.Running running) {
        return ask(probe, running).isWell();
    }
}
