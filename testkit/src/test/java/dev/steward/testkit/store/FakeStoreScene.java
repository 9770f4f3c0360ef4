package dev.steward.testkit.store;

import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.FakeStoreGround;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Two processes on one fake store, and what they are told, with the time in milliseconds. */
class FakeStoreScene {
    final Simulation simulation = new Simulation(5);
    final FakeStoreGround ground = new FakeStoreGround(simulation);
    final FakeRecordStore p1 = ground.client("p1");
    final FakeRecordStore p2 = ground.client("p2");

    /** Such as {@code 0 committed 1}. */
    final List<String> told = new ArrayList<>();

    private int attempts;

    void run(Duration length) {
        simulation.run(length);
    }

    void runMillis(long millis) {
        simulation.run(Duration.ofMillis(millis));
    }

    private void tell(String what) {
        told.add(simulation.elapsed().toMillis() + " " + what);
    }

    private static String trouble(StoreTrouble trouble) {
        return trouble.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    // ---- calls; what comes of them is told

    void commit(RecordStore store, Batch.Op... changes) {
        store.commit(new Batch("b" + ++attempts, List.of(changes)), this::tell);
    }

    private void tell(CommitAnswer answer) {
        if (answer instanceof CommitAnswer.Committed done) {
            tell("committed " + done.revision());
        } else if (answer instanceof CommitAnswer.Conflict conflict) {
            tell("conflict " + conflict.keys());
        } else if (answer instanceof StoreTrouble trouble) {
            tell(trouble(trouble));
        }
    }

    void read(RecordStore store, String key) {
        store.read(Set.of(key), answer -> {
            if (answer instanceof ReadAnswer.Found found) {
                tell(found.records().stream().map(FakeStoreScene::text).toList() + " as of " + found.asOf());
            } else if (answer instanceof StoreTrouble trouble) {
                tell(trouble(trouble));
            }
        });
    }

    void changes(RecordStore store, Cursor cursor) {
        store.changes(new ChangeQuery(Set.of(""), cursor, 100), this::tell);
    }

    private void tell(ChangesAnswer answer) {
        if (answer instanceof Changes page) {
            tell(page.changes().stream()
                            .map(change -> change.key() + "@" + change.revision())
                            .toList() + " as of " + page.asOf() + (page.reset() ? ", reset" : ""));
        } else if (answer instanceof StoreTrouble trouble) {
            tell(trouble(trouble));
        }
    }

    void hints(RecordStore store, String name) {
        store.onHint(() -> tell("hint " + name));
    }

    private static String text(Versioned record) {
        return record.value().toUtf8();
    }

    /** What stands at the ground now, as {@code key=text}. */
    List<String> records() {
        return ground.records().values().stream()
                .map(record -> record.key() + "=" + text(record))
                .toList();
    }

    // ---- changes

    static Batch.Op creating(String key, String value) {
        return new Batch.Create(key, RecordValue.utf8(value));
    }

    static Batch.Op putting(String key, long expected, String value) {
        return new Batch.Put(key, expected, RecordValue.utf8(value));
    }

    static Batch.Op deleting(String key, long expected) {
        return new Batch.Delete(key, expected);
    }
}
