package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** One client of a store under test, which waits for its answers. Its waiting belongs to the thread of the test. */
final class StoreClient {
    private static final AtomicLong ATTEMPTS = new AtomicLong();
    private static final String ALL = "";

    final RecordStore store;
    private final RecordStoreSetting contract;

    StoreClient(RecordStoreSetting contract, RecordStore store) {
        this.contract = contract;
        this.store = store;
    }

    // ---- batches

    static Batch batch(List<? extends Batch.Op> changes) {
        String id = "contract-" + ProcessHandle.current().pid() + "-" + ATTEMPTS.incrementAndGet();
        return new Batch(id, List.copyOf(changes));
    }

    static Batch batch(Batch.Op... changes) {
        return batch(List.of(changes));
    }

    static Batch.Op creating(String key, String value) {
        return new Batch.Create(key, RecordValue.utf8(value));
    }

    static Batch.Op putting(String key, long expected, String value) {
        return new Batch.Put(key, expected, RecordValue.utf8(value));
    }

    static Batch.Op deleting(String key, long expected) {
        return new Batch.Delete(key, expected);
    }

    static Batch.Op requiring(String key, long expected) {
        return new Batch.Require(key, expected);
    }

    // ---- calls

    StoreAnswer<CommitAnswer> ask(Batch batch) {
        StoreAnswer<CommitAnswer> answer = new StoreAnswer<>(contract, "commit " + batch.id());
        store.commit(batch, answer);
        return answer;
    }

    StoreAnswer<ChangesAnswer> ask(ChangeQuery query) {
        StoreAnswer<ChangesAnswer> answer = new StoreAnswer<>(contract, query.toString());
        store.changes(query, answer);
        return answer;
    }

    StoreAnswer<ReadAnswer> ask(Set<String> keys) {
        StoreAnswer<ReadAnswer> answer = new StoreAnswer<>(contract, "read " + keys.size() + " keys");
        store.read(keys, answer);
        return answer;
    }

    // ---- calls and their answers

    /** Commits, which must succeed; answers the revision. */
    long commit(Batch.Op... changes) throws InterruptedException {
        return commit(List.of(changes));
    }

    /** Commits, which must succeed; answers the revision. */
    long commit(List<? extends Batch.Op> changes) throws InterruptedException {
        return ask(batch(changes)).await(CommitAnswer.Committed.class).revision();
    }

    /** Commits, which must conflict; answers the keys that are said to. */
    Set<String> conflict(Batch.Op... changes) throws InterruptedException {
        return ask(batch(changes)).await(CommitAnswer.Conflict.class).keys();
    }

    /** A page of everything. */
    Changes page(Cursor cursor, int limit) throws InterruptedException {
        return page(new ChangeQuery(Set.of(ALL), cursor, limit));
    }

    Changes page(ChangeQuery query) throws InterruptedException {
        return ask(query).await(Changes.class);
    }

    ReadAnswer.Found read(Set<String> keys) throws InterruptedException {
        return ask(keys).await(ReadAnswer.Found.class);
    }

    Optional<Versioned> get(String key) throws InterruptedException {
        List<Versioned> found = read(Set.of(key)).records();
        assertThat(found).as("records under the one key %s", key).hasSizeLessThanOrEqualTo(1);
        return found.stream().findFirst();
    }

    /** The text of a record, which must be there. */
    String text(String key) throws InterruptedException {
        Optional<Versioned> found = get(key);
        assertThat(found).as("the record '%s'", key).isPresent();
        return found.orElseThrow().value().toUtf8();
    }

    /** Everything that there is, read in one sweep of large pages. */
    Map<String, Versioned> all() throws InterruptedException {
        StoreCopy copy = new StoreCopy(this, ALL);
        copy.catchUp(10_000);
        return new TreeMap<>(copy.records());
    }

    /** Waits until what this client is shown is as new as {@code revision}; its page of everything. */
    Changes awaitShown(long revision) throws InterruptedException {
        Changes page = page(Cursor.START, 10_000);
        for (long looks = contract.looks(); page.asOf() < revision && looks > 0; looks--) {
            contract.pause();
            page = page(Cursor.START, 10_000);
        }
        assertThat(page.asOf()).as("what is shown in the end").isGreaterThanOrEqualTo(revision);
        return page;
    }
}
