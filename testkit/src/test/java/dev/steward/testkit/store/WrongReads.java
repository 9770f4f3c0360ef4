package dev.steward.testkit.store;

import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Deleted;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Stores that show single records in a wrong way. */
final class WrongReads {
    private WrongReads() {}

    static final class ReadsInAnyOrder extends WrongStore {
        ReadsInAnyOrder(RecordStore good) {
            super(good);
        }

        @Override
        ReadAnswer.Found found(Set<String> keys, ReadAnswer.Found found) {
            List<Versioned> records = new ArrayList<>(found.records());
            Collections.reverse(records);
            return new ReadAnswer.Found(records, found.asOf());
        }
    }

    /** Answers a read with what the one before of the same keys has found. */
    static final class RemembersWhatItRead extends WrongStore {
        private final Map<Set<String>, ReadAnswer.Found> before = new HashMap<>();

        RemembersWhatItRead(RecordStore good) {
            super(good);
        }

        @Override
        ReadAnswer.Found found(Set<String> keys, ReadAnswer.Found found) {
            ReadAnswer.Found old = before.put(keys, found);
            return old == null ? found : old;
        }
    }

    /** Shows one record as it was at the read before. */
    static final class Tears extends WrongStore {
        private List<Versioned> before = List.of();

        Tears(RecordStore good) {
            super(good);
        }

        @Override
        ReadAnswer.Found found(Set<String> keys, ReadAnswer.Found found) {
            List<Versioned> records = new ArrayList<>(found.records());
            if (records.size() > 1 && records.size() == before.size()) {
                records.set(0, before.get(0));
            }
            before = found.records();
            return new ReadAnswer.Found(records, found.asOf());
        }
    }

    static final class TakesEmptyForDeleted extends WrongStore {
        TakesEmptyForDeleted(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            return new Changes(
                    page.changes().stream()
                            .map(change -> change instanceof Versioned record
                                            && record.value().size() == 0
                                    ? new Deleted(record.key(), record.revision())
                                    : change)
                            .collect(Collectors.toUnmodifiableList()),
                    page.next(),
                    page.asOf(),
                    page.more(),
                    page.reset());
        }
    }

    static final class ReadsAnything extends WrongStore {
        ReadsAnything(RecordStore good) {
            super(good);
        }

        @Override
        public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
            try {
                super.read(keys, then);
            } catch (IllegalArgumentException none) {
                then.accept(new ReadAnswer.Found(List.of(), 1));
            }
        }
    }
}
