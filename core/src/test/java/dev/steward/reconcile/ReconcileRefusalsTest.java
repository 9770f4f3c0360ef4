package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What follows from actions that are refused, for now or for good. */
class ReconcileRefusalsTest {
    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    @Test
    void tries_again_later_each_time_what_was_refused_for_now_and_leaves_the_others_untouched() {
        lamp.onSwitch = name -> {
            if (name.equals("hall")) {
                return Outcome.busy("a fuse");
            }
            lamp.lit.put(name, true);
            return Outcome.done(true);
        };
        room.add("hall", "porch");
        assertThat(lamp.asked("switch on hall")).isOne();
        assertThat(room.view("porch").phase()).isEqualTo(ThingPhase.RESTING);

        room.run(Duration.ofSeconds(1 + 2 + 4).minusNanos(1));
        assertThat(lamp.asked("switch on hall")).isEqualTo(3);
        room.run(Duration.ofNanos(1));

        assertThat(lamp.asked("switch on hall")).isEqualTo(4);
        assertThat(lamp.asked("switch on porch")).isOne();
        assertThat(room.view("hall").failures()).isEqualTo(4);
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.WAITING);
        assertThat(room.events).doesNotContain("hall dark FAILED");
    }

    @Test
    void begins_with_short_waits_again_after_a_success() {
        lamp.onSwitch = name -> Outcome.busy("a fuse");
        room.add("hall");
        room.run(Duration.ofSeconds(3));
        lamp.onSwitch = name -> {
            lamp.lit.put(name, true);
            return Outcome.done(true);
        };
        room.run(Duration.ofSeconds(4));
        assertThat(room.view("hall").failures()).isZero();

        lamp.lit.put("hall", false);
        lamp.onSwitch = name -> Outcome.busy("a fuse");
        room.loop.look("hall");
        room.settle();
        room.asked();
        room.run(Duration.ofSeconds(1));

        assertThat(room.asked()).contains("switch on hall");
    }

    @Test
    void gives_up_what_is_refused_for_good_and_says_so_once() {
        lamp.onSwitch = name -> Outcome.refused("no such lamp");

        room.add("hall");
        room.run(Duration.ofHours(1));

        assertThat(lamp.asked("switch on hall")).isOne();
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.GIVEN_UP);
        assertThat(room.events).containsExactly("hall dark", "hall dark FAILED");
        assertThat(room.loop.explain("hall")).contains("given up").contains("switch on is refused: no such lamp");
        assertThat(lamp.asked("look hall")).isGreaterThan(50);
    }

    @Test
    void hopes_again_when_the_thing_is_seen_to_be_another() {
        lamp.onSwitch = name -> Outcome.refused("no bulb");
        room.add("hall");
        lamp.lit.put("hall", true);
        room.run(Duration.ofMinutes(1));
        lamp.lit.put("hall", false);

        room.run(Duration.ofMinutes(1));

        assertThat(lamp.asked("switch on hall")).isEqualTo(2);
    }

    @Test
    void hopes_again_when_somebody_asks_for_it() {
        lamp.onSwitch = name -> Outcome.refused("no bulb");
        room.add("hall");
        room.run(Duration.ofMinutes(5));
        lamp.onSwitch = name -> Outcome.done(true);

        room.loop.retry("hall");
        room.settle();

        assertThat(lamp.asked("switch on hall")).isEqualTo(2);
        assertThat(room.view("hall").failures()).isZero();
    }

    @Test
    void hopes_on_if_somebody_asked_for_it_while_what_is_refused_was_under_way() {
        lamp.onSwitch = name -> {
            room.loop.retry(name);
            return Outcome.refused("no bulb");
        };
        room.add("hall");
        lamp.onSwitch = name -> Outcome.done(true);

        room.run(Duration.ofSeconds(1));

        assertThat(lamp.asked("switch on hall")).isEqualTo(2);
    }

    @Test
    void tries_at_once_another_action_than_the_one_that_was_refused_for_good() {
        lamp.decides = (thing, plan) -> {
            String what = thing.refusal().isPresent() ? "light a candle" : "switch on";
            if (!thing.seen()) {
                plan.act(what, lamp.action(what, thing.name(), ""));
            }
        };
        lamp.onSwitch = name -> lamp.asked("light a candle " + name) > 0 ? Outcome.done(true) : Outcome.refused("no");

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall", "light a candle hall");
    }

    @Test
    void waits_between_tries_of_another_action_than_the_hopeless_one() {
        lamp.decides = (thing, plan) -> {
            String what = thing.refusal().isPresent() ? "light a candle" : "switch on";
            plan.act(what, lamp.action(what, thing.name(), ""));
        };
        lamp.onSwitch =
                name -> lamp.asked.contains("light a candle " + name) ? Outcome.busy("wet") : Outcome.refused("no");

        room.add("hall");
        room.run(Duration.ofSeconds(60));

        assertThat(lamp.asked("light a candle hall")).isBetween(3L, 7L);
    }

    @Test
    void waits_between_actions_of_which_each_has_another_name_and_is_refused_for_good() {
        Set<String> names = new HashSet<>();
        lamp.decides = (thing, plan) -> {
            String what = "order " + names.size();
            names.add(what);
            plan.act(what, lamp.action(what, thing.name(), ""));
        };
        lamp.onSwitch = name -> Outcome.refused("no");

        room.add("hall");
        room.run(Duration.ofHours(1));

        assertThat(lamp.askedFor("order")).isBetween(10L, 80L);
    }

    @Test
    void waits_between_tries_of_two_actions_that_are_refused_for_good_by_turns() {
        lamp.decides = (thing, plan) -> {
            String last = thing.refusal().map(Outcome.Refused::reason).orElse("right");
            String what = last.equals("left") ? "right" : "left";
            plan.act(what, then -> {
                lamp.asked.add(what);
                then.accept(Outcome.refused(what));
            });
        };

        room.add("hall");
        room.run(Duration.ofHours(1));

        assertThat(lamp.asked("left") + lamp.asked("right")).isLessThanOrEqualTo(2);
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.GIVEN_UP);
    }

    @Test
    void waits_between_hopeless_tries_though_each_look_sees_something_else() {
        LampRoom flickering = new LampRoom();
        flickering.lamp.decides =
                (thing, plan) -> plan.act("switch on", flickering.lamp.action("switch on", thing.name(), ""));
        flickering.lamp.onLook = name -> Outcome.done(flickering.lamp.asked.size() % 4 < 2);
        flickering.lamp.onSwitch = name -> Outcome.refused("no bulb");

        flickering.add("hall");
        flickering.run(Duration.ofMinutes(10));

        assertThat(flickering.lamp.asked("switch on hall")).isBetween(2L, 30L);
    }
}
