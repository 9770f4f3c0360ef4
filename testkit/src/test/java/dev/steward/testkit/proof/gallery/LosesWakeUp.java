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
import java.util.Set;

/**
 * Does the jobs of a board when it is told that there are new ones. The mistake: it lowers its flag when it has looked and not before it looks, so a
 * job that is put up in between is never seen.
 */
final class LosesWakeUp extends HandMade {
    private final JobApi jobs;
    private final boolean mended;
    private boolean toLook = true;
    private boolean looking;

    private LosesWakeUp(JobApi jobs, TimeSource time, boolean mended) {
        super(time);
        this.jobs = jobs;
        this.mended = mended;
    }

    /** There are new jobs. */
    void news() {
        mailbox.post(() -> toLook = true);
    }

    @Override
    Step decide(long now) {
        if (toLook && !looking) {
            looking = true;
            toLook = !mended;
            jobs.open(calls.expect(LIMIT, this::seen, this::unseen));
        }
        return Step.parked();
    }

    private void seen(Set<String> open) {
        looking = false;
        if (!mended) {
            toLook = false;
        }
        open.forEach(job -> jobs.finish(job, answer(done -> toLook |= !done)));
    }

    private Set<String> unseen() {
        news();
        return Set.of();
    }

    record Scene(Jobs jobs, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            var loop = new LosesWakeUp(process.remote(JobApi.class, jobs), process.time(), mended);
            jobs.tells(loop::news);
            return loop;
        }

        @Override
        public void round(World world) {
            for (int i = 1; i <= 8; i++) {
                String job = "job-" + world.round() + "-" + i;
                int gap = world.random().nextInt(100);
                world.after(ofSeconds(10L * i), "a job is put up", () -> jobs.add(job + "a"));
                world.after(ofSeconds(10L * i).plusMillis(gap), "another one is", () -> jobs.add(job + "b"));
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
