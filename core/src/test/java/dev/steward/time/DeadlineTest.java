package dev.steward.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
    private static final long[] NOWS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 3_000_000_000L};

    @Test
    void is_due_from_the_very_nanosecond_and_not_before_wherever_the_clock_stands() {
        for (long now : NOWS) {
            Deadline deadline = Deadline.after(now, Duration.ofSeconds(3));
            long at = now + 3_000_000_000L;

            assertThat(deadline.isDue(now)).isFalse();
            assertThat(deadline.isDue(at - 1)).isFalse();
            assertThat(deadline.isDue(at)).isTrue();
            assertThat(deadline.isDue(at + 1)).isTrue();
        }
    }

    @Test
    void tells_what_is_left_and_never_less_than_nothing() {
        for (long now : NOWS) {
            Deadline deadline = Deadline.after(now, Duration.ofNanos(5));

            assertThat(deadline.nanosLeft(now)).isEqualTo(5);
            assertThat(deadline.nanosLeft(now + 4)).isEqualTo(1);
            assertThat(deadline.nanosLeft(now + 5)).isZero();
            assertThat(deadline.nanosLeft(now + 6)).isZero();
            assertThat(deadline.left(now + 2)).isEqualTo(Duration.ofNanos(3));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void a_delay_of_nothing_or_less_is_due_at_once(long nanos) {
        for (long now : NOWS) {
            Deadline deadline = Deadline.after(now, Duration.ofNanos(nanos));

            assertThat(deadline.isDue(now)).isTrue();
            assertThat(deadline.isDue(now - 1)).isFalse();
            assertThat(deadline.nanosLeft(now)).isZero();
        }
    }

    @Test
    void the_farthest_past_is_due_at_once_too() {
        assertThat(Deadline.after(7, Duration.ofSeconds(Long.MIN_VALUE)).isDue(7))
                .isTrue();
    }

    @Test
    void a_delay_beyond_the_horizon_never_comes() {
        Deadline farthest = Deadline.after(5, Duration.ofNanos(Long.MAX_VALUE / 2));
        Deadline beyond = Deadline.after(5, Duration.ofNanos(Long.MAX_VALUE / 2 + 1));

        assertThat(farthest.isNever()).isFalse();
        assertThat(farthest.isDue(5)).isFalse();
        assertThat(farthest.isDue(5 + Long.MAX_VALUE / 2)).isTrue();
        assertThat(beyond).isSameAs(Deadline.never());
        assertThat(Deadline.after(5, Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(Deadline.never());
    }

    @Test
    void never_is_never_due() {
        for (long now : NOWS) {
            assertThat(Deadline.never().isDue(now)).isFalse();
            assertThat(Deadline.never().nanosLeft(now)).isEqualTo(Long.MAX_VALUE);
        }
        assertThat(Deadline.never().isNever()).isTrue();
        assertThat(Deadline.never().left(0)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void the_earliest_is_the_one_due_first_also_across_the_wrap() {
        for (long now : NOWS) {
            Deadline sooner = Deadline.after(now, Duration.ofSeconds(2));
            Deadline later = Deadline.after(now, Duration.ofSeconds(4));

            assertThat(sooner.earliest(later)).isSameAs(sooner);
            assertThat(later.earliest(sooner)).isSameAs(sooner);
            assertThat(later.earliest(Deadline.never())).isSameAs(later);
            assertThat(Deadline.never().earliest(later)).isSameAs(later);
        }
        assertThat(Deadline.never().earliest(Deadline.never())).isSameAs(Deadline.never());
    }

    /** Property: for any clock and any delay below the horizon, due and left agree with the difference of two readings. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void agrees_with_the_difference_of_two_readings(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long now = random.nextLong();
            long delay = random.nextLong() >>> (2 + random.nextInt(60));
            long passed = random.nextLong() >>> (2 + random.nextInt(60));
            Deadline deadline = Deadline.after(now, Duration.ofNanos(delay));

            assertThat(deadline.isDue(now + passed)).isEqualTo(passed >= delay);
            assertThat(deadline.nanosLeft(now + passed)).isEqualTo(Math.max(delay - passed, 0));
        }
    }

    @Test
    void says_what_it_is() {
        assertThat(Deadline.after(1, Duration.ofNanos(2))).hasToString("Deadline[3]");
        assertThat(Deadline.never()).hasToString("Deadline[never]");
    }
}
