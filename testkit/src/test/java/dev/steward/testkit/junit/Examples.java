package dev.steward.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateFeed;
import dev.steward.loop.LoopObserver;
import dev.steward.testkit.FaultPlan;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.RecordingObserver;
import dev.steward.testkit.Simulation;
import dev.steward.time.TimeSource;
import dev.steward.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test classes that {@link StewardExtensionTest} runs; some of their tests fail, as they must. */
final class Examples {
    private static final Kind<String> THING = Kind.open("thing", state -> true);

    private Examples() {}

    @ExtendWith(StewardExtension.class)
    static class TakesEverything {
        private final Simulation simulation;
        private RecordingFeed before;

        TakesEverything(Simulation simulation) {
            this.simulation = simulation;
        }

        @BeforeEach
        void setUp(RecordingFeed feed) {
            before = feed;
        }

        @Test
        void test(
                Simulation again,
                FaultPlan faults,
                VirtualTime virtual,
                TimeSource time,
                RecordingFeed recording,
                StateFeed feed,
                InMemoryStateFeed inMemory,
                RecordingObserver recordingObserver,
                LoopObserver observer,
                TestBench bench) {
            assertThat(again).isSameAs(simulation).isSameAs(bench.simulation());
            assertThat(faults).isSameAs(simulation.faults());
            assertThat(virtual).isSameAs(time).isSameAs(simulation.time());
            assertThat(recording).isSameAs(before);
            assertThat(feed).isSameAs(inMemory).isSameAs(recording.feed());
            assertThat(observer).isSameAs(recordingObserver);
        }

        @Nested
        class Inside {
            @Test
            void test(Simulation again) {
                assertThat(again).isSameAs(simulation);
            }
        }
    }

    @ExtendWith(StewardExtension.class)
    static class KeepsTestsApart {
        private static Simulation other;

        @RepeatedTest(2)
        void test(Simulation simulation) {
            assertThat(simulation).isNotSameAs(other);
            assertThat(other == null ? -1 : other.seed()).isNotEqualTo(simulation.seed());
            other = simulation;
        }
    }

    @ExtendWith(StewardExtension.class)
    @Seed(11)
    static class Seeded {
        @Test
        void of_the_class(Simulation simulation) {
            assertThat(simulation.seed()).isEqualTo(11);
        }

        @Test
        @Seed(12)
        void of_the_method(Simulation simulation) {
            assertThat(simulation.seed()).isEqualTo(12);
        }

        @Nested
        class Inside {
            @Test
            void of_the_class_outside(Simulation simulation) {
                assertThat(simulation.seed()).isEqualTo(11);
            }
        }
    }

    @ExtendWith(StewardExtension.class)
    static class SeededFromOutside {
        @Test
        void test(Simulation simulation) {
            assertThat(simulation.seed()).isEqualTo(99);
        }
    }

    @ExtendWith(StewardExtension.class)
    static class Fails {
        @Test
        @Seed(17)
        void test(Simulation simulation, StateFeed feed, FaultPlan faults) {
            faults.on("boiler.bursts", 1);
            simulation.after(Duration.ofSeconds(3), "frost", () -> {
                faults.decide("boiler.bursts");
                feed.publish(StateChange.entered(THING, "boiler", "cold"));
                feed.publish(StateChange.failed(THING, "pump", "stuck", Reason.none()));
            });
            simulation.run(Duration.ofSeconds(5));
            throw new AssertionError("it is cold");
        }

        @Test
        void aborted(Simulation simulation) {
            Assumptions.abort("not here");
        }
    }

    @ExtendWith(StewardExtension.class)
    static class FailsBefore {
        @BeforeEach
        void setUp(Simulation simulation) {
            simulation.run(Duration.ofSeconds(8));
            throw new IllegalStateException("no luck");
        }

        @Test
        void test() {}
    }

    @ExtendWith(StewardExtension.class)
    static class FailsUnattachably {
        @Test
        @Seed(18)
        void test(Simulation simulation) {
            throw new Unattachable();
        }
    }

    static final class Unattachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unattachable() {
            super("bare", null, false, false);
        }
    }

    @ExtendWith(StewardExtension.class)
    static class TakesItTooEarly {
        @BeforeAll
        static void setUp(Simulation simulation) {}

        @Test
        void test() {}
    }

    static final class FakeBoiler implements AutoCloseable {
        static int closed;

        private final Simulation simulation;

        FakeBoiler(Simulation simulation) {
            this.simulation = simulation;
        }

        Simulation simulation() {
            return simulation;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    record FakeHouse(FakeBoiler boiler) {}

    static class TakesFakes {
        @RegisterExtension
        static final StewardExtension STEWARD = new StewardExtension()
                .with(FakeHouse.class, bench -> new FakeHouse(bench.get(FakeBoiler.class)))
                .with(FakeBoiler.class, bench -> new FakeBoiler(bench.simulation()));

        @Test
        void test(FakeHouse house, FakeBoiler boiler, Simulation simulation) {
            assertThat(house.boiler()).isSameAs(boiler);
            assertThat(boiler.simulation()).isSameAs(simulation);
        }

        @Test
        void asks_for_nothing() {}
    }
}
