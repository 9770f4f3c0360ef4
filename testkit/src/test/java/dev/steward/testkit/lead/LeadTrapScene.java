package dev.steward.testkit.lead;

import dev.steward.lead.Advice;
import dev.steward.lead.ElectedWork;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaderLoop;
import dev.steward.lead.Leadership;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.RecordingFeed;
import dev.steward.testkit.Simulation;
import dev.steward.testkit.lead.LeadRecords.FenceSeen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A candidate or two for one role on a fake store, with a work that writes one record when it is told to. Not safe for use by many threads. */
final class LeadTrapScene {
    static final Duration LATENCY = Duration.ofMillis(20);

    final Simulation simulation = new Simulation(1);
    final FakeStoreGround ground = new FakeStoreGround(simulation).takes(LATENCY, LATENCY);
    final List<String> told = new ArrayList<>();

    /** One process with its candidate. */
    final class Candidate implements LeaderElection {
        final FakeRecordStore client;
        final RecordCache cache;
        final LeaderLoop loop;
        boolean advised = true;
        int passes;
        int wanted;
        private final String holder;
        private WakeUp wakeUp = () -> {};

        Candidate(String holder) {
            this.holder = holder;
            client = ground.client(holder);
            cache = new RecordCache(
                    client,
                    Set.of("lead/", "w/"),
                    simulation.time(),
                    RecordCache.Options.defaults().withPeriod(Duration.ofHours(1)));
            loop = new LeaderLoop(
                    "role", holder, this, cache, new Work(), new RecordingFeed(simulation.time()), simulation.time());
            simulation.add(loop);
        }

        private final class Work implements ElectedWork {
            @Override
            public Step pass(Leadership leadership, Stage stage) {
                passes++;
                for (int i = 1; i <= wanted; i++) {
                    if (cache.get("w/" + i).isEmpty()) {
                        stage.create("w/" + i, RecordValue.utf8(holder));
                    }
                }
                return Step.parked();
            }

            @Override
            public void deposed() {
                told.add(holder + " deposed");
            }
        }

        /** Wants so many records. */
        void want(int records) {
            wanted = records;
            wakeUp.wake();
        }

        /** Advises it to lead, or not to. */
        void advise(boolean lead) {
            advised = lead;
            wakeUp.wake();
        }

        long term() {
            return loop.leadership().map(Leadership::term).orElse(0L);
        }

        @Override
        public Advice poll() {
            return new Advice(advised, Step.parked());
        }

        @Override
        public void resign() {}

        @Override
        public void wakeWith(WakeUp runner) {
            wakeUp = runner;
        }

        @Override
        public void close() {
            advised = false;
        }
    }

    /** Who holds which term, by every claim and batch that was committed, in order and each once. */
    List<String> chain() {
        List<String> chain = new ArrayList<>();
        ground.performed()
                .forEach(each -> each.batch().changes().stream()
                        .filter(op -> op.key().startsWith("lead/"))
                        .forEach(op -> chain.add(each.batch().id())));
        return chain;
    }

    FenceSeen fence() {
        return FenceSeen.TYPE.decode(ground.records().get("lead/role"));
    }

    void run(long millis) {
        simulation.run(Duration.ofMillis(millis));
    }
}
