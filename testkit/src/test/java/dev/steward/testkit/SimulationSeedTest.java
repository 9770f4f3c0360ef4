package dev.steward.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationSeedTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static List<String> orderWith(long seed) {
        Simulation simulation = new Simulation(seed);
        List<String> order = new ArrayList<>();
        Probe.writing(order, Step.parked(), "a", "b", "c").forEach(simulation::add);
        simulation.run(SECOND);
        return order;
    }

    @Test
    void meets_every_order_of_loops_that_are_due_at_once() {
        Set<List<String>> orders = new HashSet<>();
        LongStream.range(0, 100).forEach(seed -> orders.add(orderWith(seed)));

        assertThat(orders).hasSize(6);
    }

    @Test
    void meets_an_order_again_with_its_seed() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(orderWith(seed)).isEqualTo(orderWith(seed));
        }
    }

    @Test
    void changes_the_order_from_one_instant_to_the_next() {
        Simulation simulation = new Simulation(3);
        List<String> order = new ArrayList<>();
        Probe.writing(order, Step.after(SECOND), "a", "b").forEach(simulation::add);

        simulation.run(Duration.ofSeconds(99));

        Set<List<String>> pairs = new HashSet<>();
        for (int i = 0; i < order.size(); i += 2) {
            pairs.add(order.subList(i, i + 2));
        }
        assertThat(pairs).containsExactlyInAnyOrder(List.of("a", "b"), List.of("b", "a"));
    }

    @Test
    void lets_happenings_come_before_and_behind_loops_but_not_before_each_other() {
        Set<String> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            Simulation simulation = new Simulation(seed);
            List<String> order = new ArrayList<>();
            simulation.add(Probe.writing("loop", order, Step.parked()));
            simulation.after(Duration.ZERO, () -> order.add("first"));
            simulation.after(Duration.ZERO, () -> order.add("second"));
            simulation.run(SECOND);
            orders.add(String.join(" ", order));
        }

        assertThat(orders).containsExactlyInAnyOrder("loop first second", "first loop second", "first second loop");
    }

    @Test
    void goes_the_same_way_with_the_same_seed_and_another_with_another() {
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            Simulation once = storm(seed);
            Simulation again = storm(seed);
            assertThat(again.trace()).isEqualTo(once.trace());
            assertThat(again.traceHash()).isEqualTo(once.traceHash());
            hashes.add(once.traceHash());
        }

        assertThat(hashes).hasSize(50);
    }

    @Test
    void tells_runs_apart_that_differ_only_in_what_was_noted() {
        Simulation one = new Simulation(1);
        Simulation other = new Simulation(1);

        one.note("launch a");
        other.note("launch b");

        assertThat(one.traceHash()).isNotEqualTo(other.traceHash());
    }

    @Test
    void makes_the_same_decisions_however_many_random_numbers_the_test_draws() {
        Simulation frugal = new Simulation(5);
        Simulation greedy = new Simulation(5);
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        Probe.writing(first, Step.after(SECOND), "a", "b", "c").forEach(frugal::add);
        Probe.writing(second, Step.after(SECOND), "a", "b", "c").forEach(greedy::add);

        frugal.run(Duration.ofSeconds(50));
        for (int i = 0; i < 50; i++) {
            greedy.random().nextLong();
            greedy.run(SECOND);
        }

        assertThat(second).isEqualTo(first);
    }

    @Test
    void keeps_the_last_lines_of_the_trace_only() {
        Simulation simulation = new Simulation(1);
        simulation.add(Probe.writing("ticking", new ArrayList<>(), Step.after(SECOND)));

        simulation.run(Duration.ofHours(1));

        assertThat(simulation.trace()).hasSize(1_024).last().isEqualTo("3600 s  ticking: after PT1S");
    }

    /** Loops of several sorts below a composite, random happenings and faults. */
    private static Simulation storm(long seed) {
        Simulation simulation = new Simulation(seed);
        simulation.faults().chance("post.lost", 0.2).chance("pass.fails", 0.1);
        CompositeLoop composite = new CompositeLoop(
                "main",
                simulation.time(),
                CompositeLoop.Options.defaults().withBackoff(Backoff.exponential(SECOND, Duration.ofSeconds(8))),
                new RecordingObserver());
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Worker worker = new Worker("w" + i, simulation);
            workers.add(worker);
            composite.add(worker);
        }
        simulation.add(composite);
        for (int i = 0; i < 100; i++) {
            Worker worker = workers.get(simulation.random().nextInt(workers.size()));
            simulation.after(Duration.ofMillis(simulation.random().nextInt(60_000)), "post", worker::post);
        }
        simulation.run(Duration.ofMinutes(2));
        simulation.faults().quiet();
        simulation.settle(Duration.ofMinutes(1));
        assertThat(workers).allSatisfy(worker -> assertThat(worker.left()).isZero());
        return simulation;
    }

    private static final class Worker implements ControlLoop {
        private final String name;
        private final Simulation simulation;
        private final Mailbox mailbox = new Mailbox();
        private int left;

        private Worker(String name, Simulation simulation) {
            this.name = name;
            this.simulation = simulation;
        }

        private void post() {
            if (!simulation.faults().decide("post.lost")) {
                mailbox.post(() -> left++);
            }
        }

        private int left() {
            return left;
        }

        @Override
        public Step manageOnce() {
            mailbox.drain();
            if (left == 0) {
                return Step.parked();
            }
            if (simulation.faults().decide("pass.fails")) {
                throw new IllegalStateException("as planned");
            }
            left--;
            return Step.after(Duration.ofMillis(simulation.random().nextInt(3_000)));
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            mailbox.wakeWith(wakeUp);
        }
    }
}
