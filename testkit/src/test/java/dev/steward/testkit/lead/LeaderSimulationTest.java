package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.QuietLog;
import dev.steward.testkit.proof.BadDays;
import dev.steward.testkit.proof.Proof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that share a store and elect leaders, through thousands of bad days on virtual time: what must never happen does not, and when
 * nothing goes wrong any more, somebody leads and everything becomes as it is wanted. I21 is checked in {@link LeadOracle}, I1 here.
 */
@ExtendWith(QuietLog.class)
class LeaderSimulationTest {
    private static final int HUNDRED = 100;
    private static final int NORMAL = 2_000;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 100_000 : Boolean.getBoolean("steward.brief") ? 300 : NORMAL;

    @Test
    void never_has_two_leaders_in_one_term_whatever_happens() {
        LeadTally tally = new LeadTally();

        days("leaders", LeadPlanted.NOTHING, tally)
                .seeds(1, SEEDS)
                .twiceEvery(HUNDRED)
                .run();

        System.out.println("leaders: " + tally);
        if (Long.getLong(BadDays.SEED) == null) {
            assertThat(tally.seeds()).isEqualTo(SEEDS);
            assertThat(tally.claims).isGreaterThan(tally.seeds());
            assertThat(tally.faults())
                    .containsKeys("F9 paused", "F14 session lost", "purge", "store.view.reset", "store.commit.later");
        }
    }

    @Test
    void the_copy_of_a_leader_that_mistakes_are_made_in_has_none_of_its_own() {
        days("leaders: a copy", LeadPlanted.NOTHING_BUT_A_COPY, new LeadTally())
                .seeds(1, SEEDS / 20)
                .run();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "NOTHING.*")
    void is_found_out_if_it_has_a_defect(LeadPlanted defect) {
        assertThat(days("leaders: " + defect, defect, new LeadTally())
                        .seeds(1, NORMAL)
                        .firstFound())
                .isPresent();
    }

    private static BadDays days(String name, LeadPlanted planted, LeadTally all) {
        return Proof.ofDays(name, seed -> new LeadScenario(seed, planted, all));
    }
}
