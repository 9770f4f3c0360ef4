package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.time.TimeSource;
import java.time.Duration;

/**
 * Keeps a licence leased: renews it every 20 seconds. The mistake: while an answer takes longer than that, the next renewal is overdue and cannot
 * begin, and it asks for pass after pass.
 */
final class SpinsWhileInFlight extends HandMade {
    private static final Duration PERIOD = ofSeconds(20);
    private static final Duration PATIENCE = ofSeconds(30);

    private final LicenceApi licences;
    private final boolean mended;
    private boolean asking;
    private long due;

    private SpinsWhileInFlight(LicenceApi licences, TimeSource time, boolean mended) {
        super(time);
        this.licences = licences;
        this.mended = mended;
        this.due = time.nanos();
    }

    @Override
    Step decide(long now) {
        if (isDue(due) && !asking) {
            asking = true;
            due = in(PERIOD);
            licences.lease(calls.expect(PATIENCE, done -> asking = false, () -> false));
        }
        return mended && asking ? Step.parked() : at(due);
    }

    record Scene(Licences licences, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new SpinsWhileInFlight(process.remote(LicenceApi.class, licences), process.time(), mended);
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Licences(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .eventually("leased", it -> it.licences.isLeased());
    }
}
