package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.steward.node.NodeChannel;
import dev.steward.testkit.contract.NodeChannelContract;
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

/** The contract of node channels finds wrong channels: each of these differs from the fake in one thing. */
class WrongChannelsTest {
    /** The fake behind one that changes nothing. */
    static class RightCase extends FakeNodeContractTest {
        @Override
        protected NodeChannel newChannel() {
            return new WrongNode(super.newChannel());
        }
    }

    @Test
    void each_wrong_channel_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = failures(WrongChannelCases.class);
        Set<String> rules = Arrays.stream(NodeChannelContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        for (WrongChannel wrong : WrongChannel.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .isNotNull()
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongChannel.values()).map(WrongChannel::rule).collect(Collectors.toSet()))
                .isEqualTo(rules);
        System.out.println(
                "contract NodeChannel: " + failures.size() + " wrong, " + rules.size() + " rules, all failed once");
    }

    @Test
    void finds_nothing_in_one_that_changes_nothing() {
        assertThat(failures(RightCase.class)).isEmpty();
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
