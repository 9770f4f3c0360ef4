package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    private static final long ORIGIN = thousandBeforeTheWrap();

    private final DeadlineQueue queue = new DeadlineQueue(ORIGIN);

    private static long thousandBeforeTheWrap() {
        return Long.MAX_VALUE - 1_000;
    }

    private List<Integer> drain(long after) {
        List<Integer> due = new ArrayList<>();
        int count = queue.drain(ORIGIN + after, due::add);
        assertThat(due).hasSize(count);
        return due;
    }

    @Test
    void an_empty_queue_has_nothing_due_and_nothing_to_come() {
        assertThat(drain(Long.MAX_VALUE / 2)).isEmpty();
        assertThat(queue.first()).isEqualTo(-1);
        assertThat(queue.size()).isZero();
        assertThat(queue.nanosToEarliest(ORIGIN)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void is_due_at_its_nanosecond_and_not_before() {
        queue.schedule(3, ORIGIN + 2_000);

        assertThat(queue.nanosToEarliest(ORIGIN + 1_999)).isEqualTo(1);
        assertThat(drain(1_999)).isEmpty();
        assertThat(queue.nanosToEarliest(ORIGIN + 2_000)).isZero();
        assertThat(drain(2_000)).containsExactly(3);
        assertThat(drain(3_000)).isEmpty();
        assertThat(queue.isScheduled(3)).isFalse();
    }

    @Test
    void drains_by_deadline_and_equals_by_the_order_of_arming() {
        queue.schedule(9, ORIGIN + 1_001);
        queue.schedule(5, ORIGIN + 999);
        queue.schedule(7, ORIGIN + 1_001);
        queue.schedule(1, ORIGIN + 1_001);
        queue.schedule(2, ORIGIN - 4);

        assertThat(drain(5_000)).containsExactly(2, 5, 9, 7, 1);
    }

    @Test
    void arming_again_moves_a_slot_behind_its_equals() {
        queue.schedule(1, ORIGIN + 10);
        queue.schedule(2, ORIGIN + 10);
        queue.schedule(1, ORIGIN + 10);

        assertThat(queue.first()).isEqualTo(2);
        assertThat(drain(10)).containsExactly(2, 1);
    }

    @Test
    void a_slot_has_one_deadline_the_last_that_was_set() {
        queue.schedule(1, ORIGIN + 10);
        queue.schedule(1, ORIGIN + 30);
        assertThat(queue.size()).isOne();
        assertThat(queue.deadline(1)).isEqualTo(ORIGIN + 30);
        assertThat(drain(29)).isEmpty();

        queue.schedule(1, ORIGIN + 20);
        assertThat(drain(29)).containsExactly(1);
    }

    @Test
    void what_is_cancelled_does_not_come() {
        queue.schedule(1, ORIGIN + 10);
        queue.schedule(2, ORIGIN + 20);

        assertThat(queue.cancel(1)).isTrue();
        assertThat(queue.cancel(1)).isFalse();
        assertThat(queue.cancel(77)).isFalse();
        assertThat(queue.cancel(-1)).isFalse();

        assertThat(queue.size()).isOne();
        assertThat(queue.first()).isEqualTo(2);
        assertThat(drain(100)).containsExactly(2);
    }

    @Test
    void a_misled_look_is_early_once_and_the_drain_that_it_causes_repairs_it() {
        for (int slot = 0; slot < 10_000; slot++) {
            queue.schedule(slot, ORIGIN + 1_000_000 + slot);
        }
        queue.schedule(5_000, ORIGIN + 500);
        queue.schedule(5_000, ORIGIN + 2_000_000); // postponed: the bounds stay behind

        assertThat(queue.nanosToEarliest(ORIGIN + 500)).isZero();
        assertThat(drain(500)).isEmpty();
        assertThat(queue.nanosToEarliest(ORIGIN + 500)).isEqualTo(999_500);
    }

    @Test
    void looking_for_the_first_repairs_the_bounds_too() {
        queue.schedule(100, ORIGIN + 10);
        queue.schedule(200, ORIGIN + 20);
        queue.schedule(300, ORIGIN + 30);
        queue.cancel(100);
        queue.cancel(200);

        assertThat(queue.nanosToEarliest(ORIGIN)).isEqualTo(10);
        assertThat(queue.first()).isEqualTo(300);
        assertThat(queue.nanosToEarliest(ORIGIN)).isEqualTo(30);
    }

    @Test
    void bounds_left_by_the_last_one_cancelled_mislead_nobody_for_long() {
        queue.schedule(1, ORIGIN + 10);
        queue.cancel(1);
        assertThat(queue.nanosToEarliest(ORIGIN)).isEqualTo(Long.MAX_VALUE);

        queue.schedule(2, ORIGIN + 50);
        assertThat(drain(49)).isEmpty();
        assertThat(queue.nanosToEarliest(ORIGIN + 49)).isOne();
        assertThat(drain(50)).containsExactly(2);
    }

    @Test
    void what_the_sink_schedules_counts_from_the_next_drain_on() {
        queue.schedule(1, ORIGIN + 10);
        List<Integer> due = new ArrayList<>();

        int count = queue.drain(ORIGIN + 10, slot -> {
            due.add(slot);
            queue.schedule(slot, ORIGIN + 5);
            queue.schedule(5_000, ORIGIN + 6); // beyond what it has room for
        });

        assertThat(count).isOne();
        assertThat(due).containsExactly(1);
        assertThat(drain(10)).containsExactly(1, 5_000);
    }

    @Test
    void growing_keeps_every_deadline() {
        List<Integer> slots = List.of(0, 63, 64, 95, 96, 4_095, 4_096, 262_143, 262_144);
        for (int slot : slots) {
            queue.schedule(slot, ORIGIN + 10);
        }

        assertThat(queue.size()).isEqualTo(slots.size());
        assertThat(drain(10)).isEqualTo(slots);
    }

    @Test
    void a_deadline_at_the_far_end_is_kept_and_comes() {
        long far = Long.MAX_VALUE - 1;
        queue.schedule(1, ORIGIN + far);
        assertThat(queue.isScheduled(1)).isTrue();
        assertThat(drain(far - 1)).isEmpty();
        assertThat(queue.nanosToEarliest(ORIGIN + far - 1)).isOne();
        assertThat(drain(far)).containsExactly(1);
    }

    @Test
    void a_thousand_slots_at_once_come_out_in_order() {
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int slot = i * 7 % 1_000;
            queue.schedule(slot, ORIGIN + 100);
            expected.add(slot);
        }

        assertThat(drain(100)).isEqualTo(expected);
    }

    @Test
    void refuses_a_slot_below_zero_and_a_question_about_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.schedule(-1, ORIGIN))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.deadline(12))
                .withMessageContaining("12");
    }
}
