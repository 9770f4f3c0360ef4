package dev.steward.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When to look again. */
class PaceTest {
    private static final long PERIOD = Duration.ofSeconds(100).toNanos();

    private final Pace pace = new Pace(Duration.ofSeconds(100));

    @Test
    void is_steady_unless_something_happened() {
        assertThat(pace.isDue()).isTrue();

        pace.looked();
        assertThat(pace.remainingNanos()).isBetween(PERIOD / 2, PERIOD);

        pace.hurry();
        assertThat(pace.remainingNanos()).isLessThan(PERIOD / 1000);
    }

    @Test
    void takes_longer_where_there_is_more_to_look_at_and_no_longer_than_it_must() {
        pace.stretch(3);
        for (int look = 0; look < 3; look++) {
            pace.looked();
        }
        assertThat(pace.remainingNanos()).isBetween(2 * PERIOD, 3 * PERIOD);

        pace.stretch(1);
        pace.looked();
        pace.looked();
        assertThat(pace.remainingNanos()).isBetween(PERIOD / 2, PERIOD);
    }
}
