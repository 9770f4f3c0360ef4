package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.Simulation;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ControlLoop} keeps to. <b>Made for you to extend</b> in the test of a loop of your own.
 *
 * <p>Say how to {@link #open} one that has something to do, and what {@linkplain #stimulus makes it want a pass}. Each test opens a loop
 * of its own, in a simulation of its own. A loop that never reads its clock in a pass is not looked at for what happens in the middle of
 * one, because there is no way in.
 */
public abstract class ControlLoopContract {
    private static final int ROUNDS = 10;

    /** For subclasses. */
    protected ControlLoopContract() {}

    /**
     * Opens a loop that no runner has seen.
     *
     * @param simulation what its fakes live in; the loop itself is not added here
     * @param time the clock to give to the loop: that of the simulation, but watched
     */
    protected abstract ControlLoop open(Simulation simulation, TimeSource time);

    /**
     * Something that the loop wants a pass for, done from outside: a request posted, a child added. It is run again and again, and must
     * work from any thread. Empty for a loop that nothing can wake.
     */
    protected abstract Optional<Runnable> stimulus(ControlLoop loop);

    private static final class Bench {
        private final Simulation simulation;
        private final WatchedTime time;
        private final ControlLoop loop;

        private Bench(ControlLoopContract contract, long seed) {
            simulation = new Simulation(seed);
            time = new WatchedTime(simulation.time());
            loop = contract.open(simulation, time);
        }

        /** Makes passes until the loop does not want another one at once. */
        private Step rest() {
            Step step = loop.manageOnce();
            for (int passes = 1; step.kind() == Step.Kind.AGAIN; passes++) {
                if (passes > Simulation.SPIN) {
                    fail("loop '%s' never rests: %s passes, and no time has passed", loop.name(), passes);
                }
                step = loop.manageOnce();
            }
            return step;
        }
    }

    private Bench bench() {
        return new Bench(this, 1);
    }

    @Test
    public void has_a_name_that_stays() {
        Bench bench = bench();
        String name = bench.loop.name();

        bench.rest();
        bench.simulation.time().advance(Duration.ofMinutes(1));
        bench.rest();

        assertThat(name).isNotBlank();
        assertThat(bench.loop.name()).isEqualTo(name);
    }

    @Test
    public void rests_also_when_its_clock_wraps_round() {
        Bench bench = bench();

        bench.simulation.add(bench.loop);

        assertThatCode(() -> bench.simulation.run(Duration.ofHours(2))).doesNotThrowAnyException();
    }

    @Test
    public void may_be_called_early() {
        Bench bench = bench();
        Step rested = bench.rest();

        for (int i = 0; i < ROUNDS; i++) {
            assertThat(bench.loop.manageOnce())
                    .as("pass %s at the same instant", i)
                    .isEqualTo(rested);
        }
    }

    @Test
    public void may_be_called_late() {
        Bench bench = bench();
        bench.rest();

        for (int i = 0; i < ROUNDS; i++) {
            bench.simulation.time().advance(Duration.ofHours(7));
            assertThatCode(bench::rest).doesNotThrowAnyException();
        }
    }

    @Test
    public void does_the_same_when_run_again() {
        assertThat(trace(Duration.ZERO)).isEqualTo(trace(Duration.ZERO));
    }

    @Test
    public void does_not_mind_the_wall_clock() {
        List<String> undisturbed = trace(Duration.ZERO);

        assertThat(trace(Duration.ofHours(-1))).isEqualTo(undisturbed);
        assertThat(trace(Duration.ofHours(1))).isEqualTo(undisturbed);
    }

    private List<String> trace(Duration wallStep) {
        Bench bench = new Bench(this, 2);
        bench.simulation.add(bench.loop);
        for (int i = 0; i < ROUNDS; i++) {
            bench.simulation.run(Duration.ofMillis(7_001));
            bench.simulation.time().stepWall(wallStep);
            stimulus(bench.loop).ifPresent(Runnable::run);
        }
        bench.simulation.run(Duration.ofMinutes(1));
        return bench.simulation.trace();
    }

    @Test
    public void stays_finished() {
        Bench bench = bench();
        bench.simulation.add(bench.loop);

        bench.simulation.run(Duration.ofHours(1));

        if (!bench.simulation.isRunning(bench.loop)) {
            assertThat(bench.loop.manageOnce().isFinished())
                    .as("finished for good")
                    .isTrue();
        }
    }

    @Test
    public void refuses_two_passes_at_once() {
        Bench bench = bench();
        List<Throwable> refusals = new ArrayList<>();

        boolean entered = bench.time.duringNextReading(bench.loop::manageOnce, () -> {
            try {
                bench.loop.manageOnce();
                fail("loop '%s' makes a pass within its pass", bench.loop.name());
            } catch (IllegalStateException refusal) {
                refusals.add(refusal);
            }
        });

        assertThat(refusals).hasSize(entered ? 1 : 0);
        assertThatCode(bench::rest).doesNotThrowAnyException();
    }

    @Test
    public void starts_clean_after_a_pass_that_threw() {
        Bench bench = bench();
        bench.rest();

        try {
            bench.time.duringNextReading(bench.loop::manageOnce, () -> {
                throw new IllegalArgumentException("hostile clock");
            });
        } catch (IllegalArgumentException passedOn) {
            assertThat(passedOn).hasMessage("hostile clock");
        }

        assertThatCode(bench::rest).doesNotThrowAnyException();
    }

    @Test
    public void never_waits() {
        Bench bench = bench();

        Thread.currentThread().interrupt();
        try {
            bench.rest();
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the interrupt status is kept: nothing has waited and swallowed it")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    public void may_be_closed_twice_and_before_its_first_pass() {
        Bench unused = bench();
        Bench used = bench();
        used.rest();

        for (Bench bench : List.of(unused, used)) {
            assertThatCode(() -> {
                        bench.loop.close();
                        bench.loop.close();
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    public void wakes_its_runner_whenever_it_has_something_to_do() {
        Bench bench = bench();
        AtomicInteger woken = new AtomicInteger();
        bench.loop.wakeWith(woken::incrementAndGet);
        bench.rest();

        stimulus(bench.loop).ifPresent(stimulus -> {
            for (int i = 0; i < ROUNDS; i++) {
                woken.set(0);
                stimulus.run();
                assertThat(woken.get()).as("wake-ups in round %s", i).isPositive();
                bench.rest();
            }
        });
    }

    @Test
    public void wakes_its_runner_from_another_thread() {
        Bench bench = bench();
        AtomicInteger woken = new AtomicInteger();
        bench.loop.wakeWith(woken::incrementAndGet);
        bench.rest();

        stimulus(bench.loop).ifPresent(stimulus -> {
            woken.set(0);
            Thread other = new Thread(stimulus, "stimulus");
            other.start();
            join(other);
            assertThat(woken.get()).isPositive();
            bench.rest();
        });
    }

    private static void join(Thread other) {
        try {
            other.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            fail("interrupted");
        }
    }

    @Test
    public void wakes_at_once_a_runner_that_comes_after_the_event() {
        Bench bench = bench();
        AtomicInteger woken = new AtomicInteger();

        stimulus(bench.loop).ifPresent(stimulus -> {
            stimulus.run();
            bench.loop.wakeWith(woken::incrementAndGet);
            assertThat(woken.get()).isPositive();
        });
    }

    @Test
    public void wakes_the_runner_that_took_over() {
        Bench bench = bench();
        AtomicInteger second = new AtomicInteger();
        bench.loop.wakeWith(() -> {});
        bench.rest();

        bench.loop.wakeWith(second::incrementAndGet);

        stimulus(bench.loop).ifPresent(stimulus -> {
            second.set(0);
            stimulus.run();
            assertThat(second.get()).isPositive();
        });
    }
}
