package dev.steward.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private final VirtualTime time = new VirtualTime();

    @Test
    void the_monotonic_clock_starts_one_hour_before_it_wraps() {
        time.advance(Duration.ofHours(1));
        assertThat(time.nanos()).isEqualTo(Long.MAX_VALUE);

        time.advance(Duration.ofNanos(1));
        assertThat(time.nanos()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void both_clocks_pass_alike() {
        long began = time.nanos();
        Instant stamp = time.now();

        time.advance(Duration.ofHours(2).plusNanos(7));

        assertThat(time.nanos() - began).isEqualTo(7_200_000_000_007L);
        assertThat(time.now()).isEqualTo(stamp.plusSeconds(7_200).plusNanos(7));
    }

    @Test
    void stands_still_until_it_is_told_to_move() {
        assertThat(time.nanos()).isEqualTo(time.nanos());
        assertThat(time.now()).isEqualTo(time.now());
        assertThat(time).hasToString("VirtualTime[2020-01-01T00:00:00Z]");
    }

    @Test
    void the_wall_clock_steps_both_ways_and_the_monotonic_one_does_not_notice() {
        long before = time.nanos();

        time.stepWall(Duration.ofHours(-1));
        assertThat(time.now()).isEqualTo(Instant.parse("2019-12-31T23:00:00Z"));
        time.stepWall(Duration.ofDays(2));
        assertThat(time.now()).isEqualTo(Instant.parse("2020-01-02T23:00:00Z"));

        assertThat(time.nanos()).isEqualTo(before);
    }

    @Test
    void refuses_to_pass_backwards() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");
    }

    @Test
    void a_move_beyond_the_end_of_the_calendar_moves_neither_clock() {
        long before = time.nanos();

        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOfAny(DateTimeException.class, ArithmeticException.class);

        assertThat(time.nanos()).isEqualTo(before);
    }

    @Test
    void refuses_to_be_waited_on_and_names_who_wanted_to() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.requireRealTime("LoopInvoker"))
                .withMessageStartingWith("LoopInvoker waits in real time")
                .withMessageContaining("Simulation");
    }
}
