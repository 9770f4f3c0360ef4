package dev.steward.testkit.store;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Another store, with the places to change something on the way; by itself it changes nothing. What stands behind it answers within the call.
 */
class WrongStore implements RecordStore {
    static final Set<String> ALL = Set.of("");

    final RecordStore good;

    WrongStore(RecordStore good) {
        this.good = good;
    }

    // ---- what may be changed

    /** The batch that is committed in place of this one. */
    Batch asked(Batch batch) {
        return batch;
    }

    CommitAnswer answered(Batch batch, CommitAnswer answer) {
        return answer;
    }

    ChangeQuery asked(ChangeQuery query) {
        return query;
    }

    /** The page in place of this one. */
    Changes page(ChangeQuery query, Changes page) {
        return page;
    }

    ReadAnswer.Found found(Set<String> keys, ReadAnswer.Found found) {
        return found;
    }

    /** The store has been made to forget its deletions. */
    void forgetsDeletions() {}

    // ---- looking at the store behind it

    /** A page of everything, from the store behind. */
    Changes everything() {
        List<Changes> pages = new ArrayList<>();
        good.changes(new ChangeQuery(ALL, Cursor.START, 10_000), answer -> {
            if (answer instanceof Changes page) {
                pages.add(page);
            }
        });
        return pages.get(0);
    }

    /** The revision of a record, from the store behind; 0 if there is none. */
    long revision(String key) {
        List<Versioned> found = new ArrayList<>();
        good.read(Set.of(key), answer -> {
            if (answer instanceof ReadAnswer.Found records) {
                found.addAll(records.records());
            }
        });
        return found.isEmpty() ? 0 : found.get(0).revision();
    }

    // ---- the store

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        good.commit(asked(batch), answer -> then.accept(answered(batch, answer)));
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        good.changes(asked(query), answer -> {
            if (answer instanceof Changes page) {
                then.accept(page(query, page));
            } else if (answer instanceof StoreTrouble trouble) {
                then.accept(trouble);
            }
        });
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        good.read(keys, answer -> {
            if (answer instanceof ReadAnswer.Found found) {
                then.accept(found(keys, found));
            } else if (answer instanceof StoreTrouble trouble) {
                then.accept(trouble);
            }
        });
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
