package dev.steward.testkit.contract;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client that reads, creates, puts and deletes a few records at random, and writes down in a {@link RegisterHistory} what it did and what it was
 * told. Give several of them one store, one history and the same keys.
 *
 * <p><b>Threads.</b> One operation at a time; the next may be made from any thread, also from the one that brings the answer.
 */
public final class RegisterClient {
    private final String name;
    private final RecordStore store;
    private final RegisterHistory history;
    private final List<String> keys;
    private final Random random;
    private final Map<String, Optional<Versioned>> known = new ConcurrentHashMap<>();
    private int attempts;

    /**
     * A client of a store.
     *
     * @param name its own, also among those that come after it
     * @param seed decides what it does
     * @throws IllegalArgumentException if there are no keys
     */
    public RegisterClient(String name, RecordStore store, RegisterHistory history, List<String> keys, long seed) {
        checkArgument(!keys.isEmpty(), "no keys");
        this.name = checkNotNull(name, "name");
        this.store = checkNotNull(store, "store");
        this.history = checkNotNull(history, "history");
        this.keys = List.copyOf(keys);
        random = new Random(seed);
    }

    /**
     * Does one thing.
     *
     * @param then run when it is answered, on whatever thread; a store may never answer, and then whoever waits goes on with the next by himself
     */
    public void next(Runnable then) {
        String key = keys.get(random.nextInt(keys.size()));
        Optional<Versioned> before = known.get(key);
        if (before == null || random.nextInt(3) == 0) {
            read(key, then);
        } else if (before.isEmpty()) {
            String value = value();
            write(
                    history.create(name, key, value),
                    key,
                    new Stage().create(key, RecordValue.utf8(value)),
                    Optional.of(value),
                    then);
        } else if (random.nextInt(4) == 0) {
            RegisterHistory.Operation delete =
                    history.delete(name, key, before.get().revision());
            write(delete, key, new Stage().delete(before.get()), Optional.empty(), then);
        } else {
            String value = value();
            RegisterHistory.Operation put = history.put(name, key, before.get().revision(), value);
            write(put, key, new Stage().put(before.get(), RecordValue.utf8(value)), Optional.of(value), then);
        }
    }

    private String value() {
        return name + "-" + ++attempts;
    }

    private void read(String key, Runnable then) {
        RegisterHistory.Operation read = history.read(name, key);
        store.read(Set.of(key), answer -> {
            if (answer instanceof ReadAnswer.Found found) {
                Optional<Versioned> record = found.records().stream().findFirst();
                record.ifPresentOrElse(
                        it -> read.found(it.revision(), it.value().toUtf8()), read::foundNothing);
                known.put(key, record);
            } else {
                read.nothing();
            }
            then.run();
        });
    }

    private void write(
            RegisterHistory.Operation write, String key, Stage stage, Optional<String> value, Runnable then) {
        known.remove(key); // whatever comes of it
        store.commit(stage.toBatch(name + "#" + ++attempts), answer -> {
            if (answer instanceof CommitAnswer.Committed committed) {
                write.done(committed.revision());
                known.put(key, value.map(it -> new Versioned(key, committed.revision(), RecordValue.utf8(it))));
            } else if (!(answer instanceof StoreTrouble.Unknown)) {
                write.nothing();
            }
            then.run();
        });
    }
}
