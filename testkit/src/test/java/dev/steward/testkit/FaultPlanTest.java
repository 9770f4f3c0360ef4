package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private final VirtualTime time = new VirtualTime();
    private final FaultPlan faults = new FaultPlan(11, time);

    private static List<Boolean> decisions(FaultPlan plan, String point, int count) {
        List<Boolean> decisions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            decisions.add(plan.decide(point));
        }
        return decisions;
    }

    @Test
    void lets_nothing_go_wrong_unless_told_to() {
        assertThat(decisions(faults, "driver.launch.lost", 1_000)).doesNotContain(true);
        assertThat(faults.fired()).isEmpty();
    }

    @Test
    void fires_about_as_often_as_its_chance_says() {
        faults.chance("a", 0.3).chance("never", 0).chance("always", 1);

        assertThat(decisions(faults, "a", 10_000).stream()
                        .filter(fired -> fired)
                        .count())
                .isCloseTo(3_000, within(200L));
        assertThat(decisions(faults, "never", 100)).doesNotContain(true);
        assertThat(decisions(faults, "always", 100)).doesNotContain(false);
    }

    @Test
    void fires_at_exactly_the_occurrences_asked_for() {
        faults.on("a", 2, 4);

        assertThat(decisions(faults, "a", 5)).containsExactly(false, true, false, true, false);
    }

    @Test
    void counts_the_occurrences_asked_for_from_now() {
        decisions(faults, "a", 10);
        faults.on("a", 1);

        assertThat(decisions(faults, "a", 2)).containsExactly(true, false);
    }

    @Test
    void decides_the_same_with_the_same_seed_whatever_else_is_asked() {
        FaultPlan alone = new FaultPlan(11, time).chance("a", 0.5);
        FaultPlan crowded = new FaultPlan(11, time).chance("a", 0.5).chance("b", 0.5);
        List<Boolean> among = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            crowded.decide("b");
            among.add(crowded.decide("a"));
        }

        assertThat(among).isEqualTo(decisions(alone, "a", 200));
        assertThat(decisions(new FaultPlan(12, time).chance("a", 0.5), "a", 200))
                .isNotEqualTo(among);
    }

    @Test
    void decides_points_of_one_chance_apart() {
        faults.chance("a", 0.5).chance("b", 0.5);

        assertThat(decisions(faults, "a", 200)).isNotEqualTo(decisions(faults, "b", 200));
    }

    @Test
    void is_quiet_when_told_to_and_goes_on_counting() {
        faults.chance("a", 1).on("b", 2);
        faults.quiet();
        assertThat(decisions(faults, "a", 10)).doesNotContain(true);
        assertThat(decisions(faults, "b", 2)).doesNotContain(true);

        faults.resume();

        assertThat(faults.decide("a")).isTrue();
        assertThat(faults.occurrences("a")).isEqualTo(11);
        assertThat(faults.decide("b")).isFalse();
    }

    @Test
    void switches_one_point_off() {
        faults.chance("a", 1).on("a", 5).chance("b", 1);
        faults.off("a");

        assertThat(decisions(faults, "a", 10)).doesNotContain(true);
        assertThat(faults.decide("b")).isTrue();
    }

    @Test
    void enables_other_points_in_other_seeds() {
        Set<String> enabledSomewhere = new HashSet<>();
        int enabled = 0;
        for (long seed = 0; seed < 200; seed++) {
            FaultPlan plan = new FaultPlan(seed, time).anywhere(0.25, 1);
            for (String point : List.of("a", "b", "c", "d")) {
                if (plan.decide(point)) {
                    enabledSomewhere.add(point);
                    enabled++;
                    assertThat(decisions(plan, point, 5)).doesNotContain(false);
                }
            }
        }

        assertThat(enabledSomewhere).hasSize(4);
        assertThat(enabled).isCloseTo(200, within(60));
    }

    @Test
    void leaves_points_that_are_switched_off_out_of_anywhere() {
        faults.anywhere(1, 1).off("a");

        assertThat(faults.decide("a")).isFalse();
        assertThat(faults.decide("b")).isTrue();
    }

    @Test
    void keeps_what_fired_with_its_number_and_its_time() {
        faults.on("a", 2);
        faults.decide("a");
        time.advance(Duration.ofMillis(12_345));
        faults.decide("a");

        assertThat(faults.fired()).containsExactly(new FaultPlan.Fault("a", 2, Duration.ofMillis(12_345)));
        assertThat(faults.fired().get(0)).hasToString("a #2 at 12.345 s");
    }

    @Test
    void keeps_a_bounded_number_of_faults_and_counts_them_all() {
        faults.chance("a", 1);
        decisions(faults, "a", 2_500);

        assertThat(faults.fired()).hasSize(1_000);
        assertThat(faults.fired().get(999).occurrence()).isEqualTo(2_500);
        assertThat(faults.firedCount()).isEqualTo(2_500);
    }

    @Test
    void names_the_planned_points_that_nobody_has_passed() {
        faults.chance("driver.launch.lost", 0.5).on("driver.lunch.lost", 1);
        faults.decide("driver.launch.lost");

        assertThat(faults.neverPassed()).containsExactly("driver.lunch.lost");
    }

    @Test
    void refuses_what_is_no_probability_no_occurrence_and_no_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.chance("a", 1.1))
                .withMessageContaining("1.1");
        assertThatIllegalArgumentException().isThrownBy(() -> faults.chance("a", Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> faults.on("a", 0)).withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> faults.decide(" "));
    }
}
