package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.LeaderElection;
import dev.steward.testkit.contract.Failures;
import dev.steward.testkit.contract.LeaderElectionContract;
import dev.steward.testkit.lead.WrongElection.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract of elections finds wrong ones: each of these differs from the fake in one thing. */
class WrongElectionsTest {
    /** The fake behind candidates of a kind whose defect is not theirs, but of whoever kills them. */
    static class RightCase extends FakeElectionContractTest {
        private final List<Wrong> all = new ArrayList<>();

        @Override
        protected LeaderElection candidate(String role, String process) {
            return new Wrong(WrongElection.OUTLIVES_ITS_PROCESS, super.candidate(role, process), all);
        }

        @Override
        protected boolean kill(LeaderElection candidate) {
            return super.kill(((Wrong) candidate).good);
        }

        @Override
        protected boolean cutOff(LeaderElection candidate) {
            return super.cutOff(((Wrong) candidate).good);
        }

        @Override
        protected void reconnect(LeaderElection candidate) {
            super.reconnect(((Wrong) candidate).good);
        }
    }

    @Test
    void each_wrong_election_fails_the_rule_that_it_breaks_and_each_rule_has_one() {
        Map<String, Set<String>> failures = Failures.byWrong(WrongElectionCases.class);
        Set<String> rules = Failures.rules(LeaderElectionContract.class);

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

    @Test
    void finds_nothing_in_one_that_changes_nothing() {
        assertThat(Failures.of(RightCase.class)).isEmpty();
    }
}
