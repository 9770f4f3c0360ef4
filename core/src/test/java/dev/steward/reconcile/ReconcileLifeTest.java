package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.loop.Step;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Things that come and go, the end of a loop, and what it does not accept. */
class ReconcileLifeTest {
    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    @Test
    void forgets_what_is_removed() {
        room.add("hall");
        room.loop.remove("hall");
        room.settle();

        assertThat(room.loop.thing("hall")).isEmpty();
        assertThat(room.loop.things()).isEmpty();
        assertThat(room.loop.explain("hall")).isEqualTo("there is no thing 'hall' here");
        room.asked();
        room.loop.look("hall");
        room.loop.retry("hall");
        room.run(Duration.ofHours(1));
        assertThat(room.asked()).isEmpty();
    }

    @Test
    void begins_nothing_with_a_thing_that_is_named_again_while_an_action_is_under_way() {
        lamp.answers = false;
        room.add("hall");
        room.answer(Outcome.done(false));
        room.asked();

        room.loop.remove("hall");
        room.settle();
        room.add("hall");
        assertThat(room.asked()).isEmpty();
        room.answer(Outcome.done(true));

        assertThat(room.asked()).isEmpty();
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.RESTING);
    }

    @Test
    void forgets_a_thing_that_was_removed_when_its_action_is_over_and_makes_nothing_of_the_answer() {
        lamp.answers = false;
        room.add("hall");
        room.answer(Outcome.done(false));
        room.loop.remove("hall");
        room.settle();
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.ACTING);

        room.answer(Outcome.refused("no bulb"));

        assertThat(room.loop.things()).isEmpty();
        assertThat(room.events).containsExactly("hall dark");
        assertThat(lamp.asked).containsExactly("look hall", "switch on hall");
    }

    @Test
    void forgets_a_thing_that_was_removed_when_nobody_answers() {
        lamp.answers = false;
        room.add("hall");
        room.loop.remove("hall");

        room.run(Duration.ofSeconds(30));

        assertThat(room.loop.things()).isEmpty();
        assertThat(room.settle()).isEqualTo(Step.parked());
    }

    @Test
    void keeps_nothing_of_ten_thousand_that_come_and_go() {
        int made = 0;
        for (int round = 0; round < 100; round++) {
            for (int thing = 0; thing < 100; thing++) {
                room.loop.add("lamp-" + ++made);
            }
            room.settle();
            assertThat(room.loop.things()).hasSize(100);
            List.copyOf(room.loop.things().keySet()).forEach(room.loop::remove);
            room.settle();
        }

        assertThat(room.loop.things()).isEmpty();
        assertThat(room.settle()).isEqualTo(Step.parked());
        assertThat(room.loop.slots()).isLessThanOrEqualTo(100);
    }

    @Test
    void begins_nothing_after_it_was_closed_and_answers_come_to_nothing() {
        lamp.answers = false;
        room.add("hall", "porch");
        room.answer(Outcome.done(false));
        room.asked();
        Consumer<? super Outcome<Boolean>> look = lamp.open.get(0);

        room.loop.close();
        room.loop.close();
        look.accept(Outcome.done(false));
        room.loop.add("attic");

        assertThat(room.loop.manageOnce()).isEqualTo(Step.finished());
        room.time.advance(Duration.ofHours(1));
        assertThat(room.loop.manageOnce(true)).isEqualTo(Step.finished());
        assertThat(room.asked()).isEmpty();
    }

    @Test
    void refuses_two_passes_at_once_and_to_be_closed_within_one() {
        lamp.decides = (thing, plan) -> {
            assertThatIllegalStateException().isThrownBy(room.loop::manageOnce).withMessageContaining("lamps");
            assertThatIllegalStateException().isThrownBy(room.loop::close).withMessageContaining("lamps");
            lamp.asked.add("tried");
        };

        room.add("hall");

        assertThat(room.asked()).contains("tried");
        assertThat(room.defects).isEmpty();
    }

    @Test
    void wakes_its_runner_for_each_request_and_answer() {
        AtomicInteger woken = new AtomicInteger();
        room.loop.wakeWith(woken::incrementAndGet);
        lamp.answers = false;
        woken.set(0);

        room.loop.add("hall");
        assertThat(woken).hasValue(1);
        room.settle();
        lamp.open.get(0).accept(Outcome.done(true));

        assertThat(woken).hasValue(2);
    }

    @Test
    void a_pass_that_is_forced_looks_again_at_nothing_that_was_seen_lately() {
        room.add("hall");
        room.asked();

        room.loop.manageOnce(true);

        assertThat(room.asked()).isEmpty();
    }

    @Test
    void refuses_things_and_loops_without_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> room.loop.add("")).withMessageContaining("lamps");
        VirtualTime time = new VirtualTime();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReconcileLoop<>("", new Lamp(), new InMemoryStateFeed(time), time))
                .withMessageContaining("name");
    }

    @Test
    void refuses_records_without_a_store() {
        Lamp keeper = new Lamp();
        keeper.keepsRecords = true;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReconcileLoop<>("lamps", keeper, room.feed, room.time))
                .withMessageContaining("wish/");
    }

    @Test
    void refuses_options_that_are_none_with_the_value() {
        ReconcileOptions options = ReconcileOptions.defaults();
        Duration minus = Duration.ofSeconds(-7);

        refuses(() -> options.withPeriod(Duration.ZERO), "PT0S");
        refuses(() -> options.withPeriod(minus), "PT-7S");
        refuses(() -> options.withCallLimit(minus), "PT-7S");
        refuses(() -> options.withMostCalls(0), "0");
        refuses(() -> options.withMostCalls(-4), "-4");
        refuses(() -> options.withDamageBudget(0, Duration.ofSeconds(1)), "0");
        refuses(() -> options.withDamageBudget(1, minus), "PT-7S");
        refuses(() -> options.withBudget(minus), "PT-7S");
        refuses(() -> new Plan<Boolean>().act(" ", then -> {}), "' '");
    }

    private static void refuses(Runnable options, String value) {
        assertThatIllegalArgumentException().isThrownBy(options::run).withMessageContaining(value);
    }
}
