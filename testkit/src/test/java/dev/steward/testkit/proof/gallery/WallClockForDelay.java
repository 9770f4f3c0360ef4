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
import java.time.Instant;

/**
 * Keeps a licence leased: renews it every 20 seconds. The mistake: it reads on the wall clock when those are over, and someone sets that back.
 */
final class WallClockForDelay extends HandMade {
    private static final Duration PERIOD = ofSeconds(20);
    private static final Duration AGAIN = ofSeconds(5);

    private final LicenceApi licences;
    private final boolean mended;
    private long due;
    private Instant dueAt;

    private WallClockForDelay(LicenceApi licences, TimeSource time, boolean mended) {
        super(time);
        this.licences = licences;
        this.mended = mended;
        this.due = time.nanos();
        this.dueAt = time.now();
    }

    @Override
    Step decide(long now) {
        Duration left = left(now);
        if (!left.isZero() && !left.isNegative()) {
            return Step.after(left);
        }
        next(PERIOD);
        licences.lease(answer(done -> {
            if (!done) {
                next(AGAIN);
            }
        }));
        return Step.after(left(now));
    }

    private Duration left(long now) {
        return mended ? Duration.ofNanos(due - now) : Duration.between(time.now(), dueAt);
    }

    private void next(Duration wait) {
        due = in(wait);
        dueAt = time.now().plus(wait);
    }

    record Scene(Licences licences, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new WallClockForDelay(process.remote(LicenceApi.class, licences), process.time(), mended);
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
