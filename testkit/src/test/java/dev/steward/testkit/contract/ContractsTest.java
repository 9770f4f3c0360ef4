package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Every rule of every contract has failed once, on an implementation that breaks just this rule on purpose. */
class ContractsTest {
    /** Which rules failed, for each wrong implementation. */
    private static Map<String, Set<String>> failures(Class<?> cases) {
        Map<String, Set<String>> failures = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(cases)).execute().testEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .forEach(test -> failures.computeIfAbsent(wrong(test), any -> new TreeSet<>())
                        .add(rule(test)));
        return failures;
    }

    private static String wrong(TestDescriptor test) {
        return test.getParent().orElseThrow().getDisplayName();
    }

    private static String rule(TestDescriptor test) {
        return test.getDisplayName().replace("()", "");
    }

    private static Set<String> rules(Class<?> contract) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void each_wrong_feed_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongFeedCases.class);

        for (WrongFeed wrong : WrongFeed.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongFeed.values()).map(WrongFeed::rule)).containsAll(rules(StateFeedContract.class));
        System.out.println("contract StateFeed: " + summary(failures, StateFeedContract.class));
    }

    @Test
    void each_wrong_loop_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongLoopCases.class);

        for (WrongLoop wrong : WrongLoop.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongLoop.values()).map(WrongLoop::rule)).containsAll(rules(ControlLoopContract.class));
        System.out.println("contract ControlLoop: " + summary(failures, ControlLoopContract.class));
    }

    @Test
    void each_wrong_probe_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongProbeCases.class);

        for (WrongProbe wrong : WrongProbe.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .contains(wrong.rule());
            if (wrong.breaksNoOther()) {
                assertThat(failures.get(wrong.name()))
                        .as("rules broken by %s", wrong)
                        .containsExactly(wrong.rule());
            }
        }
        assertThat(Stream.of(WrongProbe.values()).map(WrongProbe::rule)).containsAll(rules(ProbeContract.class));
        System.out.println("contract Probe: " + summary(failures, ProbeContract.class));
    }

    private static String summary(Map<String, Set<String>> failures, Class<?> contract) {
        return failures.size() + " wrong implementations, " + rules(contract).size() + " rules, all failed once";
    }
}
