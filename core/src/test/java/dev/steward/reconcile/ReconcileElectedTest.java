package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.Shards;
import dev.steward.loop.Mode;
import dev.steward.reconcile.LampHouse.Member;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Several processes of one role: who acts, and what a take-over finds. */
class ReconcileElectedTest {
    private static final Duration LONG = LampHouse.LEASE.multipliedBy(3);

    private final LampHouse house = new LampHouse();

    /** A process stands still, and another one leads meanwhile. */
    private void anotherLeadsFor(Duration length, Member member) {
        house.kill(member);
        Member other = house.member("other");
        house.run(length);
        assertThat(other.leads()).isTrue();
        other.loop.close();
        house.kill(other);
        house.members.add(member);
    }

    @Test
    void only_the_leader_looks_and_acts() {
        Member one = house.member("one");
        Member two = house.member("two");
        one.loop.add("hall");
        two.loop.add("hall");

        house.run(Duration.ofMinutes(3));

        assertThat(one.leads()).isTrue();
        assertThat(two.leads()).isFalse();
        assertThat(one.asked()).contains("look hall", "switch on hall lamps-1-1");
        assertThat(two.asked()).isEmpty();
        assertThat(two.loop.explain("hall")).contains("does not lead");
        assertThat(two.view("hall").phase()).isEqualTo(ThingPhase.IDLE);
    }

    @Test
    void whoever_takes_over_looks_at_everything_and_sends_what_is_owed() {
        Member one = house.member("one");
        Member two = house.member("two");
        house.settle();
        one.lamp.onSwitch = name -> Outcome.unknown("killed before it was sent");
        one.loop.add("hall");
        house.settle();
        String wish = house.wish("hall");
        assertThat(wish).isEqualTo("lamps-1-1");
        house.kill(one);

        house.run(LONG);

        assertThat(two.leads()).isTrue();
        assertThat(two.asked()).containsExactly("look hall", "switch on hall " + wish);
        assertThat(house.wish("hall")).isEqualTo(wish);
    }

    @Test
    void a_process_that_leads_again_has_forgotten_what_it_saw() {
        Member one = house.member("one");
        one.loop.add("hall");
        house.settle();
        one.asked();

        anotherLeadsFor(Duration.ofSeconds(20), one);
        house.run(Duration.ofSeconds(10)); // what it saw is not old

        assertThat(one.leads()).isTrue();
        assertThat(one.asked()).containsExactly("look hall");
    }

    @Test
    void a_leader_that_cannot_read_the_records_does_nothing_until_it_can() {
        Member one = house.member("one");
        one.loop.add("hall");
        house.run(Duration.ofSeconds(10));
        assertThat(one.leads()).isTrue();
        one.asked();

        one.deaf = true;
        house.time.advance(Duration.ofSeconds(7)); // three periods of a second, and 3 s for an answer
        one.lamp.lit.put("hall", false);
        one.loop.look("hall");
        house.settle();
        assertThat(one.asked()).isEmpty();

        one.deaf = false;
        house.run(Duration.ofSeconds(10));
        assertThat(one.asked()).contains("look hall", "switch on hall lamps-1-1");
    }

    @Test
    void the_answer_to_an_action_is_nobodys_when_another_term_has_begun() {
        Member one = house.member("one");
        one.loop.add("hall");
        one.lamp.answers = false;
        house.settle();
        one.lamp.open.remove(0).accept(Outcome.done(false));
        house.settle();
        assertThat(one.asked()).containsExactly("look hall", "switch on hall lamps-1-1");
        Consumer<? super Outcome<Boolean>> late = one.lamp.open.remove(0);
        anotherLeadsFor(Duration.ofSeconds(20), one);
        one.loop.manageOnce();
        assertThat(one.leads()).isFalse();

        late.accept(Outcome.refused("no such lamp"));
        house.run(LONG);

        assertThat(one.view("hall").failures()).isZero();
        assertThat(one.asked()).containsExactly("look hall");
    }

    @Test
    void no_two_ids_are_the_same_in_whatever_term() {
        Set<String> ids = new HashSet<>();
        int given = 0;
        for (int term = 0; term < 5; term++) {
            Member member = house.member("member-" + term);
            member.lamp.decides = (thing, plan) -> {
                if (thing.record(Lamp.WISH).isEmpty()) {
                    plan.write(Lamp.WISH, plan.id());
                }
            };
            for (int lamp = 0; lamp < 10; lamp++) {
                member.loop.add("lamp-" + term + "-" + lamp);
            }
            house.run(LONG);
            for (int lamp = 0; lamp < 10; lamp++) {
                ids.add(house.wish("lamp-" + term + "-" + lamp));
                given++;
            }
            house.kill(member);
        }

        assertThat(ids).hasSize(given).doesNotContain("");
    }

    @Test
    void each_shard_keeps_its_own_things() {
        Shards shards = new Shards(2);
        Member even = house.member("even", LampRoom.options(), shards, 0);
        Member odd = house.member("odd", LampRoom.options(), shards, 1);
        Set<String> all = new TreeSet<>();
        for (int lamp = 0; lamp < 40; lamp++) {
            house.write("lamp-" + lamp, "wanted");
            even.loop.add("lamp-" + lamp);
            odd.loop.add("lamp-" + lamp);
            all.add("lamp-" + lamp);
        }

        house.run(LONG);

        assertThat(even.leads()).isTrue();
        assertThat(odd.leads()).isTrue();
        assertThat(even.loop.things().keySet())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(odd.loop.things().keySet());
        Set<String> kept = new TreeSet<>(even.loop.things().keySet());
        kept.addAll(odd.loop.things().keySet());
        assertThat(kept).isEqualTo(all);
        assertThat(even.lamp.lit.keySet()).isEqualTo(all);
        assertThat(even.lamp.askedFor("switch on") + odd.lamp.askedFor("switch on"))
                .isEqualTo(all.size());
    }

    @Test
    void a_loop_that_observes_never_leads_writes_or_acts() {
        Member observer = house.member("observer", LampRoom.options().withMode(Mode.OBSERVE));
        house.write("porch", "wanted");
        observer.loop.add("hall");

        house.run(Duration.ofMinutes(3));

        assertThat(observer.loop.leader()).isEmpty();
        assertThat(observer.batches).isEmpty();
        assertThat(observer.lamp.askedFor("switch on")).isZero();
        assertThat(observer.lamp.asked("look hall")).isGreaterThan(2);
        assertThat(observer.loop.explain("hall")).contains("would write its records; observes only");
        assertThat(observer.loop.explain("porch")).contains("would switch on; observes only");
    }

    @Test
    void a_loop_that_observes_sees_what_others_write() {
        Member observer = house.member("observer", LampRoom.options().withMode(Mode.OBSERVE));
        Member one = house.member("one");
        house.settle();

        one.loop.add("hall");
        house.run(Duration.ofMinutes(2));

        assertThat(observer.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void a_closed_loop_lets_another_lead_at_once_and_follows_a_shared_copy_no_more() {
        Member one = house.member("one");
        Member two = house.member("two");
        one.loop.add("hall");
        house.settle();
        one.loop.close();
        house.kill(one);

        house.run(Duration.ofSeconds(1));

        assertThat(two.leads()).isTrue();
        assertThat(two.asked()).containsExactly("look hall");
        house.write("porch", "wanted");
        house.settle();
        assertThat(one.loop.things()).doesNotContainKey("porch");
        assertThat(List.copyOf(two.loop.things().keySet())).containsExactly("hall", "porch");
    }
}
