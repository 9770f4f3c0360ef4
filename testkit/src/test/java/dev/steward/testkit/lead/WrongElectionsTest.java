package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.steward.testkit.contract.LeaderElectionContract;
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

/** The contract of elections finds wrong ones: each of these differs from the fake in one thing. */
class WrongElectionsTest {
    @Test
    void each_wrong_election_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongElectionCases.class);
        Set<String> rules = Arrays.stream(LeaderElectionContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        for (WrongElection wrong : WrongElection.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .isNotNull()
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongElection.values()).map(WrongElection::rule).collect(Collectors.toSet()))
                .isEqualTo(rules);
        System.out.println(
                "contract LeaderElection: " + failures.size() + " wrong, " + rules.size() + " rules, all failed once");
    }

    /** Which rules failed, for each wrong implementation. */
    private static Map<String, Set<String>> failures(Class<?> cases) {
        Map<String, Set<String>> failures = new TreeMap<>();
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(cases)).execute().testEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .forEach(test -> failures.computeIfAbsent(wrong(test), any -> new TreeSet<>())
                        .add(test.getDisplayName().replace("()", "")));
        return failures;
    }

    private static String wrong(TestDescriptor test) {
        return test.getParent().orElseThrow().getDisplayName();
    }
}
