package dev.steward.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class StewardExtensionTest {
    private static EngineExecutionResults run(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute();
    }

    private static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    private static List<String> reports(Throwable failure) {
        return Arrays.stream(failure.getSuppressed())
                .filter(FailureReport.class::isInstance)
                .map(Throwable::getMessage)
                .toList();
    }

    private static void passes(Class<?> testClass, int tests) {
        EngineExecutionResults results = run(testClass);
        assertThat(failures(results)).isEmpty();
        assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
    }

    @Test
    void hands_out_one_of_everything_that_belongs_together() {
        passes(Examples.TakesEverything.class, 2);
    }

    @Test
    void gives_every_test_its_own_things_and_its_own_seed() {
        passes(Examples.KeepsTestsApart.class, 2);
    }

    @Test
    void takes_the_seed_of_the_annotation_next_to_the_test() {
        passes(Examples.Seeded.class, 3);
    }

    @Test
    void takes_the_seed_from_outside_where_the_code_has_none() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Examples.SeededFromOutside.class))
                .configurationParameter(StewardExtension.SEED, " 99 ")
                .execute();

        assertThat(failures(results)).isEmpty();
    }

    @Test
    void says_so_if_the_seed_from_outside_is_no_number() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Examples.SeededFromOutside.class))
                .configurationParameter(StewardExtension.SEED, "many")
                .execute();

        assertThat(failures(results))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasStackTraceContaining("steward.seed")
                        .hasStackTraceContaining("'many'"));
    }

    @Test
    void derives_the_same_seed_from_the_same_test() {
        Throwable once = failures(run(Examples.FailsBefore.class)).get(0);
        Throwable again = failures(run(Examples.FailsBefore.class)).get(0);

        assertThat(reports(again)).isEqualTo(reports(once));
    }

    @Test
    void attaches_to_a_failure_what_is_needed_to_repeat_and_understand_it() {
        Throwable failure = failures(run(Examples.Fails.class)).get(0);

        assertThat(failure).hasMessage("it is cold");
        assertThat(reports(failure))
                .singleElement()
                .satisfies(report -> assertThat(report)
                        .contains("seed 17; again with @Seed(17L) or -Dsteward.seed=17")
                        .contains("#1 thing boiler: cold")
                        .contains("#2 thing pump: stuck FAILED")
                        .contains("boiler.bursts #1 at 3 s")
                        .contains("3 s  frost"));
    }

    @Test
    void attaches_nothing_to_a_test_that_was_aborted() {
        List<Event> aborted = run(Examples.Fails.class).testEvents().aborted().list();

        assertThat(aborted)
                .singleElement()
                .satisfies(event -> assertThat(event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable())
                        .hasValueSatisfying(cause -> assertThat(reports(cause)).isEmpty()));
    }

    @Test
    void attaches_it_to_a_failure_before_the_test_as_well() {
        Throwable failure = failures(run(Examples.FailsBefore.class)).get(0);

        assertThat(reports(failure))
                .singleElement()
                .satisfies(report -> assertThat(report).contains("after 8 s"));
    }

    @Test
    void prints_it_if_the_failure_takes_no_attachments() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            run(Examples.FailsUnattachably.class);
        } finally {
            System.setErr(before);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("seed 18");
    }

    @Test
    void refuses_to_share_a_simulation_between_tests() {
        assertThat(failures(run(Examples.TakesItTooEarly.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("a Simulation belongs to one test"));
    }

    @Test
    void hands_out_fakes_that_it_was_told_of_and_closes_them() {
        int before = Examples.FakeBoiler.closed;

        passes(Examples.TakesFakes.class, 2);

        assertThat(Examples.FakeBoiler.closed).isEqualTo(before + 1);
    }
}
