package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends machines that stand in no record. The mistake: it compares what it has just listed with a copy of the records that may be older, and ends
 * what was recorded a moment ago. The twin writes a mark of its own and reads up to that: what was recorded before the list is in it.
 */
final class TrustsStaleCopy extends HandMadeWithRecords {
    private static final RecordType<String> MACHINE = texts("machine/");
    private static final RecordType<String> MARK = texts("mark/");
    private static final Duration PERIOD = ofSeconds(10);

    private final MachineApi machines;
    private final boolean mended;
    private boolean listing;
    private @Nullable Set<String> listed;
    private RecordCache.@Nullable Ticket ticket;
    private long atLeast;
    private long due;

    private TrustsStaleCopy(MachineApi machines, RecordStore store, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, MACHINE, MARK);
        this.machines = machines;
        this.mended = mended;
        this.due = time.nanos();
    }

    @Override
    Step keep(long now) {
        if (listing) {
            return Step.parked();
        }
        if (listed == null) {
            return isDue(due) ? list() : at(due);
        }
        if (mended && ticket == null) {
            mark();
            return Step.parked();
        }
        if (ticket != null && !cache.isComplete(ticket, atLeast)) {
            return Step.parked();
        }
        listed.stream()
                .filter(id -> cache.get(MACHINE.key(id)).isEmpty())
                .forEach(id -> machines.terminate(id, answer(done -> {})));
        listed = null;
        ticket = null;
        return at(due);
    }

    private Step list() {
        listing = true;
        due = in(PERIOD);
        machines.list(calls.expect(
                LIMIT,
                running -> {
                    listing = false;
                    listed = running;
                },
                Set::of));
        return Step.parked();
    }

    private void mark() {
        Optional<Versioned> before = cache.get(MARK.key("sweep"));
        writer.commit(write(new Stage(), MARK, "sweep", before, holder), answer -> {
            if (answer instanceof CommitAnswer.Committed committed) {
                ticket = cache.refresh();
                atLeast = committed.revision();
            }
        });
    }

    record Scene(World world, Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new TrustsStaleCopy(
                    process.remote(MachineApi.class, machines),
                    process.store(),
                    process.holder(),
                    process.time(),
                    mended);
        }

        @Override
        public void round(World around) {
            for (int i = 1; i <= 4; i++) {
                String id = "m" + around.round() + "-" + i;
                around.after(ofSeconds(17L * i), "machine " + id + " is recorded and started", () -> order(id));
                around.after(ofSeconds(17L * i + 60), "machine " + id + " is done with", () -> dismiss(id));
            }
            around.after(ofSeconds(33), "somebody starts a machine by hand", () -> machines.start("stray"));
        }

        private void order(String id) {
            Stage stage = new Stage().create(MACHINE, id, "wanted");
            world.operator().commit(stage.toBatch("order " + id), answer -> machines.start(id));
        }

        private void dismiss(String id) {
            machines.stop(id);
            Versioned record = world.records().get(MACHINE.key(id));
            if (record != null) {
                world.operator().commit(new Stage().delete(record).toBatch("dismiss " + id), answer -> {});
            }
        }

        private boolean isRecorded(String id) {
            return world.records().containsKey(MACHINE.key(id));
        }
    }

    static Proof<Scene> proof(boolean mended) {
        return Proof.of(world -> new Scene(world, new Machines(world.time()), mended))
                .everyCrashPoint()
                .everyAnswerLostLateOrTwice()
                .everyConflict()
                .staleReads()
                .pauses()
                .seeds(Exhibit.SEEDS)
                .atMost(Exhibit.POINTS)
                .lasting(ofMinutes(2))
                .always(
                        "no recorded machine is ended",
                        it -> it.machines.terminated().stream().noneMatch(it::isRecorded))
                .eventually(
                        "only recorded machines",
                        it -> it.machines.running().stream().allMatch(it::isRecorded));
    }
}
