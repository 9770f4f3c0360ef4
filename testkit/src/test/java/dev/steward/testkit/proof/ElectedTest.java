package dev.steward.testkit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.lead.ElectedWork;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.Leadership;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.QuietLog;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proofs of processes that share a store and elect a leader. */
@ExtendWith(QuietLog.class)
class ElectedTest {
    private static final RecordType<String> TOKEN =
            RecordType.of("token/", 1, (token, output) -> output.text(token), input -> input.text());

    /** Leases under a token that it writes down before, or does not. */
    private static final class Work implements ElectedWork {
        private final LicenceApi api;
        private final ProofProcess process;
        private final RecordCache cache;
        private final boolean writes;

        private Work(LicenceApi api, ProofProcess process, RecordCache cache, boolean writes) {
            this.api = api;
            this.process = process;
            this.cache = cache;
            this.writes = writes;
        }

        private Optional<Versioned> token() {
            return cache.get(TOKEN.key("licence"));
        }

        @Override
        public Step pass(Leadership leadership, Stage stage) {
            if (token().isEmpty()) {
                if (!writes) {
                    api.lease(process.holder(), any -> {});
                }
                stage.create(TOKEN, "licence", process.holder());
            }
            return Step.parked();
        }

        @Override
        public Step deliver(Leadership leadership) {
            token().ifPresent(token -> api.lease(TOKEN.decode(token), any -> {}));
            return Step.after(Duration.ofSeconds(20));
        }

        @Override
        public void deposed() {
            // it remembers nothing
        }
    }

    private record Elected(World world, LicenceServer server, boolean writes) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            RecordCache cache = new RecordCache(
                    process.store(),
                    Set.of("lead/", TOKEN.prefix()),
                    process.time(),
                    RecordCache.Options.defaults().withPeriod(Duration.ofSeconds(10)));
            Work work = new Work(process.remote(LicenceApi.class, server), process, cache, writes);
            return CompositeLoop.of(
                    "all",
                    process.time(),
                    new LeaderLoop(
                            "keeper",
                            process.holder(),
                            process.election("keeper"),
                            cache,
                            work,
                            process.feed(),
                            process.time()));
        }

        @Override
        public void round(World world) {
            world.after(Duration.ofMinutes(2), "the licence is lost", server::forget);
        }
    }

    private static Proof<Elected> proof(boolean writes) {
        return Proof.<Elected>of(world -> new Elected(world, new LicenceServer(), writes))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .twoLeaders()
                .staleReads()
                .pauses()
                .atMost(150)
                .seeds(150)
                .always("one licence", it -> it.server().leases() <= 1)
                .eventually("leased", it -> it.server().leases() == 1);
    }

    @Test
    void blame_no_leader_that_writes_before_it_acts() {
        ProofReport report = proof(true).run();

        assertThat(report.notPlayed()).isEmpty();
        assertThat(report.runs().keySet())
                .anyMatch(name -> name.startsWith("conflicts"))
                .anyMatch(name -> name.startsWith("leader changes"))
                .anyMatch(name -> name.startsWith("stale reads"));
    }

    @Test
    void find_a_leader_that_acts_before_it_writes() {
        ProofFailure failure =
                catchThrowableOfType(ProofFailure.class, () -> proof(false).run());

        assertThat(failure.rule()).isEqualTo("always 'one licence'");
        assertThat(failure.faults()).hasSize(1);
        assertThat(failure).hasMessageContaining("lease#1");
    }
}
