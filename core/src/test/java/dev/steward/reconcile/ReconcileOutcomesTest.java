package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What follows from the answers to looks and actions: done, unknown, late, twice, never. */
class ReconcileOutcomesTest {
    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    @Test
    void begins_no_second_action_while_one_is_under_way_and_goes_on_with_other_things() {
        lamp.answers = false;
        room.add("hall", "porch");
        room.answer(Outcome.done(false));
        assertThat(room.asked()).containsExactly("look hall", "look porch", "switch on hall");

        room.loop.look("hall");
        room.loop.retry("hall");
        room.loop.add("hall");
        room.loop.manageOnce(true);
        room.run(Duration.ofSeconds(20));
        assertThat(room.asked()).isEmpty();

        room.answer(Outcome.done(false));
        assertThat(room.asked()).containsExactly("switch on porch");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.ACTING);
    }

    @Test
    void looks_again_after_an_action_whose_answer_does_not_say_what_the_thing_is_like() {
        lamp.onSwitch = name -> {
            lamp.lit.put(name, true);
            return Outcome.done();
        };

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void looks_before_anything_else_when_nobody_knows_what_became_of_an_action() {
        lamp.onSwitch = name -> {
            lamp.lit.put(name, true); // it was done, and the answer got lost
            return Outcome.unknown("a broken line");
        };

        room.add("hall");
        room.run(Duration.ofSeconds(50));

        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall");
        assertThat(room.view("hall").state()).isEqualTo("lit");
    }

    @Test
    void looks_once_more_before_it_tries_again_what_may_still_be_done_behind_its_back() {
        lamp.onSwitch = name -> Outcome.unknown("a broken line");
        room.add("hall");
        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall");

        lamp.lit.put("hall", true); // it was slow
        room.run(Duration.ofSeconds(10));

        assertThat(room.asked()).containsExactly("look hall");
    }

    @Test
    void waits_for_an_answer_until_its_limit_and_not_a_nanosecond_less() {
        lamp.answersLooks = false;
        room.add("hall");
        assertThat(room.asked()).containsExactly("look hall");

        room.wait(Duration.ofSeconds(30).minusNanos(1));
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.LOOKING);
        room.wait(Duration.ofNanos(1));

        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.WAITING);
        assertThat(room.loop.explain("hall")).contains("no answer within 30 s");
        room.run(Duration.ofSeconds(1));
        assertThat(room.asked()).containsExactly("look hall");
    }

    @Test
    void drops_an_answer_that_comes_after_its_limit() {
        lamp.answersLooks = false;
        room.add("hall");
        Consumer<? super Outcome<Boolean>> late = lamp.open.remove(0);
        room.wait(Duration.ofSeconds(30));
        room.run(Duration.ofSeconds(1));

        late.accept(Outcome.done(true));
        room.settle();

        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.LOOKING);
        room.answer(Outcome.done(false));
        assertThat(lamp.asked).containsExactly("look hall", "look hall", "switch on hall");
    }

    @Test
    void ignores_all_answers_but_the_first() {
        lamp.answers = false;
        room.add("hall");
        Consumer<? super Outcome<Boolean>> look = lamp.open.get(0);
        room.answer(Outcome.done(false));
        look.accept(Outcome.done(true));
        Consumer<? super Outcome<Boolean>> action = lamp.open.get(0);
        room.answer(Outcome.done(true));
        action.accept(Outcome.unknown("the same answer, from another way"));
        room.settle();

        assertThat(lamp.asked).containsExactly("look hall", "switch on hall");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void looks_again_if_somebody_said_so_while_an_action_was_under_way() {
        lamp.onSwitch = name -> {
            room.loop.look(name); // news of that very action
            lamp.lit.put(name, true);
            return Outcome.done(true);
        };

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall");
    }

    @Test
    void looks_again_if_somebody_said_so_while_a_look_was_under_way() {
        lamp.answersLooks = false;
        room.add("hall");
        room.loop.look("hall");

        room.answer(Outcome.done(false));

        assertThat(room.asked()).containsExactly("look hall", "look hall");
    }

    @Test
    void leaves_a_thing_alone_for_longer_each_time_that_it_cannot_be_looked_at() {
        lamp.onLook = name -> Outcome.busy("out of reach");
        room.add("hall");
        room.run(Duration.ofSeconds(7).minusNanos(1));
        assertThat(lamp.asked("look hall")).isEqualTo(3);
        room.run(Duration.ofNanos(1));
        assertThat(lamp.asked("look hall")).isEqualTo(4);

        lamp.onLook = name -> Outcome.done();
        room.run(Duration.ofSeconds(8));
        assertThat(room.loop.explain("hall")).contains("could not look: done, without saying what it is like");

        lamp.onLook = name -> Outcome.done(true);
        room.run(Duration.ofSeconds(16));
        lamp.onLook = name -> Outcome.refused("no right to look");
        room.run(Duration.ofSeconds(60));
        room.asked();
        room.run(Duration.ofSeconds(1));
        assertThat(room.asked()).containsExactly("look hall");
    }

    @Test
    void looks_again_a_period_after_the_last_look_began() {
        room.add("hall");
        room.asked();
        room.run(Duration.ofSeconds(60).minusNanos(1));
        assertThat(room.asked()).isEmpty();
        assertThat(room.view("hall").next()).contains(room.view("hall").since().plus(Duration.ofMinutes(1)));

        lamp.lit.put("hall", false);
        room.run(Duration.ofNanos(1));

        assertThat(room.asked()).containsExactly("look hall", "switch on hall");
    }

    @Test
    void looks_first_after_a_long_pause_of_the_process() {
        lamp.answers = false;
        room.add("hall");
        lamp.open.remove(0).accept(Outcome.done(false));

        room.time.advance(Duration.ofHours(1));
        room.settle();

        assertThat(room.asked()).containsExactly("look hall", "look hall");
    }

    @Test
    void decides_for_a_host_that_makes_its_passes_more_seldom_than_answers_are_awaited() {
        for (int pass = 0; pass < 4; pass++) {
            room.loop.add("hall");
            room.loop.manageOnce();
            room.time.advance(Duration.ofSeconds(45));
        }

        assertThat(room.asked()).contains("switch on hall");
    }

    @Test
    void never_looks_or_spins_when_the_period_is_longer_than_any_clock_can_say() {
        LampRoom forever = new LampRoom(LampRoom.options().withPeriod(Duration.ofSeconds(Long.MAX_VALUE)));
        forever.wait(Duration.ofSeconds(5));
        forever.add("hall");
        forever.asked();

        Step step = forever.settle();

        assertThat(step.delay()).isGreaterThan(Duration.ofDays(36_500));
        forever.run(Duration.ofDays(1_000));
        assertThat(forever.asked()).isEmpty();
    }

    @Test
    void a_step_of_the_wall_clock_changes_no_delay() {
        lamp.onSwitch = name -> Outcome.busy("a fuse");
        room.add("hall");
        room.asked();
        room.time.stepWall(Duration.ofDays(400));
        room.settle();
        assertThat(room.asked()).isEmpty();
        room.time.stepWall(Duration.ofDays(-800));

        room.run(Duration.ofSeconds(1).minusNanos(1));
        assertThat(room.asked()).isEmpty();
        room.run(Duration.ofNanos(1));
        assertThat(room.asked()).contains("switch on hall");
    }

    @Test
    void decides_again_when_the_plan_says_so() {
        int[] decided = new int[1];
        lamp.decides = (thing, plan) -> {
            decided[0]++;
            plan.again(Duration.ofSeconds(30)).again(Duration.ofSeconds(10)).because("the film begins");
        };
        room.add("hall");
        assertThat(decided[0]).isOne();

        room.run(Duration.ofSeconds(10).minusNanos(1));
        assertThat(decided[0]).isOne();
        room.run(Duration.ofNanos(1));

        assertThat(decided[0]).isEqualTo(2);
        assertThat(room.loop.explain("hall")).contains("resting").contains("the film begins");
    }

    @Test
    void decides_again_when_the_plan_says_so_also_while_an_action_waits_for_its_next_try() {
        boolean[] wanted = {true};
        lamp.decides = (thing, plan) -> {
            if (wanted[0]) {
                plan.act("ring", lamp.action("ring", thing.name(), "")).again(Duration.ofSeconds(2));
            }
        };
        lamp.onSwitch = name -> Outcome.busy("not now");
        room.add("hall");
        room.run(Duration.ofSeconds(8));
        wanted[0] = false;

        room.run(Duration.ofSeconds(2));

        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void does_not_hammer_on_a_thing_that_answers_done_and_stays_as_it_was() {
        lamp.onSwitch = name -> Outcome.done();

        room.add("hall");
        room.run(Duration.ofMinutes(10));

        assertThat(lamp.asked("switch on hall")).isBetween(5L, 20L);
    }
}
