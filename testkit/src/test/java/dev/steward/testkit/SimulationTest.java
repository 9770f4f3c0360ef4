package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.steward.loop.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(7);
    private final List<String> done = new ArrayList<>();

    @Test
    void gives_a_new_loop_its_first_pass_at_once() {
        Probe probe = Probe.writing("a", done, Step.parked());
        simulation.add(probe);

        simulation.run(Duration.ZERO);

        assertThat(done).containsExactly("a");
    }

    @Test
    void calls_a_loop_when_it_is_due_and_not_a_nanosecond_earlier() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);
        simulation.run(Duration.ZERO);

        simulation.run(SECOND.minusNanos(1));
        assertThat(probe.passes()).isEqualTo(1);
        simulation.run(Duration.ofNanos(1));

        assertThat(probe.passes()).isEqualTo(2);
        assertThat(simulation.elapsed()).isEqualTo(SECOND);
    }

    @Test
    void calls_a_ticking_loop_across_the_wrap_of_the_clock() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);

        simulation.run(Duration.ofHours(3));

        assertThat(probe.passes()).isEqualTo(3 * 3600 + 1);
        assertThat(simulation.time().nanos()).isNegative();
    }

    @Test
    void moves_both_clocks() {
        Instant wall = simulation.time().now();
        long nanos = simulation.time().nanos();

        simulation.run(SECOND);

        assertThat(simulation.time().now()).isEqualTo(wall.plus(SECOND));
        assertThat(simulation.time().nanos() - nanos).isEqualTo(SECOND.toNanos());
    }

    @Test
    void leaves_a_parked_loop_alone_until_it_is_woken() {
        Probe probe = Probe.writing("a", done, Step.parked());
        simulation.add(probe);
        simulation.run(Duration.ofHours(1));
        assertThat(probe.passes()).isEqualTo(1);

        simulation.after(SECOND, probe::wake);
        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(2);
    }

    @Test
    void makes_one_pass_of_ten_wake_ups() {
        Probe probe = Probe.writing("a", done, Step.parked());
        simulation.add(probe);
        simulation.run(SECOND);

        for (int i = 0; i < 10; i++) {
            probe.wake();
        }
        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(2);
    }

    @Test
    void gives_another_pass_to_a_loop_that_is_woken_during_its_own() {
        List<Probe> self = new ArrayList<>();
        Probe probe = new Probe("a", () -> {
            if (done.size() < 2) {
                done.add("pass");
                self.get(0).wake();
            }
            return Step.parked();
        });
        self.add(probe);
        simulation.add(probe);

        simulation.run(Duration.ZERO);

        assertThat(probe.passes()).isEqualTo(3);
    }

    @Test
    void brings_a_wake_up_before_the_time_that_the_loop_asked_for() {
        Probe probe = Probe.writing("a", done, Step.after(Duration.ofHours(1)));
        simulation.add(probe);
        simulation.run(SECOND);

        probe.wake();
        simulation.run(Duration.ZERO);

        assertThat(probe.passes()).isEqualTo(2);
    }

    @Test
    void takes_loops_in_and_out_while_it_runs() {
        Probe late = Probe.writing("late", done, Step.after(SECOND));
        simulation.at(Duration.ofSeconds(10), () -> simulation.add(late));
        simulation.at(Duration.ofMillis(13_500), () -> simulation.remove(late));

        simulation.run(Duration.ofMinutes(1));

        assertThat(late.passes()).isEqualTo(4);
        assertThat(late.isClosed()).isTrue();
        assertThat(simulation.isRunning(late)).isFalse();
    }

    @Test
    void does_not_close_a_loop_that_it_kills_and_ignores_its_wake_ups() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);
        simulation.run(Duration.ofMillis(2_500));

        simulation.kill(probe);
        probe.wake();
        simulation.run(Duration.ofMinutes(1));

        assertThat(probe.passes()).isEqualTo(3);
        assertThat(probe.isClosed()).isFalse();
    }

    @Test
    void kills_a_loop_in_the_middle_of_its_pass() {
        List<Probe> self = new ArrayList<>();
        Probe probe = new Probe("a", () -> {
            simulation.kill(self.get(0));
            self.get(0).wake();
            return Step.again();
        });
        self.add(probe);
        simulation.add(probe);

        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(1);
    }

    @Test
    void forgets_a_loop_that_has_finished() {
        Probe probe = Probe.writing("a", done, Step.finished());
        simulation.add(probe);

        simulation.run(SECOND);
        probe.wake();
        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(1);
        assertThat(simulation.isRunning(probe)).isFalse();
    }

    @Test
    void calls_a_paused_loop_once_when_its_pause_is_over() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);
        simulation.run(Duration.ofMillis(2_500));

        simulation.pause(probe, Duration.ofSeconds(30));
        probe.wake();
        simulation.run(Duration.ofSeconds(30).minusNanos(1));
        assertThat(probe.passes()).isEqualTo(3);
        simulation.run(Duration.ofNanos(1));

        assertThat(probe.passes()).isEqualTo(4);
    }

    @Test
    void is_late_for_what_was_due_while_its_clock_was_moved_by_hand() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);
        simulation.run(Duration.ZERO);

        simulation.time().advance(Duration.ofSeconds(30));
        simulation.run(Duration.ZERO);

        assertThat(probe.passes()).isEqualTo(2);
        assertThat(simulation.elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void lets_things_happen_in_the_order_of_their_times_then_in_the_order_asked_for() {
        simulation.after(Duration.ofSeconds(2), "c", () -> done.add("c"));
        simulation.after(SECOND, "a", () -> done.add("a"));
        simulation.at(SECOND, "b", () -> done.add("b"));
        simulation.at(Duration.ofSeconds(2), "d", () -> done.add("d"));

        simulation.run(Duration.ofSeconds(2));

        assertThat(done).containsExactly("a", "b", "c", "d");
    }

    @Test
    void does_not_let_happen_what_was_cancelled() {
        Happening first = simulation.after(SECOND, "first", () -> done.add("first"));
        Happening second = simulation.after(SECOND, "second", () -> done.add("second"));

        assertThat(first.cancel()).isTrue();
        simulation.run(SECOND);

        assertThat(first.cancel()).isFalse();
        assertThat(second.isPending()).isFalse();
        assertThat(second.cancel()).isFalse();
        assertThat(done).containsExactly("second");
    }

    @Test
    void steps_the_wall_clock_and_nothing_else() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);
        simulation.after(Duration.ofMillis(500), () -> simulation.stepWall(Duration.ofHours(-1)));
        Instant start = simulation.time().now();

        simulation.run(Duration.ofSeconds(10));

        assertThat(probe.passes()).isEqualTo(11);
        assertThat(simulation.time().now()).isEqualTo(start.plusSeconds(10).minusSeconds(3600));
    }

    @Test
    void runs_until_something_holds_and_no_further() {
        Probe probe = Probe.writing("a", done, Step.after(SECOND));
        simulation.add(probe);

        simulation.runUntil(() -> probe.passes() == 4, Duration.ofMinutes(1));

        assertThat(simulation.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void runs_until_a_time_that_nothing_else_marks() {
        Instant end = simulation.time().now().plusSeconds(60);

        simulation.runUntil(() -> !simulation.time().now().isBefore(end), Duration.ofMinutes(1));

        assertThat(simulation.elapsed()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void settles_when_everything_is_parked_and_says_how_long_that_took() {
        Probe probe = new Probe("a", () -> done.size() < 3 ? Step.after(SECOND) : Step.parked());
        simulation.add(probe);
        simulation.after(Duration.ofMillis(1_500), () -> done.addAll(List.of("x", "y", "z")));

        assertThat(simulation.settle(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refuses_to_run_within_a_run() {
        simulation.after(SECOND, () -> simulation.run(SECOND));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> simulation.run(Duration.ofSeconds(2)))
                .isInstanceOf(SimulationException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void refuses_what_makes_no_sense() {
        Probe probe = Probe.writing("a", done, Step.parked());
        simulation.add(probe);
        simulation.run(SECOND);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.add(probe))
                .withMessageContaining("'a'");
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.run(SECOND.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> simulation.run(Duration.ofDays(365 * 200)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.at(Duration.ZERO, () -> {}))
                .withMessageContaining("PT1S");
        simulation.kill(probe);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.kill(probe))
                .withMessageContaining("'a'");
    }

    @Test
    void refuses_to_close_a_loop_during_its_pass() {
        List<Probe> self = new ArrayList<>();
        Probe probe = new Probe("a", () -> {
            assertThatIllegalStateException().isThrownBy(() -> simulation.remove(self.get(0)));
            return Step.finished();
        });
        self.add(probe);
        simulation.add(probe);

        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(1);
    }
}
