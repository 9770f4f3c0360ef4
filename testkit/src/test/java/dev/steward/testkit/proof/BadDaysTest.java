package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Days of somebody else's making. */
class BadDaysTest {
    /** Lasts an hour, and checks what it is told to. */
    private record Day(Simulation simulation, LongConsumer check) implements BadDay {
        @Override
        public long play() {
            simulation.note("seed " + simulation.seed());
            simulation.run(Duration.ofHours(1));
            check.accept(simulation.seed());
            return simulation.traceHash();
        }
    }

    private static BadDays days(LongConsumer check) {
        return Proof.ofDays("days", seed -> new Day(new Simulation(seed), check));
    }

    private static void fallsOn(long seed, long... bad) {
        for (long each : bad) {
            assertThat(seed).as("a bad seed").isNotEqualTo(each);
        }
    }

    @Test
    void are_all_played_and_some_of_them_twice() {
        AtomicInteger played = new AtomicInteger();

        ProofReport report = days(seed -> played.incrementAndGet())
                .seeds(1, 250)
                .twiceEvery(100)
                .run();

        assertThat(played).hasValue(252);
        assertThat(report.total()).isEqualTo(252);
        assertThat(report.simulated()).isEqualTo(Duration.ofHours(252));
    }

    @Test
    void end_with_the_first_seed_that_is_bad() {
        assertThatThrownBy(() -> days(seed -> fallsOn(seed, 177, 121, 130))
                        .seeds(1, 1_000)
                        .run())
                .isInstanceOf(AssertionError.class)
                .isInstanceOf(HasChronicle.class)
                .hasMessageContaining("a bad seed")
                .hasMessageContaining("days: again with -Dsteward.seed=121")
                .hasMessageContaining("simulation with seed 121, after 3600 s");
    }

    @Test
    void find_what_is_planted_or_do_not() {
        assertThat(days(seed -> fallsOn(seed, 402, 37)).seeds(1, 1_000).firstFound())
                .hasValue(37);
        assertThat(days(seed -> {}).seeds(1, 100).firstFound()).isEmpty();
    }

    @Test
    void must_go_the_same_way_twice() {
        AtomicInteger shared = new AtomicInteger();

        assertThatThrownBy(() -> Proof.ofDays(
                                "days", seed -> new Day(new Simulation(seed + shared.incrementAndGet()), any -> {}))
                        .seeds(1, 1)
                        .twiceEvery(1)
                        .run())
                .hasMessageContaining("played twice, it goes two ways");
    }
}
