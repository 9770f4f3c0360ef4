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

/**
 * Launches a machine in a cloud that may be full. The mistake: when it is refused it asks again at once, and again, as fast as the cloud can answer.
 */
final class TriesAgainAtOnce extends HandMade {
    private static final Duration AGAIN = ofSeconds(5);

    private final MachineApi machines;
    private final boolean mended;
    private boolean asked;
    private long due;

    private TriesAgainAtOnce(MachineApi machines, TimeSource time, boolean mended) {
        super(time);
        this.machines = machines;
        this.mended = mended;
        this.due = time.nanos();
    }

    @Override
    Step decide(long now) {
        if (asked) {
            return Step.parked();
        }
        if (isDue(due)) {
            asked = true;
            machines.launch("m1", answer(this::answered));
        }
        return asked ? Step.parked() : at(due);
    }

    private void answered(boolean done) {
        asked = done;
        due = mended ? in(AGAIN) : time.nanos();
    }

    record Scene(Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            machines.setFull(process.start() == 1);
            return new TriesAgainAtOnce(process.remote(MachineApi.class, machines), process.time(), mended);
        }

        @Override
        public void round(World world) {
            world.after(ofSeconds(30), "there is room again", () -> machines.setFull(false));
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Machines(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always("the cloud is not flooded", it -> it.machines.busiest() <= 20)
                .eventually("a machine", it -> it.machines.running().contains("m1"));
    }
}
