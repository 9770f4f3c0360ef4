package dev.steward.curator;

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
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A store whose answers are waited for. Safe for use by many threads. */
final class Asked implements AutoCloseable {
    private static final long LIMIT_SECONDS = 40;

    final RecordStore store;

    Asked(RecordStore store) {
        this.store = store;
    }

    private static <T> T await(Consumer<Consumer<T>> call) {
        BlockingQueue<T> answers = new LinkedBlockingQueue<>();
        call.accept(answers::add);
        try {
            T answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(answer).as("an answer").isNotNull();
            return answer;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    CommitAnswer commit(Batch.Op... changes) {
        return commit(UUID.randomUUID().toString(), changes);
    }

    CommitAnswer commit(String id, Batch.Op... changes) {
        return await(then -> store.commit(new Batch(id, List.of(changes)), then));
    }

    long committed(Batch.Op... changes) {
        CommitAnswer answer = commitWhenAvailable(changes);
        assertThat(answer).isInstanceOf(CommitAnswer.Committed.class);
        return ((CommitAnswer.Committed) answer).revision();
    }

    /** Commits again until it is not unavailable any more, which says that it was certainly not done. */
    CommitAnswer commitWhenAvailable(Batch.Op... changes) {
        CommitAnswer answer = commit(changes);
        for (int tries = 0; answer instanceof StoreTrouble.Unavailable && tries < 400; tries++) {
            pause();
            answer = commit(changes);
        }
        return answer;
    }

    Versioned write(String key, String text) {
        return new Versioned(key, committed(creating(key, text)), RecordValue.utf8(text));
    }

    Versioned write(Versioned before, String text) {
        return new Versioned(before.key(), committed(putting(before, text)), RecordValue.utf8(text));
    }

    long delete(Versioned before) {
        return committed(new Batch.Delete(before.key(), before.revision()));
    }

    ReadAnswer read(String... keys) {
        return await(then -> store.read(Set.of(keys), then));
    }

    List<Versioned> found(String... keys) {
        ReadAnswer answer = read(keys);
        for (int tries = 0; answer instanceof StoreTrouble.Unavailable && tries < 400; tries++) {
            pause();
            answer = read(keys);
        }
        assertThat(answer).isInstanceOf(ReadAnswer.Found.class);
        return ((ReadAnswer.Found) answer).records();
    }

    ChangesAnswer changes(Cursor cursor) {
        return await(then -> store.changes(new ChangeQuery(Set.of(""), cursor, 1_000), then));
    }

    /** Everything below a prefix. */
    List<Versioned> all(String prefix) {
        List<Versioned> all = new ArrayList<>();
        Cursor cursor = Cursor.START;
        Changes page;
        do {
            Cursor from = cursor;
            page = (Changes) await((Consumer<ChangesAnswer> then) ->
                    store.changes(new ChangeQuery(Set.of(prefix), from, 1_000), then));
            page.changes().forEach(change -> all.add((Versioned) change));
            cursor = page.next();
        } while (page.more());
        return all;
    }

    static Batch.Op creating(String key, String text) {
        return new Batch.Create(key, RecordValue.utf8(text));
    }

    static Batch.Op putting(Versioned before, String text) {
        return new Batch.Put(before.key(), before.revision(), RecordValue.utf8(text));
    }

    /** Lets a moment pass between two tries. */
    static void pause() {
        try {
            new LinkedBlockingQueue<>().poll(25, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
