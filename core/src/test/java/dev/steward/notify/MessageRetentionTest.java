package dev.steward.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule of the message log, on the board and on the log inside it. */
class MessageRetentionTest {
    private static final Duration AGE = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime();

    @Test
    void the_defaults_are_those_of_the_reference() {
        assertThat(MessageRetention.defaults()).isEqualTo(new MessageRetention(Duration.ofHours(1), 5, 10_000));
    }

    @Test
    void a_message_one_nanosecond_too_young_is_kept() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 1, 10));
        board.log("a", "old");

        time.advance(AGE.minusNanos(1));
        board.log("a", "new");

        assertThat(texts(board)).containsExactly("old", "new");
    }

    @Test
    void a_message_that_has_reached_the_age_is_dropped() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 1, 10));
        board.log("a", "old");

        time.advance(AGE);
        board.log("a", "new");

        assertThat(texts(board)).containsExactly("new");
    }

    @Test
    void the_fewest_are_kept_whatever_their_age() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 3, 10));
        List.of("1", "2", "3", "4").forEach(text -> board.log("a", text));

        time.advance(Duration.ofDays(1));
        board.log("a", "5");

        assertThat(texts(board)).containsExactly("3", "4", "5");
    }

    @Test
    void the_most_are_kept_however_young_the_others_are() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 0, 3));
        List.of("1", "2", "3").forEach(text -> board.log("a", text));
        assertThat(texts(board)).containsExactly("1", "2", "3");

        board.log("a", "4");

        assertThat(texts(board)).containsExactly("2", "3", "4");
    }

    @Test
    void a_quiet_board_drops_nothing() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 0, 10));
        board.log("a", "old");
        time.advance(Duration.ofDays(1));
        board.raise("a", "x", "something else");

        assertThat(texts(board)).containsExactly("old");
    }

    @Test
    void setting_the_wall_clock_drops_nothing_and_keeps_nothing() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 0, 10));
        board.log("a", "old");
        time.stepWall(Duration.ofDays(365));
        board.log("a", "after a step forward");
        assertThat(texts(board)).containsExactly("old", "after a step forward");

        time.stepWall(Duration.ofDays(-730));
        time.advance(AGE);
        board.log("a", "after a step back");
        assertThat(texts(board)).containsExactly("after a step back");
    }

    @Test
    void survives_the_wrap_of_the_monotonic_clock() {
        NotificationBoard board = new NotificationBoard(time, new MessageRetention(AGE, 0, 10));
        time.advance(Duration.ofHours(1).minusSeconds(30)); // a virtual clock wraps after its first hour
        board.log("a", "before");
        time.advance(AGE.minusNanos(1));
        board.log("a", "after");
        assertThat(time.nanos()).isNegative();
        assertThat(texts(board)).containsExactly("before", "after");

        time.advance(Duration.ofNanos(1));
        board.log("a", "last");
        assertThat(texts(board)).containsExactly("after", "last");
    }

    @Test
    void an_age_of_zero_keeps_the_fewest_and_a_huge_one_keeps_the_most() {
        NotificationBoard shortest = new NotificationBoard(time, new MessageRetention(Duration.ZERO, 0, 10));
        shortest.log("a", "gone at once");
        assertThat(texts(shortest)).isEmpty();

        Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
        NotificationBoard longest = new NotificationBoard(time, new MessageRetention(huge, 0, 2));
        longest.log("a", "1");
        time.advance(Duration.ofDays(10_000));
        longest.log("a", "2");
        assertThat(texts(longest)).containsExactly("1", "2");
    }

    @Test
    void memory_stays_bounded_through_a_million_messages_and_shrinks_after_a_burst() {
        MessageLog log = new MessageLog(new MessageRetention(AGE, 5, 1_000));

        for (int i = 0; i < 1_000_000; i++) {
            log.add(time, "a", "burst");
            assertThat(log.capacity()).isLessThanOrEqualTo(2_002);
        }
        assertThat(log.window()).hasSize(1_000);
        assertThat(log.window().get(999).sequence()).isEqualTo(1_000_000);

        time.advance(AGE);
        log.add(time, "a", "quiet");
        assertThat(log.window())
                .extracting(LoggedMessage::sequence)
                .containsExactly(999_997L, 999_998L, 999_999L, 1_000_000L, 1_000_001L);
        assertThat(log.capacity()).isLessThanOrEqualTo(16);
    }

    @Test
    void refuses_limits_that_contradict_each_other() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRetention(Duration.ofNanos(-1), 0, 1))
                .withMessage("age is negative: PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRetention(AGE, -1, 1))
                .withMessage("atLeast is negative: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRetention(AGE, 6, 5))
                .withMessage("atMost 5 is below 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageRetention(AGE, 0, 0))
                .withMessage("atMost 0 is below 1");
    }

    private static List<String> texts(NotificationBoard board) {
        board.publish();
        return board.view().messages().stream().map(LoggedMessage::text).toList();
    }
}
