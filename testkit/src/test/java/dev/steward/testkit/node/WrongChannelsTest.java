package dev.steward.testkit.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.node.NodeChannel;
import dev.steward.testkit.contract.Failures;
import dev.steward.testkit.contract.NodeChannelContract;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
        Map<String, Set<String>> failures = Failures.byWrong(WrongChannelCases.class);
        Set<String> rules = Failures.rules(NodeChannelContract.class);

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
        assertThat(Failures.of(RightCase.class)).isEmpty();
    }
}
