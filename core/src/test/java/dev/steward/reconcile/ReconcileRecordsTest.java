package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.lead.LeaseElection;
import dev.steward.reconcile.LampHouse.Member;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader writes, what comes between, and what follows from records of others. */
class ReconcileRecordsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final LampHouse house = new LampHouse();
    private final Member one = house.member("one");
    private final Lamp lamp = one.lamp;

    private void add(String... names) {
        for (String name : names) {
            one.loop.add(name);
        }
        house.settle();
    }

    /** Its plans write and act at once. */
    private void writesAndActs() {
        lamp.decides = (thing, plan) -> {
            if (!thing.seen()) {
                plan.write(Lamp.WISH, "on").act("switch on", lamp.action("switch on", thing.name(), ""));
            }
        };
    }

    @Test
    void commits_first_and_acts_after_that() {
        writesAndActs();
        house.settle();
        one.holds = true;
        add("hall");
        assertThat(one.asked()).containsExactly("look hall");
        assertThat(one.view("hall").phase()).isEqualTo(ThingPhase.WRITING);

        one.held.remove().run();
        house.settle();

        assertThat(house.wish("hall")).isEqualTo("on");
        assertThat(one.asked()).containsExactly("switch on hall");
    }

    @Test
    void writes_nothing_that_is_there_already() {
        lamp.decides = (thing, plan) -> plan.write(Lamp.WISH, "on");
        house.write("hall", "on");
        house.settle();
        int batches = one.batches.size();

        house.run(Duration.ofMinutes(10));

        assertThat(one.batches).hasSize(batches);
        assertThat(lamp.asked("look hall")).isGreaterThan(5);
    }

    @Test
    void decides_anew_when_somebody_else_has_written_in_between() {
        lamp.decides = (thing, plan) -> {
            String wish = thing.record(Lamp.WISH).orElse("");
            if (!wish.endsWith("!")) {
                plan.write(Lamp.WISH, wish + "!");
            }
        };
        house.write("hall", "quiet");
        house.settle();
        assertThat(house.wish("hall")).isEqualTo("quiet!");
        one.holds = true;
        house.write("hall", "loud");
        house.settle();
        house.write("hall", "louder"); // behind the back of the batch
        one.holds = false;
        one.held.remove().run();

        house.run(Duration.ofSeconds(10));

        assertThat(house.wish("hall")).isEqualTo("louder!");
        assertThat(one.leads()).isTrue();
    }

    @Test
    void what_the_store_refuses_hurts_the_thing_alone_that_it_is_of() {
        one.refuses = batch -> LampHouse.isOf(batch, "bad");
        for (int thing = 0; thing < 40; thing++) {
            one.loop.add("lamp-" + thing);
        }
        add("bad");
        house.run(Duration.ofMinutes(1));

        assertThat(one.view("bad").phase()).isEqualTo(ThingPhase.STUCK);
        assertThat(one.loop.explain("bad")).contains("its records are refused").contains("too much");
        assertThat(lamp.lit).hasSize(40);
        long batches = one.batchesOf("bad");
        house.run(Duration.ofMinutes(10));
        assertThat(one.batchesOf("bad") - batches).isBetween(5L, 60L);

        one.refuses = batch -> false;
        house.run(Duration.ofMinutes(2));
        assertThat(one.view("bad").state()).isEqualTo("lit");
    }

    @Test
    void what_is_too_large_for_any_batch_hurts_its_thing_alone() {
        lamp.decides = (thing, plan) -> {
            if (thing.name().equals("large")) {
                plan.write(Lamp.WISH, "x".repeat(600_000));
            } else {
                lamp.switchOn(thing, plan);
            }
        };

        add("a", "large", "b");
        house.run(Duration.ofSeconds(30));

        assertThat(one.view("large").phase()).isEqualTo(ThingPhase.STUCK);
        assertThat(lamp.lit).containsOnlyKeys("a", "b");
        assertThat(one.leads()).isTrue();
    }

    @Test
    void more_things_than_a_batch_has_room_for_all_get_through() {
        for (int thing = 0; thing < 600; thing++) {
            one.loop.add("lamp-" + thing);
        }

        house.run(Duration.ofSeconds(10));

        assertThat(lamp.lit).hasSize(600);
        assertThat(one.batches).hasSizeBetween(3, 20);
    }

    @Test
    void leaves_a_record_alone_that_a_newer_version_has_written() {
        RecordType<String> newer = RecordType.of("wish/", 2, (text, out) -> out.text(text), in -> in.text());
        house.write("hall", newer.encode("in colours"));
        add("porch");
        house.run(Duration.ofMinutes(5));

        assertThat(one.view("hall").phase()).isEqualTo(ThingPhase.STUCK);
        assertThat(one.loop.explain("hall")).contains("newer than 1");
        assertThat(lamp.lit).containsOnlyKeys("porch");
        assertThat(one.batchesOf("hall")).isZero();

        house.write("hall", "plain");
        house.run(Duration.ofSeconds(5));
        assertThat(lamp.lit).containsOnlyKeys("hall", "porch");
    }

    @Test
    void keeps_a_thing_while_there_is_a_record_of_it_and_forgets_it_with_the_last() {
        house.write("hall", "on");
        add("hall");
        one.loop.remove("hall");
        house.settle();
        assertThat(one.loop.things()).containsKey("hall");

        house.delete("hall");
        house.settle();

        assertThat(one.loop.things()).isEmpty();
        one.asked();
        house.run(HOUR);
        assertThat(one.asked()).isEmpty();
    }

    @Test
    void shows_nothing_of_a_thing_that_is_removed_while_its_records_are_written() {
        house.settle();
        one.holds = true;
        one.refuses = batch -> LampHouse.isOf(batch, "hall");
        add("hall");
        one.loop.remove("hall");
        house.settle();
        one.holds = false;
        one.held.remove().run();

        house.run(Duration.ofMinutes(1));

        assertThat(one.loop.things()).isEmpty();
    }

    @Test
    void hopes_again_when_a_record_is_another() {
        lamp.onSwitch = name -> Outcome.refused("no such lamp");
        add("hall");
        assertThat(one.view("hall").phase()).isEqualTo(ThingPhase.GIVEN_UP);
        house.run(Duration.ofMinutes(10));
        assertThat(lamp.askedFor("switch on")).isOne();
        lamp.onSwitch = name -> Outcome.done(true);

        house.write("hall", "another");
        house.settle();

        assertThat(one.asked()).contains("switch on hall another");
    }

    @Test
    void hopes_on_if_a_record_is_another_since_what_is_refused_began() {
        lamp.onSwitch = name -> {
            house.write(name, "another");
            return Outcome.refused("no such lamp");
        };
        add("hall");
        lamp.onSwitch = name -> Outcome.done(true);

        house.run(Duration.ofSeconds(3));

        assertThat(one.asked()).contains("switch on hall another");
    }

    @Test
    void sends_nothing_that_is_held_since_it_was_decided() {
        house.write("hall", "on");
        house.settle();
        lamp.lit.put("hall", false);
        one.holds = true;
        one.loop.look("hall"); // is owed, and waits for the other's records
        add("porch");
        one.loop.hold(List.of("hall"), "ann", "", HOUR);
        one.asked();
        one.holds = false;
        one.held.remove().run();

        house.run(Duration.ofSeconds(20));

        assertThat(lamp.asked("switch on hall on")).isZero();
        assertThat(one.view("hall").phase()).isEqualTo(ThingPhase.HELD);
    }

    @Test
    void looks_again_at_what_was_decided_long_before_it_could_be_sent() {
        LampHouse slow = new LampHouse();
        Member alone = slow.member(
                "one", LampRoom.options().withPeriod(Duration.ofMillis(100)).withCallLimit(Duration.ofMillis(100)));
        slow.write("hall", "on");
        alone.lamp.lit.put("hall", true);
        slow.run(Duration.ofSeconds(1));
        alone.holds = true;
        alone.lamp.lit.put("hall", false);
        alone.loop.add("porch");
        alone.loop.look("hall");
        slow.settle();
        assertThat(alone.held).hasSize(1);
        alone.asked();
        slow.time.advance(Duration.ofSeconds(2));
        alone.lamp.lit.put("hall", true); // somebody was quicker
        alone.holds = false;
        alone.held.remove().run();

        slow.run(Duration.ofSeconds(1));

        assertThat(alone.lamp.asked("switch on hall on")).isZero();
    }

    @Test
    void a_closed_loop_follows_a_shared_copy_no_more() {
        RecordCache cache = house.cache();
        Lamp other = new Lamp();
        other.keepsRecords = true;
        LeaseElection election = new LeaseElection("others", "two", house.truth, house.time, LampHouse.LEASE);
        ReconcileLoop<Boolean, Lamp.State> loop = ReconcileLoop.elected(
                "shared",
                other,
                Role.of("others", "two", election, cache),
                new InMemoryStateFeed(house.time),
                house.time,
                LampRoom.options());
        house.write("hall", "on");
        LampRoom.settle(loop);
        assertThat(loop.things()).containsOnlyKeys("hall");

        loop.close();
        house.write("porch", "on");
        cache.refresh();
        cache.poll();

        assertThat(cache.get(Lamp.WISH.key("porch"))).isPresent();
        assertThat(loop.things()).containsOnlyKeys("hall");
    }
}
