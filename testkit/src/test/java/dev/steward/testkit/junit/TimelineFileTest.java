package dev.steward.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.steward.event.Kind;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.proof.Chronicle;
import dev.steward.testkit.proof.ChronicleRecorder;
import dev.steward.testkit.proof.HasChronicle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class TimelineFileTest {
    private static final Kind<String> THING = Kind.open("thing", state -> true);

    @TempDir
    private Path folder;

    static final class Broken extends AssertionError implements HasChronicle {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("one licence");
        }

        @Override
        public Chronicle chronicle() {
            var recorder = new ChronicleRecorder();
            recorder.process(Duration.ofSeconds(3), "p1", "crashed", "a fault");
            return recorder.chronicle("a proof").withFailure("one licence");
        }
    }

    @ExtendWith(StewardExtension.class)
    static class ThrowsIt {
        @Test
        void test() {
            throw new Broken();
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void test() {
                throw new IllegalStateException("wrapped", new Broken());
            }
        }
    }

    @ExtendWith(StewardExtension.class)
    static class IsGivenAFeed {
        @Test
        void test(Simulation simulation, StateFeed feed, FaultPlan faults) {
            faults.on("boiler.bursts", 1);
            simulation.after(Duration.ofSeconds(3), "frost", () -> {
                faults.decide("boiler.bursts");
                feed.publish(StateChange.entered(THING, "boiler", "cold"));
            });
            simulation.run(Duration.ofSeconds(5));
            throw new AssertionError("it is cold\nand wet");
        }
    }

    @ExtendWith(StewardExtension.class)
    static class HasNothingToDraw {
        @Test
        void given_a_simulation(Simulation simulation) {
            throw new AssertionError("too bad");
        }

        @Test
        void given_nothing() {
            throw new AssertionError("too bad");
        }

        @Test
        void aborted() {
            Assumptions.abort("not here");
        }
    }

    private static EngineExecutionResults run(Class<?> testClass, Object folder) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .configurationParameter(StewardExtension.TIMELINES, folder.toString())
                .execute();
    }

    private static List<String> reports(EngineExecutionResults results) {
        return results.testEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .flatMap(failure -> Arrays.stream(failure.getSuppressed()))
                .filter(FailureReport.class::isInstance)
                .map(Throwable::getMessage)
                .toList();
    }

    private static List<Map<String, String>> entries(EngineExecutionResults results) {
        return results.testEvents().reportingEntryPublished().stream()
                .map((Event event) -> event.getRequiredPayload(ReportEntry.class))
                .map(ReportEntry::getKeyValuePairs)
                .toList();
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void draws_what_a_failure_knows_and_says_where() throws IOException {
        EngineExecutionResults results = run(ThrowsIt.class, folder.resolve("new"));

        Path page = folder.resolve("new/" + ThrowsIt.class.getName().replace('$', '.') + ".test.html");
        assertThat(page).content().contains("<h1>a proof</h1>", ">crashed</text>");
        assertThat(reports(results)).contains("timeline: " + page.toUri());
        assertThat(entries(results)).contains(Map.of("timeline", page.toString()));
    }

    @Test
    void finds_it_behind_other_failures_and_keeps_the_runs_of_a_test_apart() throws IOException {
        run(ThrowsIt.class, folder);

        String name = TimelineFileTest.class.getName() + ".ThrowsIt";
        assertThat(written())
                .containsExactly(name + ".Inside.test-1.html", name + ".Inside.test-2.html", name + ".test.html");
    }

    @Test
    void draws_the_feed_and_the_faults_of_a_test_that_was_given_them() throws IOException {
        EngineExecutionResults results = run(IsGivenAFeed.class, folder);

        assertThat(folder.resolve(written().get(0)))
                .content()
                .contains("<h1>IsGivenAFeed.test</h1>")
                .contains("java.lang.AssertionError: it is cold\nand wet</p>")
                .contains("<title>thing boiler: cold\nfrom 3 s to the end</title>")
                .contains("<title>3 s  fault: boiler.bursts #1</title>")
                .contains("<title>5 s  violation: java.lang.AssertionError: it is cold</title>")
                .contains("again with @Seed(");
        assertThat(reports(results))
                .singleElement()
                .satisfies(report ->
                        assertThat(report).startsWith("timeline: file:").contains("last states:"));
    }

    @Test
    void draws_nothing_if_there_is_nothing_to_draw() throws IOException {
        EngineExecutionResults results = run(HasNothingToDraw.class, folder);

        assertThat(written()).isEmpty();
        assertThat(reports(results))
                .singleElement()
                .satisfies(report -> assertThat(report).startsWith("seed "));
    }

    @Test
    void draws_nothing_if_that_is_what_is_wanted() throws IOException {
        assertThat(reports(run(ThrowsIt.class, " "))).isEmpty();
        assertThat(entries(run(ThrowsIt.class, ""))).isEmpty();
    }

    @Test
    void says_so_if_it_cannot_be_written_and_leaves_the_failure_as_it_is() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        EngineExecutionResults results = run(ThrowsIt.class, file);

        assertThat(reports(results))
                .hasSize(3)
                .allSatisfy(report -> assertThat(report).startsWith("timeline: cannot be written to " + file));
        assertThat(results.testEvents().failed().stream()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .map(Throwable::getMessage)))
                .allSatisfy(message -> assertThat(message.orElse("")).isIn("one licence", "wrapped"));
        assertThat(reports(run(ThrowsIt.class, "no\u0000where")))
                .allSatisfy(report -> assertThat(report).startsWith("timeline: cannot be written to"));
    }
}
