package dev.steward.testkit.instance;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import java.util.Set;
import java.util.function.Consumer;

/** A store that does as another does, for those that do something else now and then. As safe for use by many threads as the other. */
class PassingStore implements RecordStore {
    private final RecordStore good;

    PassingStore(RecordStore good) {
        this.good = good;
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        good.commit(batch, then);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        good.changes(query, then);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        good.read(keys, then);
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        return good.onHint(hint);
    }

    @Override
    public void close() {
        good.close();
    }
}
