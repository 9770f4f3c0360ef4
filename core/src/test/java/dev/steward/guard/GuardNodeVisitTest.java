package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.node.NodeOp;
import dev.steward.notify.LoggedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a state sees and does: timers, messages, its node. */
class GuardNodeVisitTest {
    private final AtomicReference<Consumer<Visit>> inA = new AtomicReference<>(GuardNodeVisitTest::nothing);
    private final List<Boolean> seen = new ArrayList<>();
    private final GuardSystem system = GuardSystem.named("SYS")
            .state("A", () -> new GuardState() {
                @Override
                protected StateResult main(Visit here) {
                    inA.get().accept(here);
                    return goOn();
                }

                @Override
                protected StateResult run(Visit here) {
                    inA.get().accept(here);
                    return goOn();
                }
            })
            .whileIn("B", here -> StateResult.done())
            .path("INIT", "A", "B", "A")
            .request("A")
            .build();
    private final Rig rig = new Rig(new Script(), system, GuardNode.Options.defaults());

    private static void nothing(Visit here) {}

    @Test
    void sees_where_it_is() {
        rig.pass();
        List<String> words = new ArrayList<>();
        inA.set(here -> {
            words.addAll(List.of(here.node(), here.system(), here.state(), here.request()));
            seen.add(here.isRequested());
        });

        rig.cycle();
        rig.node.request("B");
        inA.set(GuardNodeVisitTest::nothing);
        rig.pass();

        assertThat(words).containsExactly("N", "SYS", "A", "A");
        assertThat(seen).containsExactly(true);
    }

    @Test
    void a_timer_has_run_out_exactly_after_its_delay_whatever_the_wall_clock_does() {
        rig.pass();
        inA.set(here -> here.startTimer("ramp", Rig.PERIOD.multipliedBy(3)));
        rig.cycle();
        rig.time.stepWall(Duration.ofDays(1));
        inA.set(here -> seen.add(here.hasRunOut("ramp")));

        rig.cycles(4);

        assertThat(seen).containsExactly(false, false, true, true);
    }

    @Test
    void a_timer_misses_by_a_nanosecond() {
        rig.pass();
        inA.set(here -> here.startTimer("ramp", Rig.PERIOD.plusNanos(1)));
        rig.cycle();
        inA.set(here -> seen.add(here.hasRunOut("ramp")));

        rig.cycles(2);

        assertThat(seen).containsExactly(false, true);
    }

    @Test
    void a_timer_of_zero_has_run_out_and_one_that_is_started_anew_begins_anew() {
        rig.pass();
        inA.set(here -> {
            here.startTimer("ramp", Duration.ZERO);
            seen.add(here.hasRunOut("ramp"));
            here.startTimer("ramp", Duration.ofSeconds(1));
            seen.add(here.hasRunOut("ramp"));
        });

        rig.cycle();

        assertThat(seen).containsExactly(true, false);
    }

    @Test
    void a_timer_that_was_never_started_is_an_error() {
        rig.pass();
        inA.set(here -> seen.add(here.hasRunOut("ramp")));

        rig.cycle();

        assertThat(rig.view().messages())
                .containsExactly("main of A: IllegalArgumentException: no timer 'ramp' in this visit of A");
    }

    @Test
    void timers_and_the_visit_itself_end_with_the_visit() {
        AtomicReference<Visit> kept = new AtomicReference<>();
        rig.pass();
        inA.set(here -> {
            kept.set(here);
            here.startTimer("ramp", Duration.ZERO);
        });
        rig.cycle();
        rig.node.request("B");
        rig.cycle();

        assertThatIllegalStateException()
                .isThrownBy(() -> kept.get().hasRunOut("ramp"))
                .withMessage("the visit of A is over");
        assertThatIllegalStateException().isThrownBy(() -> kept.get().notify("too late"));
        assertThatIllegalStateException().isThrownBy(() -> kept.get().log("too late"));
    }

    @Test
    void a_message_lives_as_long_as_it_is_raised() {
        rig.pass();
        inA.set(here -> {
            here.notify("dark");
            here.notify("cold");
            here.notify("dark");
        });
        rig.cycle();
        assertThat(rig.view().messages()).containsExactly("dark", "cold");
        assertThat(rig.view().notification()).isTrue();
        long version = rig.view().version();
        rig.time.advance(Duration.ofMillis(1));
        rig.pass(); // early: no cycle
        assertThat(rig.view().messages()).containsExactly("dark", "cold");

        rig.cycle();
        rig.cycle();
        assertThat(rig.view().version()).isEqualTo(version);
        inA.set(GuardNodeVisitTest::nothing);
        rig.cycle();

        assertThat(rig.view().messages()).isEmpty();
        assertThat(rig.view().notification()).isFalse();
    }

    @Test
    void a_message_stays_through_a_pause_and_ends_with_a_stop() {
        rig.pass();
        inA.set(here -> here.notify("dark"));
        rig.cycle();
        rig.node.operate(NodeOp.PAUSE);
        rig.cycle();
        assertThat(rig.view().messages()).containsExactly("dark");

        rig.node.operate(NodeOp.STOP);
        rig.cycle();
        assertThat(rig.view().messages()).isEmpty();
    }

    @Test
    void messages_of_one_cycle_are_bounded_and_none_is_empty() {
        rig.pass();
        inA.set(here -> {
            for (int i = 0; i < 1_000; i++) {
                here.notify("message " + i);
            }
        });
        rig.cycle();
        assertThat(rig.view().messages()).hasSize(Notices.MOST).startsWith("message 0");

        inA.set(here -> here.notify(""));
        rig.cycle();
        assertThat(rig.view().messages()).containsExactly("run of A: IllegalArgumentException: an empty message");
    }

    @Test
    void a_visit_that_was_kept_over_a_stop_takes_nothing() {
        List<Visit> kept = new ArrayList<>();
        rig.pass();
        inA.set(kept::add);
        rig.cycle();
        rig.node.operate(NodeOp.STOP);
        rig.pass();

        assertThatThrownBy(() -> kept.get(0).startTimer("ramp", Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("visit of A is over");
    }

    @Test
    void a_line_carries_the_state_and_the_method() {
        rig.pass();
        inA.set(here -> here.log("hello"));
        rig.cycles(2);

        assertThat(rig.node.messages().messages())
                .extracting(LoggedMessage::text)
                .contains("[A.main] hello", "[A.run] hello");
    }
}
