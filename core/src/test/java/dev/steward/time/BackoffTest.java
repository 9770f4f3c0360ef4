package dev.steward.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final RandomGenerator UNASKED = () -> {
        throw new AssertionError("no jitter, yet the dice were asked");
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, Integer.MAX_VALUE})
    void none_waits_for_nothing(int streak) {
        assertThat(Backoff.none().delay(streak, UNASKED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64, Integer.MAX_VALUE})
    void a_constant_wait_is_always_the_same(int streak) {
        assertThat(Backoff.constant(Duration.ofSeconds(3)).delay(streak, UNASKED))
                .hasSeconds(3);
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "9, 25600", "10, 30000", "11, 30000", "2147483647, 30000"})
    void an_exponential_wait_doubles_up_to_its_cap(int streak, long millis) {
        Backoff backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(30));

        assertThat(backoff.delay(streak, UNASKED)).hasMillis(millis);
    }

    @Test
    void a_first_wait_of_nothing_stays_nothing() {
        Backoff backoff = Backoff.exponential(Duration.ZERO, Duration.ofSeconds(30));

        assertThat(backoff.delay(1_000, UNASKED)).isZero();
    }

    @Test
    void a_wait_without_a_cap_saturates_instead_of_turning_round() {
        Backoff backoff = Backoff.exponential(Duration.ofNanos(1), Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(backoff.delay(63, UNASKED)).isEqualTo(Duration.ofNanos(1L << 62));
        for (int streak : new int[] {64, 65, 66, 127, 128, 129, Integer.MAX_VALUE}) {
            assertThat(backoff.delay(streak, UNASKED)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void grows_with_every_failure_and_never_beyond_its_cap(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Duration first = Duration.ofNanos(1 + (random.nextLong() >>> (1 + random.nextInt(62))));
            Duration cap = first.plus(Duration.ofNanos(random.nextLong() >>> (1 + random.nextInt(62))));
            Backoff backoff = Backoff.exponential(first, cap);

            Duration before = Duration.ZERO;
            for (int streak = 1; streak < 140; streak++) {
                Duration delay = backoff.delay(streak, UNASKED);
                assertThat(delay).isBetween(before, cap).isGreaterThanOrEqualTo(first);
                before = delay;
            }
            assertThat(before).isEqualTo(Duration.ofNanos(TimeSource.saturatedNanos(cap)));
        }
    }

    @Test
    void jitter_adds_up_to_its_part_of_the_wait_and_takes_nothing_away() {
        Backoff backoff = Backoff.constant(Duration.ofSeconds(10)).withJitter(0.25);
        Random random = new Random(42);

        Duration least = Duration.ofDays(1);
        Duration most = Duration.ZERO;
        for (int i = 0; i < 10_000; i++) {
            Duration delay = backoff.delay(1, random);
            least = delay.compareTo(least) < 0 ? delay : least;
            most = delay.compareTo(most) > 0 ? delay : most;
        }

        assertThat(least).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_010));
        assertThat(most).isBetween(Duration.ofMillis(12_490), Duration.ofMillis(12_500));
    }

    @Test
    void jitter_is_added_to_the_cap_too() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(4))
                .withJitter(1);

        assertThat(backoff.delay(99, new Random(1))).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void jitter_on_the_longest_wait_saturates() {
        Backoff backoff = Backoff.constant(Duration.ofSeconds(Long.MAX_VALUE)).withJitter(1);

        assertThat(backoff.delay(1, new Random(1))).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void one_success_ends_a_row_of_failures_unless_said_otherwise() {
        assertThat(Backoff.none().isOverAfter(Duration.ZERO)).isTrue();
    }

    @Test
    void a_row_of_failures_ends_after_the_healthy_time_and_not_a_nanosecond_before() {
        Backoff backoff = Backoff.constant(Duration.ofSeconds(1)).withResetAfter(Duration.ofMinutes(10));

        assertThat(backoff.isOverAfter(Duration.ofMinutes(10).minusNanos(1))).isFalse();
        assertThat(backoff.isOverAfter(Duration.ofMinutes(10))).isTrue();
    }

    @Test
    void the_withers_keep_the_rest() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(8))
                .withJitter(0.5)
                .withResetAfter(Duration.ofMinutes(1));

        assertThat(backoff)
                .isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 0.5, Duration.ofMinutes(1)));
    }

    @Test
    void refuses_what_makes_no_sense_and_says_the_value() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.constant(second.negated()))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.exponential(second, Duration.ofMillis(999)))
                .withMessageContaining("PT0.999S")
                .withMessageContaining("PT1S");
        for (double jitter : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Backoff.none().withJitter(jitter))
                    .withMessageContaining(String.valueOf(jitter));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.none().withResetAfter(second.negated()))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backoff.none().delay(0, UNASKED))
                .withMessageContaining("streak 0");
    }
}
