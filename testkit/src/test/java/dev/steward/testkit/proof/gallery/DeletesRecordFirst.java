package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordType;
import dev.steward.store.Stage;
import dev.steward.store.Versioned;
import dev.steward.testkit.proof.Proof;
import dev.steward.testkit.proof.ProofProcess;
import dev.steward.testkit.proof.Scenario;
import dev.steward.testkit.proof.World;
import dev.steward.time.TimeSource;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Ends machines whose records say so. The mistake: it deletes the record and then ends the machine, and if it dies in between nobody knows of that
 * machine any more.
 */
final class DeletesRecordFirst extends HandMadeWithRecords {
    private static final RecordType<String> MACHINE = texts("machine/");
    private static final String STOPPING = "stopping";

    private final MachineApi machines;
    private final boolean mended;
    private final SortedMap<String, Versioned> records = follow(MACHINE);
    private boolean ending;
    private String owed = ""; // its record is gone
    private String ended = "";

    private DeletesRecordFirst(MachineApi machines, RecordStore store, String holder, TimeSource time, boolean mended) {
        super(store, holder, time, MACHINE);
        this.machines = machines;
        this.mended = mended;
    }

    @Override
    Step keep(long now) {
        Optional<Versioned> stopping = records.values().stream()
                .filter(it -> MACHINE.decode(it).equals(STOPPING))
                .findFirst();
        String first = stopping.map(it -> MACHINE.name(it.key())).orElse("");
        String toEnd = mended && !first.equals(ended) ? first : owed;
        if (!ending && !toEnd.isEmpty()) {
            end(toEnd);
        } else if (!ending) {
            stopping.ifPresent(it -> delete(first, it));
        }
        return Step.parked();
    }

    private void end(String id) {
        ending = true;
        machines.terminate(id, answer(done -> {
            ending = false;
            ended = done ? id : "";
            owed = done ? "" : owed;
        }));
    }

    private void delete(String id, Versioned record) {
        writer.commit(new Stage().delete(record), answer -> {
            if (!mended && answer instanceof CommitAnswer.Committed) {
                owed = id;
            }
        });
    }

    record Scene(World world, Machines machines, boolean mended) implements Scenario {
        @Override
        public ControlLoop start(ProofProcess process) {
            return new DeletesRecordFirst(
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
                around.after(ofSeconds(5L * i), id + " is started", () -> order(id));
                around.after(ofSeconds(10L * i + 30), id + " is done with", () -> dismiss(id));
            }
        }

        private void order(String id) {
            Stage stage = new Stage().create(MACHINE, id, "running");
            world.operator().commit(stage.toBatch("start " + id), answer -> machines.start(id));
        }

        private void dismiss(String id) {
            Versioned record = world.records().get(MACHINE.key(id));
            if (record != null) {
                Stage stage = new Stage().put(MACHINE, record, STOPPING);
                world.operator().commit(stage.toBatch("stop " + id), answer -> {});
            }
        }

        private boolean allRecorded() {
            return machines.running().stream().allMatch(id -> world.records().containsKey(MACHINE.key(id)));
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
                .eventually("every machine is recorded", Scene::allRecorded);
    }
}
