package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final long NOON = Duration.ofDays(20_000).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final VirtualTime time = new VirtualTime();
    private final ServerClock clock = new ServerClock(time, Duration.ofHours(1));

    @Test
    void goes_on_from_the_newest_stamp() {
        clock.observe(NOON);
        time.advance(Duration.ofMinutes(3));

        assertThat(clock.now()).isEqualTo(NOON + 180_000);
    }

    @Test
    void follows_the_servers_back_when_one_of_them_was_an_hour_ahead() {
        clock.observe(NOON);
        clock.observe(NOON + HOUR);
        clock.observe(NOON + 5);

        assertThat(clock.now()).isEqualTo(NOON + 5);
    }

    @Test
    void counts_as_seen_for_long_what_was_shown_an_hour_ago_whatever_the_stamps_say() {
        clock.seen(1);
        clock.seen(5);
        clock.observe(NOON + HOUR);
        assertThat(clock.seenForLong()).isNegative();
        time.advance(Duration.ofMinutes(59));
        clock.seen(9);
        assertThat(clock.seenForLong()).isNegative();

        time.advance(Duration.ofMinutes(1));
        assertThat(clock.seenForLong()).isEqualTo(5);
        time.advance(Duration.ofMinutes(59));
        assertThat(clock.seenForLong()).isEqualTo(9);
    }

    @Test
    void counts_within_a_little_more_than_an_hour_however_often_it_is_told() {
        long revision = 0;
        for (int seconds = 0; seconds < 4 * 3_600; seconds++) {
            clock.seen(++revision);
            time.advance(Duration.ofSeconds(1));
            if (seconds >= 3_600 + 120) {
                assertThat(revision - clock.seenForLong()).isBetween(3_599L, 3_600L + 120);
            }
        }
    }

    @Test
    void begins_again_when_another_store_stands_there() {
        clock.seen(50);
        time.advance(Duration.ofMinutes(61));
        assertThat(clock.seenForLong()).isEqualTo(50);

        clock.seen(3);

        assertThat(clock.seenForLong()).isNegative();
    }
}
