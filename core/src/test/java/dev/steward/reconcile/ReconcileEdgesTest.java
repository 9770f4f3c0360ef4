package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Mode;
import dev.steward.loop.Step;
import dev.steward.store.InMemoryRecordStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Times that have come, actions that nobody awaits any more, and what a loop lets go of. */
class ReconcileEdgesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    @Test
    void a_time_that_has_come_does_not_spin_whatever_the_thing_waits_for() {
        lamp.decides = (thing, plan) -> plan.again(Duration.ofSeconds(-5));
        room.add("resting");
        assertThat(room.settle()).isEqualTo(Step.after(Duration.ofSeconds(1)));

        LampRoom other = new LampRoom();
        other.lamp.decides = (thing, plan) ->
                plan.again(Duration.ZERO).act("switch on", then -> then.accept(Outcome.busy("a fuse")));
        other.loop.hold(List.of("held"), "ann", "", HOUR);
        other.add("held", "waiting");
        assertThat(other.settle()).isEqualTo(Step.after(Duration.ofSeconds(1)));
    }

    @Test
    void each_action_that_is_given_up_has_its_own_reason() {
        lamp.decides = (thing, plan) -> {
            boolean first = lamp.lit.getOrDefault("first", true);
            plan.act(
                    first ? "paint" : "switch on",
                    then -> then.accept(Outcome.refused(first ? "no paint" : "no fuse")));
        };
        room.add("hall");
        lamp.lit.put("first", false);
        room.run(Duration.ofMinutes(2));
        lamp.lit.put("first", true);
        room.run(Duration.ofMinutes(2));

        assertThat(room.loop.explain("hall")).contains("paint is refused: no paint");
    }

    @Test
    void who_is_deposed_in_the_midst_of_an_action_begins_no_second_before_the_first_must_be_over() {
        LampHouse house = new LampHouse();
        LampHouse.Member one = house.member("one");
        one.loop.add("hall");
        one.lamp.answers = false;
        house.settle();
        one.lamp.open.remove(0).accept(Outcome.done(false));
        house.settle();
        assertThat(one.asked()).containsExactly("look hall", "switch on hall lamps-1-1");
        Consumer<? super Outcome<Boolean>> slow = one.lamp.open.remove(0);

        house.overtake("lamps");
        one.lamp.answers = true;
        one.lamp.lit.clear();
        house.run(Duration.ofSeconds(20));
        assertThat(one.leads()).isTrue();
        assertThat(one.asked()).doesNotContain("switch on hall lamps-1-1");

        house.run(Duration.ofSeconds(30));
        assertThat(one.asked()).contains("switch on hall lamps-1-1");
        slow.accept(Outcome.refused("too late"));
        house.settle();
        assertThat(one.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void a_loop_that_only_observes_closes_its_election_and_takes_nothing_more() {
        boolean[] closed = new boolean[1];
        LeaderElection election = new LeaderElection() {
            @Override
            public Advice poll() {
                return new Advice(false, Step.parked(), "");
            }

            @Override
            public void resign() {}

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        Role role = Role.of("lamps", "me", election, new InMemoryRecordStore(room.time));
        lamp.keepsRecords = true;
        var loop = ReconcileLoop.elected(
                "lamps", lamp, role, room.feed, room.time, LampRoom.options().withMode(Mode.OBSERVE));
        loop.add("hall");
        LampRoom.settle(loop);
        loop.close();
        loop.add("porch");
        loop.look("hall");

        assertThat(closed[0]).isTrue();
        assertThat(loop.manageOnce()).isEqualTo(Step.finished());
        assertThat(loop.things()).containsOnlyKeys("hall");
    }
}
