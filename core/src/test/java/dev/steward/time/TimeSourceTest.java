package dev.steward.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSourceTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                Long.MIN_VALUE,
                Long.MIN_VALUE + 1,
                -9_223_372_036_000_000_001L,
                -9_223_372_036_000_000_000L,
                -9_223_372_035_999_999_999L,
                -1_000_000_001,
                -1,
                0,
                1,
                999_999_999,
                9_223_372_035_999_999_999L,
                9_223_372_036_000_000_000L,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE
            })
    void what_fits_a_long_is_exact(long nanos) {
        assertThat(TimeSource.saturatedNanos(Duration.ofNanos(nanos))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {9_223_372_036L, 9_223_372_037L, Long.MAX_VALUE - 1, Long.MAX_VALUE})
    void what_is_too_long_is_the_largest_long(long seconds) {
        assertThat(TimeSource.saturatedNanos(Duration.ofSeconds(seconds, 999_999_999)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-9_223_372_037L, -9_223_372_038L, Long.MIN_VALUE + 1, Long.MIN_VALUE})
    void what_is_too_far_back_is_the_smallest_long(long seconds) {
        assertThat(TimeSource.saturatedNanos(Duration.ofSeconds(seconds, 0))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void the_clocks_of_the_machine_pass_by_themselves() {
        TimeSource time = TimeSource.system();

        assertThatCode(() -> time.requireRealTime("somebody")).doesNotThrowAnyException();
        assertThat(time.now()).isNotNull();
        long earlier = time.nanos();
        assertThat(time.nanos() - earlier).isNotNegative();
    }
}
