package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Few faults and events of many. */
class ShrinkerTest {
    private static final int MANY = 40;
    private static final Violation NEVER =
            new Violation(Violation.CONVERGENCE + ": eventually 'leased'", "does not hold", Duration.ofHours(1), null);
    private static final Violation LATE = new Violation("rule", "does not hold", Duration.ofHours(1), null);

    private static Fault fault(int number) {
        return new Fault(Fault.Kind.LOST, "p1", "lease", number, "");
    }

    /** @param fails whether a run breaks the rule */
    private static RunEnd play(Replay replay, Predicate<Replay> fails, Violation how) {
        Map<String, Duration> events = new HashMap<>();
        for (int i = 1; i <= MANY; i++) {
            if (!replay.without().contains("" + i)) {
                events.put("" + i, Duration.ofMinutes(i * 2L));
            }
        }
        Violation violation = fails.test(replay) ? how : null;
        return new RunEnd(replay, violation, new Simulation(0), Map.of(), List.of(), events, false);
    }

    private static RunEnd shrunk(Predicate<Replay> fails) {
        return shrunk(fails, LATE);
    }

    private static RunEnd shrunk(Predicate<Replay> fails, Violation how) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            faults.add(fault(i));
        }
        RunEnd failed = play(new Replay(5, 6, faults, Set.of()), fails, how);
        return new Shrinker(replay -> play(replay, fails, how), failed).shrink();
    }

    @Test
    void are_found_wherever_they_are() {
        RunEnd small = shrunk(replay -> replay.faults().contains(fault(3))
                && replay.faults().contains(fault(29))
                && !replay.without().contains("17"));

        assertThat(small.replay().faults()).containsExactly(fault(3), fault(29));
        assertThat(small.replay().without()).doesNotContain("17").hasSize(29); // those up to the failure, but for it
        assertThat(small.replay().seed()).isZero();
        assertThat(small.replay().rounds()).isEqualTo(1);
    }

    @Test
    void are_none_if_it_takes_none() {
        RunEnd small = shrunk(replay -> true);

        assertThat(small.replay().faults()).isEmpty();
    }

    @Test
    void are_of_the_seed_that_it_takes() {
        RunEnd small = shrunk(replay -> replay.seed() == 5 && replay.rounds() >= 4);

        assertThat(small.replay().seed()).isEqualTo(5);
        assertThat(small.replay().rounds()).isEqualTo(4);
    }

    @Test
    void are_not_blamed_on_a_wish_that_was_left_out() {
        for (Violation how : List.of(LATE, NEVER)) {
            RunEnd small = shrunk(
                    replay -> replay.faults().contains(fault(3))
                            || replay.without().contains("17"), // nobody fulfils what nobody wishes
                    how);

            assertThat(small.replay().faults()).containsExactly(fault(3));
            assertThat(small.replay().without()).doesNotContain("17").hasSize(29);
        }
    }

    @Test
    void are_all_events_where_something_is_never_fulfilled_and_no_fault_is_needed() {
        RunEnd small = shrunk(replay -> true, NEVER);

        assertThat(small.replay().faults()).isEmpty();
        assertThat(small.replay().without()).isEmpty();
        assertThat(small.replay().rounds()).isEqualTo(1);
    }
}
