package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;

import dev.steward.event.Kind;
import dev.steward.loop.ControlLoop;
import dev.steward.reconcile.Outcome;
import dev.steward.reconcile.Plan;
import dev.steward.reconcile.ReconcileLoop;
import dev.steward.reconcile.Reconciler;
import dev.steward.reconcile.Thing;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps one machine for a job. The mistake: where nobody knows what became of a launch it takes it for not done, and asks again under another id;
 * a request that is only late starts a second machine.
 */
final class ForgetsUnknownOutcome extends Reconciler<Set<String>, String> {
    private static final Kind<String> KIND = Kind.open("job", state -> true);

    private final MachineApi machines;
    private final boolean mended;
    private int launches;

    private ForgetsUnknownOutcome(MachineApi machines, boolean mended) {
        super(KIND);
        this.machines = machines;
        this.mended = mended;
    }

    @Override
    protected void observe(String name, Consumer<? super Outcome<Set<String>>> then) {
        machines.list(running -> then.accept(Outcome.done(running)));
    }

    @Override
    protected String state(Thing<Set<String>> thing) {
        return thing.seen().isEmpty() ? "waiting" : "running";
    }

    @Override
    protected void decide(Thing<Set<String>> thing, Plan<Set<String>> plan) {
        if (thing.seen().isEmpty()) {
            String id = mended ? thing.name() : thing.name() + "-" + ++launches;
            plan.act("launch", then -> machines.launch(id, done -> then.accept(Outcome.done())));
        }
    }

    record Scene(Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            var reconciler = new ForgetsUnknownOutcome(process.remote(MachineApi.class, machines), mended);
            var loop = new ReconcileLoop<>("jobs", reconciler, process.feed(), process.time());
            loop.add("job");
            return loop;
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
                .always("one machine at most", it -> it.machines.running().size() <= 1)
                .eventually("one machine", it -> it.machines.running().size() == 1);
    }
}
