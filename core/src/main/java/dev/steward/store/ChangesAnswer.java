package dev.steward.store;

/** What a store answers to {@link RecordStore#changes}: a page, or trouble. */
public sealed interface ChangesAnswer permits Changes, StoreTrouble {}
