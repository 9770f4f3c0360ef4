package dev.steward.benchmarks;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.function.Consumer;

/** A store that takes the time and the measure of the batches that go through it. Safe for use by many threads. */
final class MeteredStore implements RecordStore {
    private final RecordStore store;
    private final AtomicLong batches = new AtomicLong();
    private final LongAccumulator mostChanges = new LongAccumulator(Math::max, 0);
    private final LongAccumulator mostBytes = new LongAccumulator(Math::max, 0);
    private final CopyOnWriteArrayList<Ear> ears = new CopyOnWriteArrayList<>();

    /** Told what becomes of batches, on the thread of the answer. */
    interface Ear {
        /** One was answered, at a moment of the system's monotonic clock. */
        void answered(Batch batch, CommitAnswer answer, long nanos);
    }

    MeteredStore(RecordStore store) {
        this.store = store;
    }

    /** The store itself: what an election writes is not measured. */
    RecordStore unmetered() {
        return store;
    }

    /** How many batches went through. */
    long batches() {
        return batches.get();
    }

    /** The most changes that a batch had. */
    long mostChanges() {
        return mostChanges.get();
    }

    /** The most bytes that a batch had, keys and values. */
    long mostBytes() {
        return mostBytes.get();
    }

    void listen(Ear ear) {
        ears.add(ear);
    }

    /** When the first decision from now on was committed: a batch with more in it than a fence, which is all that a claim has. */
    CompletableFuture<Long> nextDecision() {
        CompletableFuture<Long> decided = new CompletableFuture<>();
        Ear ear = (batch, answer, nanos) -> {
            if (isDecision(batch) && answer instanceof CommitAnswer.Committed) {
                decided.complete(nanos);
            }
        };
        ears.add(ear);
        var unused = decided.whenComplete((nanos, trouble) -> ears.remove(ear));
        return decided;
    }

    static boolean isDecision(Batch batch) {
        return batch.changes().size() > 1;
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        batches.incrementAndGet();
        mostChanges.accumulate(batch.changes().size());
        mostBytes.accumulate(batch.changes().stream().mapToLong(Batch.Op::bytes).sum());
        store.commit(batch, answer -> {
            long now = System.nanoTime();
            ears.forEach(ear -> ear.answered(batch, answer, now));
            then.accept(answer);
        });
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        store.changes(query, then);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        store.read(keys, then);
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        return store.onHint(hint);
    }

    @Override
    public void close() {
        store.close();
    }
}
