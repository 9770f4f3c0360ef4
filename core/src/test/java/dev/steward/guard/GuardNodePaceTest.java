package dev.steward.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.loop.Step;
import dev.steward.node.NodeOp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the user's code is called. */
class GuardNodePaceTest {
    private static final Duration NANO = Duration.ofNanos(1);

    private final Rig rig = Rig.doneIn("A");

    @Test
    void runs_sixteen_times_a_second() {
        for (Duration passed = Duration.ZERO; passed.compareTo(Duration.ofSeconds(10)) < 0; ) {
            Step step = rig.pass();
            rig.time.advance(step.delay());
            passed = passed.plus(step.delay());
        }

        assertThat(rig.calls()).hasSize(159); // the first of the 10 s was made before
    }

    @Test
    void is_not_due_a_nanosecond_before_the_period_is_over_and_is_at_its_end() {
        rig.time.advance(Rig.PERIOD.minus(NANO));
        assertThat(rig.pass()).isEqualTo(Step.after(NANO));
        assertThat(rig.calls()).isEmpty();

        rig.time.advance(NANO);
        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.calls()).hasSize(1);
    }

    @Test
    void a_little_late_keeps_the_beat() {
        rig.time.advance(Rig.PERIOD.plusMillis(2));

        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD.minusMillis(2)));
    }

    @Test
    void very_late_is_not_made_up_for() {
        rig.time.advance(Duration.ofMinutes(1));

        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.calls()).hasSize(1);
    }

    @Test
    void passes_that_come_early_call_nothing() {
        for (int i = 0; i < 50; i++) {
            rig.time.advance(Duration.ofMillis(1));
            rig.pass();
        }

        assertThat(rig.calls()).isEmpty();
    }

    @Test
    void a_step_of_the_wall_clock_changes_nothing_but_stamps() {
        rig.time.stepWall(Duration.ofDays(-1));
        rig.cycle();
        rig.time.stepWall(Duration.ofDays(2));
        rig.cycle();

        assertThat(rig.calls()).hasSize(2);
        rig.request("B");
        assertThat(rig.view().at()).isEqualTo(rig.time.now());
        rig.cycle();
        assertThat(rig.view().stateSince()).isEqualTo(rig.time.now());
    }

    @Test
    void the_beat_survives_the_wrap_of_the_clock() {
        rig.time.advance(Duration.ofHours(1).minusMillis(500));
        rig.pass();
        rig.calls();

        rig.cycles(32);

        assertThat(rig.calls()).hasSize(32);
    }

    @Test
    void a_parked_node_asks_for_nothing_and_goes_on_at_once() {
        rig.node.operate(NodeOp.PAUSE);
        rig.time.advance(Duration.ofMillis(10));
        assertThat(rig.pass()).isEqualTo(Step.parked());
        rig.time.advance(Duration.ofHours(1));

        rig.node.operate(NodeOp.EXEC);

        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.calls()).containsExactly("A.run");
    }

    @Test
    void a_short_pause_does_not_quicken_the_beat() {
        rig.node.operate(NodeOp.PAUSE);
        rig.pass();
        rig.node.operate(NodeOp.EXEC);

        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.calls()).isEmpty();
    }

    @Test
    void a_state_may_run_more_seldom_but_is_entered_and_left_in_time() {
        Script script = new Script();
        GuardSystem system = GuardSystem.named("S")
                .state("A", script.state("A"), StateTrait.every(Duration.ofHours(1)))
                .state("B", script.state("B"), StateTrait.every(Duration.ofMillis(10)))
                .path("INIT", "A", "B")
                .request("A")
                .build();
        Rig slow = new Rig(script, system, GuardNode.Options.defaults());
        slow.pass();

        assertThat(slow.cycle()).isEqualTo(Step.after(Duration.ofHours(1)));
        slow.time.advance(Duration.ofHours(1).minus(NANO));
        assertThat(slow.pass()).isEqualTo(Step.after(NANO));
        slow.time.advance(NANO);
        assertThat(slow.pass()).isEqualTo(Step.after(Duration.ofHours(1)));
        assertThat(slow.calls()).containsExactly("A.main", "A.run");

        slow.time.advance(Duration.ofMillis(50));
        slow.node.request("B");
        assertThat(slow.pass()).isEqualTo(Step.after(Rig.PERIOD.minusMillis(50)));
        slow.time.advance(Rig.PERIOD.minusMillis(50));
        assertThat(slow.pass()).isEqualTo(Step.after(Duration.ofMillis(10)));
        assertThat(slow.calls()).containsExactly("B.main");
    }

    @Test
    void a_state_that_runs_more_often_is_begun_at_its_own_pace() {
        Script script = new Script();
        GuardSystem system = GuardSystem.named("S")
                .state("A", script.state("A"))
                .state("B", script.state("B"), StateTrait.every(Duration.ofMillis(10)))
                .path("INIT", "A", "B")
                .request("B")
                .build();
        Rig quick = new Rig(script, system, GuardNode.Options.defaults());
        quick.finish("A");
        quick.pass();
        quick.cycle();

        assertThat(quick.cycle()).isEqualTo(Step.after(Duration.ofMillis(10)));
        assertThat(quick.shown()).isEqualTo("B B B MAIN");
    }

    @Test
    void a_state_that_runs_seldom_and_late_hands_no_lateness_on() {
        Script script = new Script();
        GuardSystem system = GuardSystem.named("S")
                .state("A", script.state("A"), StateTrait.every(Duration.ofHours(1)))
                .state("B", script.state("B"))
                .path("INIT", "A", "B")
                .request("A")
                .build();
        Rig slow = new Rig(script, system, GuardNode.Options.defaults());
        slow.pass();
        slow.cycle();
        slow.jumpFrom("A", "B");
        slow.time.advance(Duration.ofMinutes(90));

        assertThat(slow.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(slow.calls()).containsExactly("A.main", "A.run");
    }

    @Test
    void a_start_after_a_stop_does_not_wait_for_the_beat() {
        rig.node.operate(NodeOp.STOP);
        rig.node.operate(NodeOp.EXEC);

        assertThat(rig.pass()).isEqualTo(Step.after(Rig.PERIOD));
        assertThat(rig.calls()).containsExactly("INIT.main");
    }

    @Test
    void a_period_must_be_more_than_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardNode.Options.defaults().withPeriod(Duration.ZERO))
                .withMessageContaining("PT0S");
        Rig quick = new Rig(new Script(), GuardNode.Options.defaults().withPeriod(Duration.ofMillis(1)));
        assertThat(quick.pass()).isEqualTo(Step.after(Duration.ofMillis(1)));
    }
}
