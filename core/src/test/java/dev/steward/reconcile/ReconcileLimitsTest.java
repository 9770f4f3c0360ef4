package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The damage budget, and how many calls may be under way. */
class ReconcileLimitsTest {
    private static LampRoom atMost(int calls) {
        LampRoom room = new LampRoom(LampRoom.options().withMostCalls(calls));
        room.lamp.answers = false;
        return room;
    }

    @Test
    void has_no_more_calls_under_way_than_it_may_and_lets_those_who_wait_go_in_their_order() {
        LampRoom room = atMost(2);
        room.add("a", "b", "c", "d");
        assertThat(room.asked()).containsExactly("look a", "look b");
        assertThat(room.view("c").phase()).isEqualTo(ThingPhase.WAITING);
        assertThat(room.loop.explain("c")).contains("too much is under way");

        room.answer(Outcome.done(true));
        room.answer(Outcome.done(false));

        assertThat(room.asked()).containsExactly("look c", "look d");
        room.answer(Outcome.done(false));
        room.answer(Outcome.done(false));
        assertThat(room.asked()).containsExactly("switch on b", "switch on c");
        room.answer(Outcome.done(true));
        assertThat(room.asked()).containsExactly("switch on d");
    }

    @Test
    void fills_the_room_that_many_answers_leave_at_once() {
        LampRoom room = atMost(3);
        room.add("a", "b", "c", "d", "e", "f", "g");
        room.asked();

        for (Consumer<? super Outcome<Boolean>> look : List.copyOf(room.lamp.open)) {
            look.accept(Outcome.done(true));
        }
        room.settle();

        assertThat(room.asked()).containsExactly("look d", "look e", "look f");
    }

    @Test
    void lets_the_next_go_if_the_first_that_waits_is_removed() {
        LampRoom room = atMost(1);
        room.add("a", "b", "c");
        room.loop.remove("b");
        room.settle();
        room.asked();

        room.answer(Outcome.done(true));

        assertThat(room.asked()).containsExactly("look c");
    }

    @Test
    void lets_the_next_go_if_the_first_that_waits_is_removed_when_it_might_go() {
        LampRoom room = atMost(1);
        room.add("a", "b", "c");
        room.asked();
        room.loop.remove("b");
        room.lamp.open.remove(0).accept(Outcome.done(true));

        room.settle();

        assertThat(room.asked()).containsExactly("look c");
    }

    @Test
    void lets_the_next_go_if_the_first_that_waits_is_held() {
        LampRoom room = atMost(1);
        room.add("a");
        room.answer(Outcome.done(false));
        room.add("b", "c"); // wait to be looked at while a is switched on
        room.asked();
        room.answer(Outcome.done(true));
        room.answer(Outcome.done(false)); // b is dark; c is looked at, and b waits
        assertThat(room.asked()).containsExactly("look b", "look c");
        room.add("d");
        room.loop.hold(List.of("b"), "ann", "", Duration.ofHours(1));

        room.answer(Outcome.done(true));

        assertThat(room.asked()).containsExactly("look d");
        assertThat(room.view("b").phase()).isEqualTo(ThingPhase.HELD);
    }

    @Test
    void lets_everybody_go_however_often_somebody_has_asked_for_the_first() {
        LampRoom room = atMost(1);
        room.add("a", "b", "c", "d");
        for (int ask = 0; ask < 10; ask++) {
            room.loop.look("b");
            room.loop.retry("b");
            room.settle();
        }
        room.asked();

        room.answer(Outcome.done(true));
        room.answer(Outcome.done(true));
        room.answer(Outcome.done(true));

        assertThat(room.asked()).containsExactly("look b", "look c", "look d");
    }

    @Test
    void newcomers_do_not_go_before_those_who_wait() {
        LampRoom room = atMost(1);
        room.add("a", "b");
        room.loop.add("c");
        room.lamp.open.remove(0).accept(Outcome.done(false));

        room.settle();

        assertThat(room.asked()).containsExactly("look a", "look b");
        room.answer(Outcome.done(true));
        assertThat(room.asked()).hasSize(1);
    }

    @Test
    void what_never_answers_takes_its_place_no_longer_than_its_limit() {
        LampRoom room = atMost(1);
        room.add("a", "b");
        room.asked();

        room.run(Duration.ofSeconds(30));

        assertThat(room.asked()).containsExactly("look b");
    }

    @Test
    void begins_no_more_damage_within_a_window_than_the_budget_has() {
        LampRoom room = new LampRoom(LampRoom.options().withDamageBudget(2, Duration.ofSeconds(10)));
        room.lamp.damages = true;
        room.add("a", "b", "c", "d", "e");
        assertThat(room.lamp.askedFor("switch on")).isEqualTo(2);
        assertThat(room.view("c").phase()).isEqualTo(ThingPhase.WAITING);
        assertThat(room.loop.explain("c")).contains("the damage budget is spent");
        assertThat(room.view("c").next()).contains(room.time.now().plusSeconds(10));

        room.run(Duration.ofSeconds(10).minusNanos(1));
        assertThat(room.lamp.askedFor("switch on")).isEqualTo(2);
        room.run(Duration.ofNanos(1));
        assertThat(room.lamp.askedFor("switch on")).isEqualTo(4);
        room.run(Duration.ofSeconds(10));

        assertThat(room.lamp.lit).containsOnlyKeys("a", "b", "c", "d", "e");
    }

    @Test
    void counts_damage_only() {
        LampRoom room = new LampRoom(LampRoom.options().withDamageBudget(1, Duration.ofSeconds(10)));

        room.add("a", "b", "c");

        assertThat(room.lamp.askedFor("switch on")).isEqualTo(3);
    }

    @Test
    void counts_damage_that_was_refused_or_of_which_nobody_knows() {
        LampRoom room = new LampRoom(LampRoom.options().withDamageBudget(1, Duration.ofMinutes(5)));
        room.lamp.damages = true;
        room.lamp.onSwitch = name -> Outcome.unknown("a broken line");

        room.add("a", "b");
        room.run(Duration.ofMinutes(5).minusNanos(1));

        assertThat(room.lamp.askedFor("switch on")).isOne();
    }
}
