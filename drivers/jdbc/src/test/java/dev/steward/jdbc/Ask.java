package dev.steward.jdbc;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a store and waits for the answer, for half a minute at most. Safe for use by many threads. */
final class Ask {
    private Ask() {}

    static Batch batch(Batch.Op... changes) {
        return new Batch(UUID.randomUUID().toString(), List.of(changes));
    }

    static Batch.Op creating(String key, String value) {
        return new Batch.Create(key, RecordValue.utf8(value));
    }

    static Batch.Op putting(String key, long expected, String value) {
        return new Batch.Put(key, expected, RecordValue.utf8(value));
    }

    static CompletableFuture<CommitAnswer> begin(RecordStore store, Batch.Op... changes) {
        CompletableFuture<CommitAnswer> answer = new CompletableFuture<>();
        store.commit(batch(changes), answer::complete);
        return answer;
    }

    static CommitAnswer commit(RecordStore store, Batch.Op... changes) {
        return await(begin(store, changes));
    }

    /** The revision of a commit that has to succeed. */
    static long committed(RecordStore store, Batch.Op... changes) {
        CommitAnswer answer = commit(store, changes);
        if (answer instanceof CommitAnswer.Committed committed) {
            return committed.revision();
        }
        throw new AssertionError("not committed: " + answer);
    }

    static ChangesAnswer changes(RecordStore store, Cursor cursor, int limit) {
        CompletableFuture<ChangesAnswer> answer = new CompletableFuture<>();
        store.changes(new ChangeQuery(Set.of(""), cursor, limit), answer::complete);
        return await(answer);
    }

    static ReadAnswer read(RecordStore store, String... keys) {
        CompletableFuture<ReadAnswer> answer = new CompletableFuture<>();
        store.read(Set.of(keys), answer::complete);
        return await(answer);
    }

    /** All records, by key. */
    static Map<String, Versioned> all(RecordStore store) {
        Map<String, Versioned> all = new TreeMap<>();
        Cursor cursor = Cursor.START;
        for (boolean more = true; more; ) {
            ChangesAnswer answer = changes(store, cursor, 5_000);
            if (!(answer instanceof Changes page)) {
                throw new AssertionError("no page: " + answer);
            }
            page.changes().forEach(change -> {
                if (change instanceof Versioned record) {
                    all.put(record.key(), record);
                } else {
                    all.remove(change.key());
                }
            });
            cursor = page.next();
            more = page.more();
        }
        return all;
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer", late);
        } catch (InterruptedException | ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
