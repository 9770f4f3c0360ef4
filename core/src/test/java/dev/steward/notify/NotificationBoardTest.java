package dev.steward.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationBoardTest {
    private final VirtualTime time = new VirtualTime();
    private final NotificationBoard board = new NotificationBoard(time);
    private final Instant start = time.now();

    @Test
    void shows_nothing_before_the_first_pass_is_published() {
        board.raise("node1", "stalled", "stalled in DOWN");
        board.log("node1", "hello");

        assertThat(board.view().notifications()).isEmpty();
        assertThat(board.view().messages()).isEmpty();
    }

    @Test
    void shows_what_is_raised_until_it_is_cleared() {
        board.raise("node1", "stalled", "stalled in DOWN");
        board.publish();
        assertThat(raised()).containsExactly(new Notification("node1", "stalled", "stalled in DOWN", start));

        board.clear("node1", "stalled");
        board.publish();
        assertThat(raised()).isEmpty();
    }

    @Test
    void the_same_text_again_keeps_its_since_and_changes_nothing() {
        board.raise("node1", "stalled", "stalled in DOWN");
        board.publish();
        NotificationView before = board.view();

        time.advance(Duration.ofMinutes(5));
        boolean raisedAgain = board.raise("node1", "stalled", new String("stalled in DOWN"));
        boolean publishedAgain = board.publish();

        assertThat(raisedAgain).isFalse();
        assertThat(publishedAgain).isFalse();
        assertThat(board.view()).isSameAs(before);
    }

    @Test
    void another_text_of_the_same_cause_takes_its_place_with_a_since_of_its_own() {
        board.raise("node1", "stalled", "stalled in DOWN");
        board.raise("node1", "offline", "not connected");
        time.advance(Duration.ofMinutes(5));

        assertThat(board.raise("node1", "stalled", "stalled in SAFE")).isTrue();
        board.publish();

        assertThat(raised())
                .containsExactly(
                        new Notification("node1", "stalled", "stalled in SAFE", start.plus(Duration.ofMinutes(5))),
                        new Notification("node1", "offline", "not connected", start));
    }

    @Test
    void a_text_that_was_cleared_begins_anew() {
        board.raise("node1", "stalled", "stalled in DOWN");
        board.clear("node1", "stalled");
        time.advance(Duration.ofSeconds(1));

        board.raise("node1", "stalled", "stalled in DOWN");
        board.publish();

        assertThat(raised()).extracting(Notification::since).containsExactly(start.plus(Duration.ofSeconds(1)));
    }

    @Test
    void since_is_what_the_wall_clock_said_and_a_step_back_does_not_touch_it() {
        board.raise("node1", "stalled", "stalled in DOWN");
        time.stepWall(Duration.ofHours(-1));
        board.raise("node1", "stalled", "stalled in DOWN");
        board.raise("node2", "stalled", "stalled in DOWN");
        board.publish();

        assertThat(raised()).extracting(Notification::since).containsExactly(start, start.minus(Duration.ofHours(1)));
    }

    @Test
    void sources_and_keys_do_not_mix() {
        board.raise("a", "b", "one");
        board.raise("b", "a", "two");
        board.raise("a", "a", "three");

        assertThat(board.clear("b", "b")).isFalse();
        assertThat(board.clear("c", "a")).isFalse();
        assertThat(board.clear("a", "b")).isTrue();
        board.publish();

        assertThat(raised()).extracting(Notification::text).containsExactly("three", "two");
    }

    @Test
    void clearing_a_source_takes_down_all_it_raised_and_nothing_else() {
        board.raise("a", "x", "one");
        board.raise("b", "x", "two");
        board.raise("a", "y", "three");

        assertThat(board.clearAll("a")).isTrue();
        assertThat(board.clearAll("a")).isFalse();
        board.publish();

        assertThat(raised()).extracting(Notification::text).containsExactly("two");
    }

    @Test
    void lists_source_by_source_in_the_order_in_which_they_came() {
        board.raise("b", "2", "b2");
        board.raise("a", "1", "a1");
        board.raise("b", "1", "b1");
        board.publish();
        assertThat(raised()).extracting(Notification::text).containsExactly("b2", "b1", "a1");

        board.clearAll("b");
        board.raise("b", "1", "b1");
        board.publish();
        assertThat(raised()).extracting(Notification::text).containsExactly("a1", "b1");
    }

    @Test
    void a_source_whose_last_cause_is_cleared_is_forgotten() {
        board.raise("b", "1", "b1");
        board.raise("a", "1", "a1");
        board.clear("b", "1");

        assertThat(board.clearAll("b")).isFalse();
        board.raise("b", "1", "b1 again");
        board.publish();
        assertThat(raised()).extracting(Notification::text).containsExactly("a1", "b1 again");
    }

    @Test
    void clearing_what_is_not_raised_is_not_a_change() {
        board.raise("a", "x", "one");
        board.publish();
        NotificationView before = board.view();

        board.clear("a", "y");
        board.clearAll("b");

        assertThat(board.publish()).isFalse();
        assertThat(board.view()).isSameAs(before);
    }

    @Test
    void logs_messages_with_the_wall_clock_and_a_count_that_survives_its_steps() {
        board.log("host", "started");
        time.stepWall(Duration.ofHours(-1));
        board.log("thermo1", "launched");
        board.publish();

        assertThat(board.view().messages())
                .containsExactly(
                        new LoggedMessage(1, start, "host", "started"),
                        new LoggedMessage(2, start.minus(Duration.ofHours(1)), "thermo1", "launched"));
    }

    @Test
    void raising_and_clearing_leave_the_log_alone() {
        board.raise("a", "x", "one");
        board.clear("a", "x");
        board.publish();

        assertThat(board.view().messages()).isEmpty();
    }

    @Test
    void a_view_stays_as_it_was_when_the_board_goes_on() {
        board.raise("a", "x", "one");
        board.log("a", "first");
        board.publish();
        NotificationView before = board.view();

        board.raise("a", "x", "two");
        for (int i = 0; i < 100; i++) {
            board.log("a", "message " + i);
            board.publish();
        }

        assertThat(before.notifications()).extracting(Notification::text).containsExactly("one");
        assertThat(before.messages()).extracting(LoggedMessage::text).containsExactly("first");
        assertThat(board.view().messages()).hasSize(101);
    }

    @Test
    void a_view_cannot_be_written() {
        board.raise("a", "x", "one");
        board.log("a", "first");
        board.publish();

        assertThat(board.view().notifications()).isUnmodifiable();
        assertThat(board.view().messages()).isUnmodifiable();
    }

    @Test
    void refuses_a_notification_that_nobody_could_clear() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.raise("", "x", "lost"))
                .withMessage("notification x has no source: lost");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> board.raise("a", "", "lost"))
                .withMessage("notification of a has no key: lost");
        assertThat(board.publish()).isFalse();
    }

    private List<Notification> raised() {
        return board.view().notifications();
    }
}
