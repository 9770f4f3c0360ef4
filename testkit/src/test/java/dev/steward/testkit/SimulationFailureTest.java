package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.StateChange;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SimulationFailureTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation = new Simulation(42);
    private final List<String> done = new ArrayList<>();

    private SimulationException failure(Duration length) {
        return catchThrowableOfType(SimulationException.class, () -> simulation.run(length));
    }

    @Test
    void names_a_loop_that_spins() {
        simulation.add(Probe.writing("calm", done, Step.after(SECOND)));
        Probe spinner = new Probe("spinner", Step::again);
        simulation.after(Duration.ofSeconds(5), () -> simulation.add(spinner));

        SimulationException failure = failure(Duration.ofMinutes(1));

        assertThat(failure.loop()).contains("spinner");
        assertThat(failure.seed()).isEqualTo(42);
        assertThat(failure).hasMessageContainingAll("loop 'spinner' spins", "1000 times", "seed 42", "after 5 s");
        assertThat(spinner.passes()).isEqualTo(1_000);
    }

    @Test
    void lets_a_loop_ask_again_just_less_often_than_that() {
        Probe busy = new Probe("busy", () -> done.size() % Simulation.SPIN == 0 ? Step.after(SECOND) : Step.again());
        simulation.add(new Probe("counter", () -> Step.finished()));
        simulation.add(busy);
        simulation.always("counts", () -> done.add("turn"));

        simulation.run(Duration.ofSeconds(10));

        assertThat(busy.passes()).isGreaterThan(5 * (Simulation.SPIN - 10));
    }

    @Test
    void notices_loops_that_keep_waking_each_other() {
        List<Probe> pair = new ArrayList<>();
        pair.add(new Probe("ping", () -> wake(pair, 1)));
        pair.add(new Probe("pong", () -> wake(pair, 0)));
        pair.forEach(simulation::add);

        assertThat(failure(SECOND)).hasMessageContainingAll("time stands still", "ping", "pong");
    }

    private static Step wake(List<Probe> pair, int other) {
        pair.get(other).wake();
        return Step.parked();
    }

    @Test
    void names_a_loop_that_throws_and_keeps_its_place() {
        Probe probe = new Probe("fragile", () -> {
            if (done.isEmpty()) {
                throw new IllegalArgumentException("no such thing");
            }
            return Step.parked();
        });
        simulation.add(probe);

        SimulationException failure = failure(SECOND);
        done.add("repaired");
        simulation.run(SECOND);

        assertThat(failure.loop()).contains("fragile");
        assertThat(failure)
                .hasMessageContaining("loop 'fragile' threw java.lang.IllegalArgumentException: no such thing")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(probe.passes()).isEqualTo(2);
    }

    @Test
    void names_a_happening_that_throws() {
        simulation.after(SECOND, "the roof falls in", () -> {
            throw new IllegalStateException("crash");
        });

        assertThat(failure(SECOND)).hasMessageContainingAll("'the roof falls in' threw", "crash");
    }

    @Test
    void passes_a_failed_assertion_on_as_it_is() {
        AssertionError failed = new AssertionError("not so");
        simulation.after(SECOND, () -> {
            throw failed;
        });

        assertThatThrownBy(() -> simulation.run(SECOND)).isSameAs(failed);
    }

    @Test
    void says_what_there_was_when_the_test_waits_in_vain() {
        simulation.add(Probe.writing("parked", done, Step.parked()));
        simulation.add(Probe.writing("ticking", done, Step.after(Duration.ofMillis(1_500))));
        simulation.faults().on("roof.falls", 1).chance("roof.flies", 1);
        simulation.after(SECOND, "storm", () -> simulation.faults().decide("roof.falls"));

        assertThatThrownBy(() -> simulation.runUntil(() -> false, Duration.ofSeconds(2)))
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll(
                        "did not come true within PT2S",
                        "seed 42",
                        "loop parked: parked",
                        "loop ticking: due at 3 s",
                        "roof.falls #1 at 1 s",
                        "never passed: roof.flies",
                        "1 s  storm",
                        "1.5 s  ticking: after PT1.5S");
    }

    @Test
    void says_what_has_not_settled() {
        simulation.add(Probe.writing("ticking", done, Step.after(SECOND)));

        assertThatThrownBy(() -> simulation.settle(Duration.ofMinutes(1)))
                .isInstanceOf(SimulationException.class)
                .hasMessageContainingAll("not everything has settled within PT1M", "loop ticking: due at 61 s");
    }

    @Test
    void checks_a_rule_after_every_turn() {
        simulation.always("never three", () -> done.size() < 3);
        simulation.add(Probe.writing("ticking", done, Step.after(SECOND)));

        assertThat(failure(Duration.ofMinutes(1)))
                .hasMessageContainingAll("'never three' does not hold after ticking", "after 2 s");
    }

    @Test
    void refuses_a_wake_up_from_another_thread_even_if_the_waker_swallows_it() {
        Probe probe = Probe.writing("a", done, Step.parked());
        AtomicBoolean threw = new AtomicBoolean();
        simulation.add(probe);
        simulation.after(SECOND, () -> {
            Thread stranger = new Thread(
                    () -> {
                        try {
                            probe.wake();
                        } catch (IllegalStateException refused) {
                            threw.set(true);
                        }
                    },
                    "stranger");
            stranger.start();
            join(stranger);
        });

        assertThat(failure(Duration.ofSeconds(5)))
                .hasMessageContainingAll("loop 'a' was woken by thread 'stranger'", "one thread");
        assertThat(threw).isTrue();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void hands_a_wake_up_from_a_feed_to_the_loop() {
        Kind<String> thing = Kind.open("thing", state -> true);
        InMemoryStateFeed feed = new InMemoryStateFeed(simulation.time());
        Probe probe = Probe.writing("a", done, Step.parked());
        feed.subscribe(probe::wake);
        simulation.add(probe);
        simulation.run(SECOND);

        simulation.after(SECOND, () -> feed.publish(StateChange.entered(thing, "x", "up")));
        simulation.run(SECOND);

        assertThat(probe.passes()).isEqualTo(2);
    }
}
