package dev.steward.store;

import java.util.List;

/** What a store answers to {@link RecordStore#read}: the records, or trouble. */
public sealed interface ReadAnswer permits ReadAnswer.Found, StoreTrouble {
    /**
     * What there is under the keys asked for.
     *
     * @param records the newest state of each that exists, in the order of keys
     * @param asOf the revision of the store that they were read at
     */
    record Found(List<Versioned> records, long asOf) implements ReadAnswer {
        /** Copies the records. */
        public Found {
            records = List.copyOf(records);
        }
    }
}
