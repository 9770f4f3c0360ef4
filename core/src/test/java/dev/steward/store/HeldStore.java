package dev.steward.store;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store that does and answers what a test lets it, with an in-memory store behind it. Not safe for use by many threads. */
public final class HeldStore implements RecordStore {
    /** What is really stored. */
    public final InMemoryRecordStore truth;

    /** What was asked, in order. */
    public final List<String> asked = new ArrayList<>();

    /** Whether calls wait in a line for {@link #answer()} and its kin; else they are answered within the call. */
    public boolean holds;

    /** Whether what the truth hints is passed on. */
    public boolean hints = true;

    /** What every call is answered with, undone; null: the truth. */
    public @Nullable StoreTrouble trouble;

    /** What every call throws; null: nothing. */
    public @Nullable RuntimeException thrown;

    private final Deque<Call> waiting = new ArrayDeque<>();
    private @Nullable WakeUp follower;

    private interface Doing {
        void with(Consumer<Object> then);
    }

    private record Call(Doing doing, Consumer<Object> then) {}

    /** An empty store. */
    public HeldStore(TimeSource time) {
        this(new InMemoryRecordStore(time));
    }

    /** One process's way to a store that it shares with others. */
    public HeldStore(InMemoryRecordStore truth) {
        this.truth = truth;
    }

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        ask("commit " + batch.id(), it -> truth.commit(batch, it), then);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        ask("changes after " + query.cursor().after(), it -> truth.changes(query, it), then);
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        ask("read " + new TreeSet<>(keys), it -> truth.read(keys, it), then);
    }

    @SuppressWarnings(
            "unchecked") // a call is answered with what its doing has answered, or with trouble, which fits each
    private void ask(String what, Doing doing, Consumer<?> then) {
        asked.add(what);
        if (thrown != null) {
            throw thrown;
        }
        waiting.add(new Call(doing, (Consumer<Object>) then));
        if (trouble != null) {
            answer(trouble);
        } else if (!holds) {
            answer();
        }
    }

    /** How many calls wait. */
    public int waiting() {
        return waiting.size();
    }

    /** Does the call that waits longest, and answers it. */
    public void answer() {
        perform().run();
    }

    /** Does and answers everything that waits. */
    public void answerAll() {
        while (!waiting.isEmpty()) {
            answer();
        }
    }

    /** Answers the call that waits longest with this, and does not do it. */
    public void answer(Object with) {
        waiting.remove().then().accept(with);
    }

    /** Does the call that waits longest; what this returns answers it. */
    public Runnable perform() {
        Call call = waiting.remove();
        List<Object> answers = new ArrayList<>();
        call.doing().with(answers::add);
        return () -> answers.forEach(call.then());
    }

    /** Takes the call that waits longest out of the line; what this returns does and answers it later. */
    public Runnable putOff() {
        Call call = waiting.remove();
        return () -> call.doing().with(call.then());
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        follower = hint;
        Hinting tie = truth.onHint(() -> {
            if (hints) {
                hint.wake();
            }
        });
        return () -> {
            follower = null;
            tie.close();
        };
    }

    /** Hints, although nothing has changed. */
    public void hint() {
        if (follower != null) {
            follower.wake();
        }
    }

    /** Whether somebody wants hints. */
    public boolean isFollowed() {
        return follower != null;
    }

    /** Writes behind the back of everybody, and answers with the revision; a null value deletes. */
    public long write(String key, @Nullable RecordValue value) {
        List<Versioned> before = new ArrayList<>();
        truth.read(Set.of(key), it -> before.addAll(((ReadAnswer.Found) it).records()));
        Stage stage = new Stage();
        if (before.isEmpty()) {
            stage.create(key, checkNotNull(value));
        } else if (value == null) {
            stage.delete(before.get(0));
        } else {
            stage.put(before.get(0), value);
        }
        List<CommitAnswer> answers = new ArrayList<>();
        truth.commit(stage.toBatch("other"), answers::add);
        return ((CommitAnswer.Committed) answers.get(0)).revision();
    }

    @Override
    public void close() {
        truth.close();
    }
}
