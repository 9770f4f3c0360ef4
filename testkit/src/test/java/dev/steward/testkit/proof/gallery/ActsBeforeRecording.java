package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.event.Kind;
import dev.steward.loop.ControlLoop;
import dev.steward.reconcile.Outcome;
import dev.steward.reconcile.Plan;
import dev.steward.reconcile.ReconcileLoop;
import dev.steward.reconcile.ReconcileOptions;
import dev.steward.reconcile.Reconciler;
import dev.steward.reconcile.Role;
import dev.steward.reconcile.Thing;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordType;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps one machine for each job, which any of two processes may have to look after. The mistake: it launches under an id that nobody has
 * written down, so whoever comes after it launches another.
 */
final class ActsBeforeRecording extends Reconciler<Set<String>, String> {
    private static final RecordType<String> ID = HandMadeWithRecords.texts("machine/");
    private static final Kind<String> KIND = Kind.open("job", state -> true);

    private final MachineApi machines;
    private final String holder;
    private final boolean mended;
    private String launched = "";

    private ActsBeforeRecording(MachineApi machines, String holder, boolean mended) {
        super(KIND);
        this.machines = machines;
        this.holder = holder;
        this.mended = mended;
    }

    @Override
    protected List<RecordType<?>> records() {
        return List.of(ID);
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
        Optional<String> recorded = thing.record(ID);
        if (recorded.isPresent()) {
            launchUnlessSeen(recorded.get(), thing, plan);
        } else if (mended) {
            plan.write(ID, plan.id());
        } else if (thing.seen().contains(launched)) {
            plan.write(ID, launched);
        } else {
            launched = launched.isEmpty() ? holder + "-1" : launched;
            launchUnlessSeen(launched, thing, plan);
        }
    }

    private void launchUnlessSeen(String id, Thing<Set<String>> thing, Plan<Set<String>> plan) {
        if (!thing.seen().contains(id)) {
            plan.act("launch", then -> machines.launch(id, done -> then.accept(Outcome.done())));
        }
    }

    record Scene(Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            var reconciler =
                    new ActsBeforeRecording(process.remote(MachineApi.class, machines), process.holder(), mended);
            RecordCache.Options rarely = RecordCache.Options.defaults().withPeriod(ofSeconds(5));
            var cache = new RecordCache(process.store(), Set.of("lead/", ID.prefix()), process.time(), rarely);
            Role role = Role.of("jobs", process.holder(), process.election("jobs"), cache);
            ReconcileLoop<Set<String>, String> loop = ReconcileLoop.elected(
                    "jobs", reconciler, role, process.feed(), process.time(), ReconcileOptions.defaults());
            loop.add("job");
            return loop;
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(new Machines(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .twoLeaders()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always("one machine at most", it -> it.machines.running().size() <= 1)
                .eventually("one machine", it -> it.machines.running().size() == 1);
    }
}
