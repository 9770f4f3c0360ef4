package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.time.TimeSource;

/**
 * Launches a machine. The mistake: the step that a pass answers leaves out when an answer is overdue, so if that is lost nobody wakes it again.
 */
final class SleepsForEver extends HandMade {
    private final MachineApi machines;
    private final boolean mended;
    private boolean asked;

    private SleepsForEver(MachineApi machines, TimeSource time, boolean mended) {
        super(time);
        this.machines = machines;
        this.mended = mended;
    }

    @Override
    public Step manageOnce() {
        if (mended) {
            return super.manageOnce();
        }
        mailbox.drain();
        calls.expire();
        decide(time.nanos());
        return mailbox.isEmpty() ? Step.parked() : Step.again();
    }

    @Override
    Step decide(long now) {
        if (!asked) {
            asked = true;
            machines.launch("m1", answer(done -> asked = done));
        }
        return Step.parked();
    }

    record Scene(Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new SleepsForEver(process.remote(MachineApi.class, machines), process.time(), mended);
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
                .eventually("a machine", it -> it.machines.running().contains("m1"));
    }
}
