package dev.steward.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.Hold;
import dev.steward.loop.Mode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Things that are held, and loops that only observe. */
class ReconcileHoldsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final LampRoom room = new LampRoom();
    private final Lamp lamp = room.lamp;

    @Test
    void looks_and_decides_and_begins_nothing_while_a_thing_is_held() {
        room.loop.hold(List.of("hall"), "ann", "new wires", HOUR); // before it is there
        room.add("hall", "porch");
        room.run(Duration.ofMinutes(10));

        assertThat(lamp.asked("switch on hall")).isZero();
        assertThat(lamp.asked("switch on porch")).isOne();
        assertThat(lamp.asked("look hall")).isEqualTo(11);
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.HELD);
        assertThat(room.view("hall").holds()).extracting(Hold::holder).containsExactly("ann");
        assertThat(room.loop.explain("hall"))
                .contains("would switch on")
                .contains("held by ann")
                .contains("new wires");
    }

    @Test
    void goes_on_when_the_last_holder_has_let_go() {
        room.loop.hold(List.of("hall"), "ann", "", HOUR);
        room.loop.hold(List.of("hall"), "bob", "", HOUR);
        room.add("hall");
        room.loop.release(List.of("hall"), "ann");
        room.settle();
        assertThat(lamp.asked("switch on hall")).isZero();

        room.loop.release(List.of("hall"), "bob");
        room.settle();

        assertThat(lamp.asked("switch on hall")).isOne();
        assertThat(room.view("hall").holds()).isEmpty();
    }

    @Test
    void goes_on_at_the_end_of_a_hold_and_not_a_nanosecond_before() {
        room.loop.hold(List.of("hall"), "ann", "", HOUR);
        room.add("hall");

        room.run(HOUR.minusNanos(1));
        assertThat(lamp.asked("switch on hall")).isZero();
        room.run(Duration.ofNanos(1));

        assertThat(lamp.asked("switch on hall")).isOne();
    }

    @Test
    void what_is_under_way_goes_on_to_its_end_and_shows_that_it_is_held() {
        lamp.answers = false;
        room.add("hall");
        room.answer(Outcome.done(false));
        room.loop.hold(List.of("hall"), "ann", "", HOUR);
        room.settle();
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.ACTING);
        assertThat(room.view("hall").holds()).hasSize(1);

        room.answer(Outcome.busy("a fuse"));
        room.answer(Outcome.done(false));
        room.run(Duration.ofSeconds(20));

        assertThat(lamp.asked("switch on hall")).isOne();
        assertThat(room.view("hall").phase()).isEqualTo(ThingPhase.HELD);
    }

    @Test
    void a_hold_that_is_wrong_is_refused_with_what_is_wrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.loop.hold(List.of("hall"), "ann", "", Duration.ofSeconds(-3)))
                .withMessageContaining("PT-3S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.loop.hold(List.of(), "ann", "", HOUR))
                .withMessageContaining("ann");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.loop.hold(List.of("hall"), "", "", HOUR))
                .withMessageContaining("hall");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> room.loop.hold(List.of(""), "ann", "", HOUR))
                .withMessageContaining("ann");
    }

    @Test
    void a_loop_that_observes_looks_decides_and_explains_and_does_nothing() {
        LampRoom observer = new LampRoom(LampRoom.options().withMode(Mode.OBSERVE));
        observer.add("hall");
        observer.run(HOUR);

        assertThat(observer.lamp.askedFor("switch on")).isZero();
        assertThat(observer.lamp.asked("look hall")).isEqualTo(61);
        assertThat(observer.view("hall").phase()).isEqualTo(ThingPhase.HELD);
        assertThat(observer.loop.explain("hall")).contains("would switch on; observes only");
        assertThat(observer.events).containsExactly("hall dark");
    }
}
