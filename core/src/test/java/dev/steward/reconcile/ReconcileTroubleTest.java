package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.DelegatingFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopObserver;
import dev.steward.notify.LoggedMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reconciler, an observer or a feed that throws: one thing is left alone for a while, and no other is hurt. */
class ReconcileTroubleTest {
    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    private static void fail(Thing<Boolean> thing, Plan<Boolean> plan) {
        throw new IllegalStateException("dim");
    }

    @Test
    void a_decision_that_throws_delays_its_thing_alone_longer_each_time_and_is_told_to_the_observer() {
        lamp.decides = (thing, plan) -> {
            if (thing.name().equals("hall")) {
                fail(thing, plan);
            }
            lamp.switchOn(thing, plan);
        };

        room.add("hall", "porch");
        room.run(Duration.ofSeconds(3));

        assertThat(room.defects).containsExactly("dim, 1 s, 1", "dim, 2 s, 2", "dim, 4 s, 3");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.STUCK);
        assertThat(room.loop.explain("hall")).contains("IllegalStateException: dim");
        assertThat(room.view("porch").phase()).isEqualTo(ThingPhase.RESTING);
        assertThat(room.loop.messages()).extracting(LoggedMessage::source).contains("hall");
    }

    @Test
    void waits_shortly_again_for_a_decision_that_throws_after_one_that_went_well() {
        lamp.decides = ReconcileTroubleTest::fail;
        room.add("hall");
        room.run(Duration.ofSeconds(3));
        lamp.decides = lamp::switchOn;
        room.run(Duration.ofSeconds(60));
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
        room.defects.clear();

        lamp.decides = ReconcileTroubleTest::fail;
        room.loop.look("hall");
        room.settle();

        assertThat(room.defects).containsExactly("dim, 1 s, 1");
    }

    @Test
    void a_plan_with_two_actions_does_neither() {
        lamp.decides = (thing, plan) -> plan.act("switch on", lamp.action("switch on", thing.name(), ""))
                .act("ring", lamp.action("ring", thing.name(), ""));

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall");
        assertThat(room.defects).containsExactly("'switch on' and 'ring' in one plan, 1 s, 1");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.STUCK);
    }

    @Test
    void a_plan_that_writes_without_a_store_does_nothing_and_is_a_defect() {
        lamp.decides = (thing, plan) ->
                plan.write(Lamp.WISH, "on").act("switch on", lamp.action("switch on", thing.name(), ""));

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall");
        assertThat(room.defects).singleElement().asString().contains("a plan for hall writes, and there is no store");
    }

    @Test
    void a_plan_that_wants_an_id_without_a_role_is_a_defect() {
        lamp.decides = (thing, plan) -> plan.because(plan.id());

        room.add("hall");

        assertThat(room.defects).singleElement().asString().contains("no ids");
    }

    @Test
    void a_state_that_throws_is_as_a_decision_that_does() {
        lamp.states = thing -> {
            throw new IllegalStateException("neither dark nor lit");
        };

        room.add("hall");

        assertThat(room.defects).containsExactly("neither dark nor lit, 1 s, 1");
        assertThat(room.events).isEmpty();
        lamp.states = thing -> Lamp.State.LIT;
        room.run(Duration.ofSeconds(1));
        assertThat(room.events).containsExactly("hall lit");
    }

    @Test
    void a_look_that_throws_is_made_again_later_each_time() {
        lamp.onLook = name -> {
            throw new IllegalStateException("fog");
        };
        room.add("hall");
        room.run(Duration.ofSeconds(3));

        assertThat(room.defects).containsExactly("fog, 0 s, 1", "fog, 0 s, 2", "fog, 0 s, 3");
        assertThat(room.asked()).containsExactly("look hall", "look hall", "look hall");
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.WAITING);
        assertThat(room.loop.explain("hall"))
                .contains("could not look: unknown: looking threw")
                .contains("fog");
    }

    @Test
    void a_look_that_answers_and_then_throws_has_answered() {
        lamp.looks = (name, then) -> {
            lamp.asked.add("look " + name);
            then.accept(Outcome.done(true));
            throw new IllegalStateException("fog");
        };
        lamp.decides = (thing, plan) -> lamp.asked.add("decide");
        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall", "decide");
        assertThat(room.defects).containsExactly("fog, 0 s, 1");
    }

    @Test
    void nobody_knows_what_became_of_an_action_that_throws() {
        lamp.onSwitch = name -> {
            lamp.lit.put(name, true);
            throw new IllegalStateException("a spark");
        };

        room.add("hall");

        assertThat(room.asked()).containsExactly("look hall", "switch on hall", "look hall");
        assertThat(room.defects).containsExactly("a spark, 0 s, 1");
        assertThat(room.view("hall").state()).isEqualTo("lit");
    }

    @Test
    void an_observer_that_throws_hurts_nobody() {
        ReconcileOptions options = LampRoom.options().withObserver(new LoopObserver() {
            @Override
            public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
                throw new IllegalStateException("blind");
            }
        });
        Lamp dim = new Lamp();
        dim.decides = ReconcileTroubleTest::fail;
        ReconcileLoop<Boolean, Lamp.State> loop = new ReconcileLoop<>("dim", dim, room.feed, room.time, options);
        loop.add("hall");
        loop.add("porch");

        LampRoom.settle(loop);

        assertThat(loop.things().values()).extracting(ThingView::phase).containsOnly(ThingPhase.STUCK);
        assertThat(loop.messages()).extracting(LoggedMessage::text).anyMatch(text -> text.contains("blind"));
    }

    @Test
    void a_feed_that_throws_stops_nothing_and_gets_its_events_later() {
        boolean[] down = {true};
        DelegatingFeed feed = new DelegatingFeed(room.feed) {
            @Override
            public StateEvent publish(StateChange change) {
                if (down[0]) {
                    throw new IllegalStateException("full");
                }
                return super.publish(change);
            }
        };
        ReconcileLoop<Boolean, Lamp.State> loop =
                new ReconcileLoop<>("lamps", lamp, feed, room.time, LampRoom.options());
        loop.add("hall");
        LampRoom.settle(loop);
        assertThat(loop.thing("hall").orElseThrow().state()).isEqualTo("lit");
        room.settle();
        assertThat(room.events).isEmpty();

        down[0] = false;
        room.time.advance(Duration.ofSeconds(1));
        LampRoom.settle(loop);
        room.settle();

        assertThat(room.events).containsExactly("hall dark", "hall lit");
    }
}
