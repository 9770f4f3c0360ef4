package dev.steward.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private static final long NOW = tenBeforeTheWrap();

    private final Agenda agenda = new Agenda(NOW);
    private final AtomicInteger wakeUps = new AtomicInteger();

    private static long tenBeforeTheWrap() {
        return Long.MAX_VALUE - 10;
    }

    private List<Integer> pass(long after) {
        List<Integer> taken = new ArrayList<>();
        for (int ready = agenda.collect(NOW + after); ready > 0; ready--) {
            taken.add(agenda.next());
        }
        return taken;
    }

    @Test
    void nothing_is_ready_and_nothing_to_come_in_an_empty_one() {
        assertThat(pass(0)).isEmpty();
        assertThat(agenda.hasReady()).isFalse();
        assertThat(agenda.nanosToNext(NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void takes_slots_in_the_order_in_which_they_became_ready() {
        agenda.ready(3);
        agenda.ready(70);
        agenda.ready(1);

        assertThat(agenda.nanosToNext(NOW)).isZero();
        assertThat(pass(0)).containsExactly(3, 70, 1);
        assertThat(agenda.hasReady()).isFalse();
    }

    @Test
    void a_slot_is_ready_once_however_many_say_so() {
        Agenda.Waker waker = agenda.waker(2);
        agenda.ready(2);
        agenda.ready(2);
        agenda.schedule(2, NOW);
        waker.run();
        waker.run();

        assertThat(pass(0)).containsExactly(2);
        assertThat(pass(0)).isEmpty();
    }

    @Test
    void slots_that_share_the_low_bits_of_their_numbers_are_not_taken_for_one() {
        agenda.ready(1);
        agenda.ready(65);
        agenda.ready(129);

        assertThat(pass(0)).containsExactly(1, 65, 129);
    }

    @Test
    void the_woken_come_in_the_order_of_waking_and_before_the_due() {
        Agenda.Waker a = agenda.waker(1);
        Agenda.Waker b = agenda.waker(2);
        Agenda.Waker c = agenda.waker(3);
        agenda.schedule(9, NOW);
        agenda.ready(7);
        c.run();
        a.run();
        b.run();

        assertThat(pass(0)).containsExactly(7, 3, 1, 2, 9);
    }

    @Test
    void the_due_come_by_deadline_across_the_wrap() {
        assertThat(agenda.scheduleIn(1, NOW, 30)).isEqualTo(NOW + 30);
        agenda.scheduleIn(2, NOW, 20);
        agenda.scheduleIn(3, NOW, 5);

        assertThat(agenda.nanosToNext(NOW)).isEqualTo(5);
        assertThat(pass(4)).isEmpty();
        assertThat(pass(25)).containsExactly(3, 2);
        assertThat(agenda.nanosToNext(NOW + 25)).isEqualTo(5);
        agenda.cancel(1);
        assertThat(pass(40)).isEmpty();
        assertThat(agenda.nanosToNext(NOW + 40)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void a_delay_for_ever_is_some_146_years() {
        assertThat(agenda.scheduleIn(1, NOW, Long.MAX_VALUE)).isEqualTo(NOW + Long.MAX_VALUE / 2);
        assertThat(agenda.nanosToNext(NOW)).isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void what_becomes_ready_in_a_pass_waits_for_the_next() {
        agenda.ready(1);
        agenda.ready(2);

        List<Integer> taken = new ArrayList<>();
        for (int ready = agenda.collect(NOW); ready > 0; ready--) {
            int slot = agenda.next();
            agenda.ready(slot);
            agenda.waker(slot + 10).run();
            taken.add(slot);
        }

        assertThat(taken).containsExactly(1, 2);
        assertThat(agenda.nanosToNext(NOW)).isZero();
        assertThat(pass(0)).containsExactly(1, 2, 11, 12);
    }

    @Test
    void what_a_pass_leaves_keeps_its_place() {
        agenda.ready(1);
        agenda.ready(2);
        agenda.ready(3);
        agenda.collect(NOW);
        assertThat(agenda.next()).isEqualTo(1);

        agenda.waker(9).run();

        assertThat(pass(0)).containsExactly(2, 3, 9);
    }

    @Test
    void grows_around_the_end_of_its_ring() {
        List<Integer> expected = new ArrayList<>();
        for (int slot = 0; slot < 12; slot++) {
            agenda.ready(slot);
        }
        agenda.collect(NOW);
        for (int slot = 0; slot < 10; slot++) {
            agenda.next();
        }
        expected.addAll(List.of(10, 11));
        for (int slot = 100; slot < 1_100; slot++) {
            agenda.ready(slot);
            expected.add(slot);
        }

        assertThat(pass(0)).isEqualTo(expected);
    }

    @Test
    void only_the_first_wake_up_of_an_idle_agenda_wakes_its_runner() {
        agenda.wakeWith(wakeUps::incrementAndGet);
        Agenda.Waker a = agenda.waker(1);
        Agenda.Waker b = agenda.waker(2);
        a.run();
        a.run();
        b.run();
        assertThat(wakeUps).hasValue(1);

        pass(0);
        b.run();
        assertThat(wakeUps).hasValue(2);
        assertThat(pass(0)).containsExactly(2);
    }

    @Test
    void a_wake_up_before_there_was_a_runner_is_handed_on() {
        agenda.waker(1).run();

        agenda.wakeWith(wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(1);
        assertThat(pass(0)).containsExactly(1);
    }

    @Test
    void a_new_runner_of_an_idle_agenda_is_not_woken() {
        agenda.wakeWith(wakeUps::incrementAndGet);

        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void a_slot_that_is_woken_after_it_was_collected_comes_again() {
        agenda.wakeWith(wakeUps::incrementAndGet);
        Agenda.Waker waker = agenda.waker(1);
        waker.run();
        agenda.collect(NOW);
        assertThat(agenda.next()).isEqualTo(1);

        waker.run(); // while the slot is having its pass

        assertThat(wakeUps).hasValue(2);
        assertThat(pass(0)).containsExactly(1);
    }

    @Test
    void a_retired_waker_wakes_nobody_and_leaves_the_next_owner_of_its_slot_alone() {
        Agenda.Waker old = agenda.waker(1);
        old.run();
        old.retire();
        Agenda.Waker next = agenda.waker(1);
        assertThat(pass(0)).isEmpty();

        old.run();
        assertThat(pass(0)).isEmpty();
        next.run();
        assertThat(pass(0)).containsExactly(1);
    }
}
