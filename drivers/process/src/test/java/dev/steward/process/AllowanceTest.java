package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void gives_a_burst_then_so_many_per_second_and_saves_no_more_than_a_burst(long begin) {
        var allowance = new Allowance(new Forwarding(10, 3), begin);

        assertThat(taken(allowance, begin)).isEqualTo(3);
        assertThat(taken(allowance, begin + SECOND / 10 - 1)).isZero();
        assertThat(taken(allowance, begin + SECOND / 10)).isEqualTo(1);
        assertThat(taken(allowance, begin + 100 * SECOND)).isEqualTo(3);
    }

    private static int taken(Allowance allowance, long now) {
        int taken = 0;
        while (allowance.take(now)) {
            taken++;
        }
        return taken;
    }
}
