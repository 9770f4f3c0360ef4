package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.store.RecordType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing, as a decision is made about it: what was seen of it, and what the committed records say. Immutable.
 *
 * <p>A test makes one with {@link #of} and asks its {@link Reconciler} what it decides.
 *
 * @param <T> what is seen of it
 */
public final class Thing<T> {
    private final String name;
    private final T seen;
    private final Instant at;
    private final Optional<Outcome.Refused<T>> refusal;
    private final Map<RecordType<?>, Object> records;

    Thing(String name, T seen, Instant at, Optional<Outcome.Refused<T>> refusal, Map<RecordType<?>, Object> records) {
        this.name = checkNotNull(name, "name");
        this.seen = checkNotNull(seen, "seen");
        this.at = checkNotNull(at, "at");
        this.refusal = refusal;
        this.records = records;
    }

    /**
     * A thing without records.
     *
     * @param at the wall clock of the decision
     * @throws IllegalArgumentException if the name is empty
     */
    public static <T> Thing<T> of(String name, T seen, Instant at) {
        checkArgument(!name.isEmpty(), "a thing has no name");
        return new Thing<>(name, seen, at, Optional.empty(), Map.of());
    }

    /** The same with one more record. */
    public <R> Thing<T> withRecord(RecordType<R> type, R value) {
        Map<RecordType<?>, Object> more = new LinkedHashMap<>(records);
        more.put(type, value);
        return new Thing<>(name, seen, at, refusal, more);
    }

    /** The same after the last action was refused. */
    public Thing<T> withRefusal(String reason, boolean retryable) {
        return new Thing<>(name, seen, at, Optional.of(new Outcome.Refused<>(reason, retryable)), records);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What was seen of it, not before its last action was over. */
    public T seen() {
        return seen;
    }

    /** The wall clock at the beginning of the pass that decides. */
    public Instant at() {
        return at;
    }

    /** Why its last action was refused, if it was, and none has been done since. */
    public Optional<Outcome.Refused<T>> refusal() {
        return refusal;
    }

    /** Its record of a type, as it was committed; always empty without a store. */
    @SuppressWarnings("unchecked") // put in under a type of the same values
    public <R> Optional<R> record(RecordType<R> type) {
        return Optional.ofNullable((R) records.get(type));
    }

    @Override
    public String toString() {
        return name + " " + seen + (records.isEmpty() ? "" : " " + records.values());
    }
}
