package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Orders one machine for two processes that stand in for each other: who has claimed the fence orders. The mistake: a batch only requires that the
 * fence is as it was and does not write it anew, so one that got lost on its way lands behind its successor.
 */
final class ChecksFenceOnly extends HandMadeWithRecords {
    private static final RecordType<String> FENCE = texts("fence/");
    private static final RecordType<String> ORDER = texts("order/");
    private static final Duration PERIOD = ofSeconds(1);

    private final LeaderElection election;
    private final boolean mended;
    private final SortedMap<String, Versioned> orders = follow(ORDER);
    private String term = "";
    private long claim;
    private int attempts;

    private ChecksFenceOnly(
            RecordStore store, LeaderElection election, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, FENCE, ORDER);
        this.election = election;
        this.mended = mended;
        this.claim = time.nanos();
    }

    @Override
    Step keep(long now) {
        Advice advice = election.poll();
        Optional<Versioned> fence = cache.get(FENCE.key("orders"));
        if (!advice.lead()) {
            term = "";
        } else if (term.isEmpty() || !fence.map(FENCE::decode).equals(Optional.of(term))) {
            if (!isDue(claim)) {
                return at(claim).earliest(advice.next());
            }
            claim = in(PERIOD); // two that are both advised would take it from one another without end
            term = holder + "#" + ++attempts;
            commit(write(new Stage(), FENCE, "orders", fence, term));
        } else if (orders.isEmpty()) {
            Stage stage = new Stage().create(ORDER, holder + "-" + ++attempts, "one machine");
            commit(mended ? stage.put(FENCE, fence.get(), term) : stage.require(fence.get()));
        }
        return advice.next();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        super.wakeWith(wakeUp);
        election.wakeWith(wakeUp);
    }

    @Override
    public void close() {
        super.close();
        election.close();
    }

    record Scene(World world, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new ChecksFenceOnly(
                    process.store(), process.election("orders"), process.holder(), process.time(), mended);
        }

        private long orders() {
            return world.records().keySet().stream()
                    .filter(key -> key.startsWith(ORDER.prefix()))
                    .count();
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(world, mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .twoLeaders()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always("one order at most", it -> it.orders() <= 1)
                .eventually("one order", it -> it.orders() == 1);
    }
}
