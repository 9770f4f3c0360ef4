package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAxisTest {
    private static final long SECOND = 1_000_000_000;
    private static final long HOUR = 3_600 * SECOND;

    private static PageAxis axis(double... seconds) {
        return new PageAxis(DoubleStream.of(seconds)
                .mapToLong(second -> Math.round(second * SECOND))
                .toArray());
    }

    private static List<Duration> breaks(PageAxis axis) {
        return axis.breaks().stream().map(PageAxis.Break::length).toList();
    }

    @Test
    void gives_equal_times_equal_room() {
        PageAxis axis = axis(0, 1, 2, 3, 5);

        double second = axis.x(SECOND) - axis.x(0);
        assertThat(axis.x(2 * SECOND) - axis.x(SECOND)).isEqualTo(second);
        assertThat(axis.x(5 * SECOND) - axis.x(3 * SECOND)).isGreaterThan(1.8 * second);
        assertThat(axis.breaks()).isEmpty();
    }

    @Test
    void cuts_idle_hours_short_and_says_how_long_they_were() {
        PageAxis axis = axis(0, 1, 2, 3, 4, 2 * 3_600, 2 * 3_600 + 1, 2 * 3_600 + 2);

        assertThat(breaks(axis)).containsExactly(Duration.ofSeconds(2 * 3_600 - 4));
        assertThat(axis.x(2 * HOUR) - axis.x(4 * SECOND)).isLessThan(100);
        assertThat(axis.x(SECOND) - axis.x(0)).isGreaterThan(100);
        assertThat(axis.breaks().get(0).x()).isBetween(axis.x(4 * SECOND), axis.x(2 * HOUR));
    }

    @Test
    void gives_most_room_to_what_happened_within_a_second_between_long_waits() {
        PageAxis axis = axis(0, 12, 12.043, 12.066, 12.084, 23.06, 23.069, 23.074);

        assertThat(breaks(axis)).containsExactly(Duration.ofSeconds(12), Duration.ofMillis(10_976));
        assertThat(axis.x(12_084_000_000L) - axis.x(12 * SECOND)).isGreaterThan(400);
    }

    @Test
    void cuts_no_more_than_a_dozen_times() {
        long[] times = new long[200];
        for (int i = 0; i < times.length; i++) {
            int group = i / 5;
            times[i] = group * (60L + i) * SECOND + i % 5;
        }

        assertThat(new PageAxis(times).breaks()).hasSize(12);
    }

    @Test
    void keeps_what_happened_in_quick_succession_apart() {
        PageAxis axis = new PageAxis(new long[] {0, 1, 2, 10 * SECOND, 20 * SECOND});

        assertThat(axis.x(1) - axis.x(0)).isGreaterThanOrEqualTo(PageAxis.APART);
        assertThat(axis.x(2) - axis.x(1)).isGreaterThanOrEqualTo(PageAxis.APART);
    }

    @Test
    void writes_the_first_time_behind_a_break_and_round_ones_as_there_is_room() {
        assertThat(axis(0, 1, 2, 3, 4, 7_200.25, 7_201, 7_202).ticks().stream().map(PageAxis.Tick::label))
                .startsWith("0 s", "1 s")
                .contains("2 h 0.25 s", "2 h 1 s")
                .doesNotContain("1 h");
    }

    @Test
    void has_room_for_a_single_instant_and_for_none_before_it() {
        PageAxis axis = axis(7);

        assertThat(axis.x(7 * SECOND)).isZero();
        assertThat(axis.x(0)).isZero();
        assertThat(axis.x(9 * SECOND)).isZero();
        assertThat(axis.width()).isPositive();
        assertThat(axis.ticks()).extracting(PageAxis.Tick::label).containsExactly("7 s");
        assertThatIllegalArgumentException().isThrownBy(PageAxisTest::axis).withMessageContaining("no times");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void never_goes_back_and_never_writes_one_time_over_another(long seed) {
        var random = new Random(seed);
        long[] times = LongStream.generate(() -> (long) Math.pow(10, random.nextDouble() * 14))
                .limit(300)
                .map(gap -> random.nextInt(9) == 0 ? gap * 100 : gap)
                .toArray();
        Arrays.parallelPrefix(times, Long::sum);
        PageAxis axis = new PageAxis(times);

        for (int i = 1; i < times.length; i++) {
            assertThat(axis.x(times[i])).isGreaterThanOrEqualTo(axis.x(times[i - 1]) + PageAxis.APART);
            assertThat(axis.x(times[i - 1] + (times[i] - times[i - 1]) / 2))
                    .isBetween(axis.x(times[i - 1]), axis.x(times[i]));
        }
        double free = 0;
        for (PageAxis.Tick tick : axis.ticks()) {
            assertThat(tick.x()).isGreaterThanOrEqualTo(free);
            free = tick.x() + PageText.width(tick.label());
            assertThat(free).isLessThanOrEqualTo(axis.width());
        }
    }
}
