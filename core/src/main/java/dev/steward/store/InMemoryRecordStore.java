package dev.steward.store;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in this process, for as long as the process lives: for tests, and for hosts that want no record to outlive them.
 *
 * <p>Answers within the call, on the caller's thread. Safe for use by many threads.
 */
public final class InMemoryRecordStore implements RecordStore {
    private static final Logger log = LoggerFactory.getLogger(InMemoryRecordStore.class);
    private static final StoreTrouble CLOSED = new StoreTrouble.Refused("the store is closed");

    /** Its own for each call of {@link #onHint}, with whatever hint. */
    private static final class Tie {
        private final WakeUp hint;

        private Tie(WakeUp hint) {
            this.hint = hint;
        }

        private void tell() {
            try {
                hint.wake();
            } catch (RuntimeException defect) {
                log.atError().setCause(defect).log("a hint failed");
            }
        }
    }

    private final RecordTable table;
    private final List<Tie> hints = new CopyOnWriteArrayList<>(); // in their order, so that a run can be repeated
    private volatile boolean closed;

    /** An empty store; {@code time} says when a deletion has been remembered for long enough. */
    public InMemoryRecordStore(TimeSource time) {
        table = new RecordTable(checkNotNull(time, "time"));
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        CommitAnswer answer = closed ? CLOSED : table.commit(batch);
        if (answer instanceof CommitAnswer.Committed) {
            hints.forEach(Tie::tell);
        }
        then.accept(answer);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        then.accept(closed ? CLOSED : table.changes(query));
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        then.accept(closed ? CLOSED : table.read(keys));
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        Tie tie = new Tie(checkNotNull(hint, "hint"));
        if (!closed) {
            hints.add(tie);
        }
        return () -> hints.remove(tie);
    }

    @Override
    public void close() {
        closed = true;
        hints.clear();
    }
}
