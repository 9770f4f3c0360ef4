package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs jobs that may run once at most: claims each before it begins, and gives up what someone has claimed who is gone. The mistake: it claims in the
 * name of the process and without a nonce of its start, so after a restart its predecessor's claim looks like its own, and the job runs again.
 */
final class PredecessorsClaim extends HandMadeWithRecords {
    private static final RecordType<String> JOB = texts("job/");
    private static final String OPEN = "open";

    private final RunnerApi runner;
    private final String claimant;
    private final SortedMap<String, Versioned> jobs = follow(JOB);
    private String begun = "";

    private PredecessorsClaim(RunnerApi runner, RecordStore store, String holder, TimeSource time, String claimant) {
        super(store, holder, time, JOB);
        this.runner = runner;
        this.claimant = claimant;
    }

    /** Runs whatever it is told, as often as it is told. */
    interface RunnerApi {
        void run(String job, Consumer<Boolean> then);
    }

    @Override
    Step keep(long now) {
        if (jobs.isEmpty()) {
            return Step.parked();
        }
        String job = jobs.firstKey();
        Versioned record = jobs.get(job);
        String claim = JOB.decode(record);
        if (claim.equals(OPEN)) {
            commit(new Stage().put(JOB, record, claimant));
        } else if (claim.equals(claimant) && !begun.equals(job)) {
            begun = job;
            runner.run(job, answer(done -> {}));
            return Step.again();
        } else {
            commit(new Stage().delete(record)); // it has begun, or nobody knows whether it has
        }
        return Step.parked();
    }

    record Scene(World world, Map<String, Integer> runs, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            RunnerApi runner = (job, then) -> {
                runs.merge(job, 1, Integer::sum);
                then.accept(true);
            };
            return new PredecessorsClaim(
                    process.remote(RunnerApi.class, runner),
                    process.store(),
                    process.holder(),
                    process.time(),
                    mended ? process.holder() : process.name());
        }

        @Override
        public void round(World around) {
            for (int i = 1; i <= 6; i++) {
                String job = "job-" + around.round() + "-" + i;
                Stage stage = new Stage().create(JOB, job, OPEN);
                around.after(
                        ofSeconds(12L * i),
                        job + " comes in",
                        () -> world.operator().commit(stage.toBatch(job), answer -> {}));
            }
        }

        private boolean noneTwice() {
            return runs.values().stream().allMatch(times -> times == 1);
        }

        private boolean noneOpen() {
            return world.records().keySet().stream().noneMatch(key -> key.startsWith(JOB.prefix()));
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(world, new TreeMap<>(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always("no job runs twice", Scene::noneTwice)
                .eventually("no job is open", Scene::noneOpen);
    }
}
