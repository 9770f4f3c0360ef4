package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Does the jobs of a board, and remembers how often it has tried each. The mistake: it forgets none of them.
 */
final class LeaksKey extends HandMade {
    private static final Duration PERIOD = ofSeconds(10);

    private final JobApi jobs;
    private final boolean mended;
    private final Map<String, Integer> tries = new TreeMap<>();
    private long due;

    private LeaksKey(JobApi jobs, TimeSource time, boolean mended) {
        super(time);
        this.jobs = jobs;
        this.mended = mended;
        this.due = time.nanos();
    }

    @Override
    Step decide(long now) {
        if (isDue(due)) {
            due = in(PERIOD);
            jobs.open(calls.expect(LIMIT.dividedBy(2), this::seen, Set::of));
        }
        return at(due);
    }

    private void seen(Set<String> open) {
        if (mended) {
            tries.keySet().retainAll(open);
        }
        open.forEach(job -> {
            tries.merge(job, 1, Integer::sum);
            jobs.finish(job, answer(done -> {}));
        });
    }

    record Scene(Jobs jobs, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new LeaksKey(process.remote(JobApi.class, jobs), process.time(), mended);
        }

        @Override
        public void round(World world) {
            for (int i = 1; i <= 3; i++) {
                String job = "job-" + world.round() + "-" + i;
                world.after(ofSeconds(20L * i), "a job is put up", () -> jobs.add(job));
            }
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Jobs(), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("all jobs are done", it -> it.jobs.areDone());
    }
}
