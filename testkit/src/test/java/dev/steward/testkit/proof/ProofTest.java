package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.loop.ControlLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a proof plays, what it says of it, and how it tells a failure. */
class ProofTest {
    /** Leases first and looks later, under another token after each start. */
    private static ControlLoop forgetful(LicenceApi api, ProofProcess process) {
        return new Keeper(api, process.time()) {
            @Override
            String token() {
                return process.holder();
            }

            @Override
            boolean looksFirst() {
                return false;
            }
        };
    }

    private static Proof<Licences> forgetful() {
        return Licences.proof(ProofTest::forgetful);
    }

    @Test
    void blames_no_controller_that_is_as_it_should_be() {
        ProofReport report = Licences.proof()
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(200)
                .run();

        assertThat(report.name()).isEqualTo("Licences");
        assertThat(report.runs())
                .containsEntry("golden", 1)
                .containsEntry("seeds", 200)
                .containsKeys("of growth", "crash points", "answers", "stale reads", "pauses");
        assertThat(report.faults()).isGreaterThan(800);
        assertThat(report.notPlayed()).isEmpty();
        assertThat(report.simulated().toHours()).isGreaterThan(50);
        assertThat(report).asString().contains("proof Licences: 1 golden, ", " runs/s, ", " simulated h/s");
    }

    @Test
    void says_which_faults_had_nowhere_to_strike() {
        ProofReport report = Licences.proof().everyConflict().twoLeaders().run();

        assertThat(report.notPlayed())
                .containsExactly(
                        "no commits: conflicts not played", "no elections and no stores: two leaders not played");
        assertThat(report).asString().endsWith("no elections and no stores: two leaders not played");
    }

    @Test
    void plays_no_more_points_than_it_is_told_and_says_so() {
        ProofReport report = Licences.proof().everyCrashPoint().atMost(20).run();

        assertThat(report.runs().keySet()).anyMatch(name -> name.matches("crash points of \\d+"));
        assertThat(report.runs().values()).contains(20);
    }

    @Test
    void tells_a_failure_by_the_one_fault_that_it_takes() {
        ProofFailure failure =
                fails(() -> forgetful().everyCrashPoint().pauses().run());

        assertThat(failure.rule()).isEqualTo("always 'one licence'");
        assertThat(failure.faults()).hasSize(1);
        assertThat(failure.faults().get(0).kind()).isEqualTo(Fault.Kind.CRASH);
        assertThat(failure.run()).startsWith("seed 0; crash p1 ").doesNotContain("without");
        assertThat(failure)
                .hasMessageContaining("Licences: always 'one licence': does not hold, after ")
                .hasMessageContaining("FAULT: p1 dies ")
                .hasMessageContaining("lease#")
                .hasMessageContaining("void tells_a_failure_by_the_one_fault_that_it_takes_again() {")
                .hasMessageContaining("Proof.again(\"" + failure.run() + "\", this::tells_a_failure");
        assertThat(failure.chronicle().failure()).startsWith("always 'one licence'");
        assertThat(failure.chronicle().story()).isNotEmpty();
        assertThat(failure.chronicle().entries()).isNotEmpty();
    }

    @Test
    void shrinks_what_was_found_by_luck() {
        Proof<Licences> proof = Licences.proof((api, process) -> new Keeper(api, process.time()) {
            private int unknowns;

            @Override
            void seen(int leases) {
                unknowns = leases < 0 ? unknowns + 1 : 0;
                if (unknowns == 2) {
                    api.lease("despair", any -> {});
                }
            }
        });

        ProofFailure failure = fails(
                () -> proof.everyAnswerLostLateOrTwice().pauses().seeds(2_000).run());

        assertThat(failure.faults()).hasSize(2).allMatch(fault -> fault.port().equals("count"));
        assertThat(failure.faults().get(1).occurrence())
                .isEqualTo(failure.faults().get(0).occurrence() + 1);
        assertThat(failure.chronicle().facts().get("found")).contains("shrunk from ");
    }

    @Test
    void finds_the_same_failure_each_time() {
        String first =
                fails(() -> forgetful().everyCrashPoint().seeds(50).run()).run();

        for (int i = 0; i < 3; i++) {
            assertThat(fails(() -> forgetful().everyCrashPoint().seeds(50).run())
                            .run())
                    .isEqualTo(first);
        }
    }

    @Test
    void does_a_failure_again_and_nothing_else() {
        ProofFailure first = fails(() -> forgetful().everyCrashPoint().run());
        AtomicInteger scenarios = new AtomicInteger();

        ProofFailure again = fails(() -> Proof.again(first.run(), () -> counted(scenarios)));

        assertThat(again.rule()).isEqualTo(first.rule());
        assertThat(again.run()).isEqualTo(first.run());
        assertThat(again.chronicle().entries()).isEqualTo(first.chronicle().entries());
        assertThat(scenarios.get()).isEqualTo(2); // the run, and once more for its story
        fails(() -> counted(scenarios)); // all of them again
        assertThat(scenarios.get()).isGreaterThan(10);
    }

    private static void counted(AtomicInteger scenarios) {
        Proof.of(world -> {
                    scenarios.incrementAndGet();
                    return new Licences(world, new LicenceServer(), ProofTest::forgetful);
                })
                .everyCrashPoint()
                .always("one licence", it -> it.server().leases() <= 1)
                .run();
    }

    @Test
    void does_again_what_no_longer_fails() {
        Proof.again("seed 0; crash p1 lease#1 done", () -> Licences.proof().run());
    }

    @Test
    void refuses_what_is_no_run() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proof.again("seed 0; explode p1 lease#1", () -> {}))
                .withMessageContaining("explode");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Licences.proof().processes(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Licences.proof().seeds(-1))
                .withMessageContaining("-1");
    }

    @Test
    void leaves_out_the_events_that_do_not_matter() {
        ProofFailure failure = fails(() -> Licences.proof((api, process) -> new Keeper(api, process.time()))
                .always(
                        "never lost",
                        it -> it.world().elapsed().toSeconds() < 90
                                || it.server().leases() == 1)
                .run());

        assertThat(failure.run()).isEqualTo("seed 0; without event 1");
        assertThat(failure).hasMessageContaining("event 2: the licence is lost");
    }

    @Test
    void tells_of_a_rule_that_throws() {
        ProofFailure failure = fails(() -> Licences.proof()
                .always("odd", it -> {
                    throw new IllegalStateException("a bad rule");
                })
                .run());

        assertThat(failure).hasMessageContaining("a bad rule").hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure.rule()).isEqualTo("'odd'");
    }

    @Test
    void tells_of_a_scenario_that_cannot_begin() {
        ProofFailure failure =
                fails(() -> Proof.of(world -> new Licences(world, new LicenceServer(), (api, process) -> {
                            throw new IllegalStateException("no loop today");
                        }))
                        .run());

        assertThat(failure).hasMessageContaining("no loop today");
    }

    @Test
    void starts_as_many_processes_as_it_is_told() {
        List<String> holders = new CopyOnWriteArrayList<>();
        Proof.again(
                "seed 3; crash p2 count#1 done",
                () -> Licences.proof((api, process) -> {
                            holders.add(process.holder());
                            return (ControlLoop) new Keeper(api, process.time());
                        })
                        .processes(3)
                        .run());

        assertThat(holders)
                .containsExactly("p1/1", "p2/1", "p3/1", "p2/2", "p1/1", "p2/1", "p3/1", "p2/2"); // played twice
    }

    private static ProofFailure fails(ThrowingCallable proof) {
        return catchThrowableOfType(ProofFailure.class, proof);
    }
}
