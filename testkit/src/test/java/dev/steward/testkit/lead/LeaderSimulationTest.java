package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes that share a store and elect leaders, through thousands of bad days on virtual time: what must never happen does not, and when
 * nothing goes wrong any more, somebody leads and everything becomes as it is wanted. I21 is checked in {@link LeadOracle}, I1 here.
 */
class LeaderSimulationTest {
    private static final int HUNDRED = 100;
    private static final int NORMAL = 2_000;
    private static final int SEEDS =
            Boolean.getBoolean("steward.nightly") ? 100_000 : Boolean.getBoolean("steward.brief") ? 300 : NORMAL;

    @BeforeAll
    static void silence() {
        LeadLog.silence();
    }

    @AfterAll
    static void speak() {
        LeadLog.speak();
    }

    @Test
    void never_has_two_leaders_in_one_term_whatever_happens() {
        LeadTally tally = new LeadTally();
        long first = Long.getLong("steward.seed", 1);
        long last = System.getProperty("steward.seed") == null ? SEEDS : first;
        long begun = System.nanoTime();

        // each seed has its own world, so as many are played at once as there are processors
        List<LeadTally> tallies = LongStream.rangeClosed(first / HUNDRED, last / HUNDRED)
                .parallel()
                .mapToObj(hundred ->
                        playAll(Math.max(first, hundred * HUNDRED), Math.min(last, hundred * HUNDRED + HUNDRED - 1)))
                .toList();

        tallies.forEach(tally::add);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("leaders: " + tally + ", in " + took.toMillis() + " ms");
        assertThat(tally.seeds).isEqualTo(last - first + 1);
        if (first != last) {
            assertThat(tally.claims).isGreaterThan(tally.seeds);
            assertThat(tally.faults().keySet())
                    .contains("F9 paused", "F14 session lost", "purge", "store.view.reset", "store.commit.later");
        }
    }

    /** Plays some seeds one after the other, and each that ends in 00 twice. */
    private static LeadTally playAll(long from, long to) {
        LeadTally tally = new LeadTally();
        for (long seed = from; seed <= to; seed++) {
            long hash = play(seed, LeadPlanted.NOTHING, tally);
            if (seed % HUNDRED == 0) {
                assertThat(play(seed, LeadPlanted.NOTHING, new LeadTally()))
                        .as("I1: seed %s played twice", seed)
                        .isEqualTo(hash);
            }
        }
        return tally;
    }

    @Test
    void the_copy_of_a_leader_that_mistakes_are_made_in_has_none_of_its_own() {
        for (long seed = 1; seed <= SEEDS / 20; seed++) {
            play(seed, LeadPlanted.NOTHING_BUT_A_COPY, new LeadTally());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "NOTHING.*")
    void is_found_out_if_it_has_a_defect(LeadPlanted defect) {
        for (long seed = 1; seed <= NORMAL; seed++) {
            try {
                play(seed, defect, new LeadTally());
            } catch (AssertionError found) {
                String why = found.getMessage().lines().findFirst().orElse("");
                System.out.println("leaders: " + defect + " is found with seed " + seed + ": "
                        + why.substring(0, Math.min(why.length(), 200)));
                return;
            }
        }
        throw new AssertionError(defect + " is not found with " + NORMAL + " seeds");
    }

    private static long play(long seed, LeadPlanted planted, LeadTally tally) {
        LeadScenario scenario = new LeadScenario(seed, planted, tally);
        try {
            return scenario.play();
        } catch (RuntimeException | AssertionError failure) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            throw new AssertionError(
                    why + System.lineSeparator() + "again with -Dsteward.seed=" + seed + System.lineSeparator()
                            + scenario.simulation.report(),
                    failure);
        }
    }
}
