package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every controller must do: each rule finds the loop that breaks it, and leaves alone its twin that does not. */
class OwnRulesTest {
    /** A loop of a few lines; it is woken by nothing but its own clock. */
    private abstract static class Small implements ControlLoop {
        final LicenceApi api;

        Small(LicenceApi api) {
            this.api = api;
        }

        @Override
        public String name() {
            return "small";
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {}
    }

    private static @Nullable ProofFailure failure(Function<World, Licences> scenario) {
        return catchThrowableOfType(
                ProofFailure.class,
                () -> Proof.of(scenario)
                        .everyCrashPoint()
                        .everyAnswerLostLateOrTwice()
                        .atMost(100)
                        .seeds(60)
                        .run());
    }

    private static Function<World, Licences> small(Function<LicenceApi, Step> pass) {
        return Licences.keptBy((api, process) -> new Small(api) {
            @Override
            public Step manageOnce() {
                return pass.apply(api);
            }
        });
    }

    @Test
    void finds_what_goes_another_way_each_time() {
        AtomicInteger shared = new AtomicInteger();

        assertThat(failure(small(api -> Step.after(Duration.ofMillis(10_000L + shared.incrementAndGet())))))
                .satisfies(failure -> assertThat(failure.rule()).isEqualTo("determinism"))
                .hasMessageContaining("played twice, it goes two ways: first '");
        assertThat(failure(small(api -> Step.after(Duration.ofSeconds(10))))).isNull();
        ProofFailure again = catchThrowableOfType(
                ProofFailure.class,
                () -> Proof.again(
                        "seed 0",
                        () -> Proof.of(small(api -> Step.after(Duration.ofMillis(9_000L + shared.incrementAndGet()))))
                                .run()));
        assertThat(again.rule()).isEqualTo("determinism");
    }

    @Test
    void finds_what_does_not_become_as_it_should() {
        ProofFailure failure = catchThrowableOfType(
                ProofFailure.class,
                () -> Licences.proof((api, process) -> new Small(api) {
                            private boolean asked;

                            @Override
                            public Step manageOnce() {
                                if (!asked) {
                                    asked = true;
                                    api.lease("once", token -> {});
                                }
                                return Step.after(Duration.ofSeconds(10));
                            }
                        })
                        .run());

        assertThat(failure.rule()).isEqualTo("convergence: eventually 'leased'");
        assertThat(failure).hasMessageContaining("does not hold for good within 10 min of quiet");
    }

    @Test
    void finds_what_flickers() {
        ProofFailure failure = catchThrowableOfType(
                ProofFailure.class,
                () -> Licences.proof((api, process) -> new Small(api) {
                            @Override
                            public Step manageOnce() {
                                api.lease("again and again", token -> {});
                                return Step.after(Duration.ofSeconds(30));
                            }
                        })
                        .eventually("seldom", it -> it.world().elapsed().toSeconds() % 90 < 60)
                        .run());

        assertThat(failure.rule()).startsWith("convergence: eventually ");
    }

    /** Is asked something, once a round, and answers when the server has counted. */
    private record Asked(World world, LicenceServer server, boolean forgets, List<Asker> askers) implements Scenario {
        private static Function<World, Asked> that(boolean forgets) {
            return world -> new Asked(world, new LicenceServer(), forgets, new ArrayList<>());
        }

        @Override
        public ControlLoop start(ProofProcess process) {
            Asker asker = new Asker(process.remote(LicenceApi.class, server), process, forgets);
            askers.add(asker);
            return asker;
        }

        @Override
        public void round(World world) {
            world.after(Duration.ofMinutes(1), "somebody asks", () -> {
                Asker last = askers.get(askers.size() - 1);
                world.expect("how many are there", last.process, last.ask());
            });
        }
    }

    private static final class Asker extends Small {
        private final ProofProcess process;
        private final boolean forgets;
        private final List<CompletableFuture<Integer>> open = new ArrayList<>();

        private Asker(LicenceApi api, ProofProcess process, boolean forgets) {
            super(api);
            this.process = process;
            this.forgets = forgets;
        }

        private CompletableFuture<Integer> ask() {
            CompletableFuture<Integer> promise = new CompletableFuture<>();
            open.add(promise);
            if (forgets) {
                api.count(promise::complete); // once, and if the answer is lost then it is
            }
            return promise;
        }

        @Override
        public Step manageOnce() {
            open.removeIf(CompletableFuture::isDone);
            if (!forgets && !open.isEmpty()) {
                api.count(count -> open.forEach(each -> each.complete(count)));
            }
            return Step.after(Duration.ofSeconds(5));
        }
    }

    @Test
    void finds_a_request_that_is_forgotten() {
        ProofFailure failure = catchThrowableOfType(
                ProofFailure.class,
                () -> Proof.of(Asked.that(true))
                        .everyCrashPoint()
                        .everyAnswerLostLateOrTwice()
                        .run());

        assertThat(failure.rule()).isEqualTo("no lost request");
        assertThat(failure).hasMessageContaining("'how many are there' has not been answered");
        assertThat(failure.faults()).hasSize(1);

        Proof.of(Asked.that(false))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .seeds(50)
                .run();
    }

    @Test
    void finds_what_asks_after_it_was_closed() {
        ProofFailure failure = failure(small(new Function<>() {
            @Override
            public Step apply(LicenceApi api) {
                api.count(count -> api.count(any -> {})); // not in its pass, so also behind the last one
                return Step.after(Duration.ofMillis(100));
            }
        }));

        assertThat(failure).isNotNull().hasMessageContaining("p1 is closed, and asks for count#");
        assertThat(failure.rule()).isEqualTo("nothing after close");
    }

    @Test
    void finds_what_grows_without_end_and_not_what_is_bounded() {
        assertThat(failure(hoarder(Integer.MAX_VALUE)))
                .satisfies(failure -> assertThat(failure.rule()).isEqualTo("no unbounded growth"))
                .hasMessageContaining("OwnRulesTest.")
                .hasMessageContaining(" grows in every round: [");
        assertThat(failure(hoarder(50))).isNull();
    }

    private static Function<World, Licences> hoarder(int most) {
        return Licences.keptBy((api, process) -> new Small(api) {
            private final List<Object> hoard = new ArrayList<>();

            @Override
            public Step manageOnce() {
                hoard.add(new Object());
                if (hoard.size() > most) {
                    hoard.remove(0);
                }
                return Step.after(Duration.ofMinutes(3));
            }
        });
    }

    @Test
    void finds_what_throws_and_what_spins() {
        assertThat(failure(small(api -> {
                    throw new IllegalStateException("not today");
                })))
                .satisfies(failure -> assertThat(failure.rule()).isEqualTo("no throwing"))
                .hasMessageContaining("loop 'p1' threw java.lang.IllegalStateException: not today");
        assertThat(failure(small(api -> Step.again())))
                .satisfies(failure -> assertThat(failure.rule()).isEqualTo("no spinning"));
    }

    @Test
    void finds_what_throws_and_is_only_told_to_an_observer() {
        ProofFailure failure = catchThrowableOfType(
                ProofFailure.class,
                () -> Licences.proof((api, process) -> new Small(api) {
                            @Override
                            public Step manageOnce() {
                                process.observer().failed(this, new IllegalStateException("odd"), Duration.ZERO, 1);
                                return Step.after(Duration.ofSeconds(10));
                            }
                        })
                        .run());

        assertThat(failure.rule()).isEqualTo("no throwing");
        assertThat(failure).hasMessageContaining("loop 'small' threw java.lang.IllegalStateException: odd");
    }
}
