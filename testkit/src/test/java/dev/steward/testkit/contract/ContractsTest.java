package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rule of every contract has failed once, on an implementation that breaks just this rule on purpose. */
class ContractsTest {
    @Test
    void each_wrong_feed_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = Failures.byWrong(WrongFeedCases.class);

        for (WrongFeed wrong : WrongFeed.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongFeed.values()).map(WrongFeed::rule))
                .containsAll(Failures.rules(StateFeedContract.class));
        System.out.println("contract StateFeed: " + summary(failures, StateFeedContract.class));
    }

    @Test
    void each_wrong_loop_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = Failures.byWrong(WrongLoopCases.class);

        for (WrongLoop wrong : WrongLoop.values()) {
            assertThat(failures.get(wrong.name()))
                    .as("rules broken by %s", wrong)
                    .contains(wrong.rule());
        }
        assertThat(Stream.of(WrongLoop.values()).map(WrongLoop::rule))
                .containsAll(Failures.rules(ControlLoopContract.class));
        System.out.println("contract ControlLoop: " + summary(failures, ControlLoopContract.class));
    }

    @Test
    void each_wrong_probe_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = Failures.byWrong(WrongProbeCases.class);

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
        assertThat(Stream.of(WrongProbe.values()).map(WrongProbe::rule))
                .containsAll(Failures.rules(ProbeContract.class));
        System.out.println("contract Probe: " + summary(failures, ProbeContract.class));
    }

    private static String summary(Map<String, Set<String>> failures, Class<?> contract) {
        return failures.size() + " wrong implementations, "
                + Failures.rules(contract).size() + " rules, all failed once";
    }
}
