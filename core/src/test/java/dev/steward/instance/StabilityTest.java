package dev.steward.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StabilityTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long WINDOW = Stability.WINDOW.toNanos();
    private static final long JUST_BEFORE_WRAP = Long.MAX_VALUE - SECOND;

    @Test
    void is_one_without_a_failure_and_allocates_nothing_for_it() {
        assertThat(Stability.STEADY.factor(0)).isEqualTo(1.0);
        assertThat(Stability.STEADY.at(JUST_BEFORE_WRAP)).isSameAs(Stability.STEADY);
    }

    @Test
    void loses_five_seconds_worth_over_the_distance_of_each_failure() {
        Stability once = Stability.STEADY.failedAt(0);

        assertThat(once.factor(10 * SECOND)).isEqualTo(0.5);
        assertThat(once.factor(100 * SECOND)).isEqualTo(0.95);
        assertThat(once.factor(3_600 * SECOND)).isCloseTo(0.9986, within(1e-4));
        assertThat(once.failedAt(50 * SECOND).factor(100 * SECOND)).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void is_never_below_zero() {
        Stability once = Stability.STEADY.failedAt(0);

        assertThat(once.factor(5 * SECOND)).isZero();
        assertThat(once.factor(1)).isZero();
        assertThat(once.factor(5 * SECOND + 1)).isPositive();
    }

    @Test
    void takes_a_failure_that_is_not_past_as_one_without_distance() {
        Stability once = Stability.STEADY.failedAt(0);

        assertThat(once.factor(0)).isZero();
        assertThat(once.factor(-10 * SECOND)).isZero();
        assertThat(once.at(-10 * SECOND)).isSameAs(once);
    }

    @Test
    void forgets_a_failure_one_nanosecond_after_it_has_left_the_window() {
        Stability twice = Stability.STEADY.failedAt(0).failedAt(SECOND);

        assertThat(twice.at(WINDOW)).isSameAs(twice);
        assertThat(twice.at(WINDOW + 1).times()).containsExactly(SECOND);
    }

    @Test
    void never_forgets_the_last_failure() {
        Stability once = Stability.STEADY.failedAt(0);

        assertThat(once.at(1_000 * WINDOW)).isSameAs(once);
        assertThat(once.at(1_000 * WINDOW).factor(1_000 * WINDOW)).isLessThan(1.0);
    }

    @Test
    void keeps_two_hundred_failures_at_most() {
        Stability often = Stability.STEADY;
        for (int i = 0; i < 300; i++) {
            often = often.failedAt(i);
        }

        assertThat(often.times()).containsExactly(LongStream.range(100, 300).toArray());
        assertThat(often.failures()).isEqualTo(200);
    }

    @Test
    void does_not_mind_the_wrap_of_the_clock() {
        Stability twice = Stability.STEADY.failedAt(JUST_BEFORE_WRAP).failedAt(JUST_BEFORE_WRAP + WINDOW);
        long later = JUST_BEFORE_WRAP + WINDOW + 10 * SECOND;

        assertThat(later).isNegative();
        assertThat(twice.at(later).failures()).isEqualTo(1);
        assertThat(twice.at(later).factor(later)).isEqualTo(0.5);
    }
}
