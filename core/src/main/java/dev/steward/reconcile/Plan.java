package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.store.RecordType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what {@link Reconciler#decide} wants for one thing; nothing is done before that has returned. Not safe for use by many threads.
 *
 * <p>What is written is committed first, and then it is decided again: an action of a plan that writes is not begun. So whatever is begun
 * follows from committed records, and whoever leads after a crash finds that it is owed.
 *
 * @param <T> what is seen of the thing
 */
public final class Plan<T> {
    private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Duration PASSED =
            Duration.ofSeconds(1); // a time that has come and changes nothing does not spin

    private final Supplier<String> ids;
    private final Map<RecordType<?>, Optional<Object>> writes = new LinkedHashMap<>();
    private @Nullable Step<T> step;
    private Duration again = NEVER;
    private String reason = "";

    /**
     * One action.
     *
     * @param what a word or two, for people; what is refused for good is known by it
     * @param damaging whether it counts in the damage budget
     */
    public record Step<T>(String what, boolean damaging, Action<T> action) {
        /** @throws IllegalArgumentException if it has no name */
        public Step {
            checkArgument(!what.isBlank(), "an action has no name: '%s'", what);
            checkNotNull(action, "action");
        }
    }

    /** An empty plan, for tests of a {@link Reconciler}; its ids are {@code id-1}, {@code id-2} and so on. */
    public Plan() {
        this(new Supplier<>() {
            private int made;

            @Override
            public String get() {
                return "id-" + ++made;
            }
        });
    }

    Plan(Supplier<String> ids) {
        this.ids = ids;
    }

    /**
     * Begins an action, if nothing is to be written. One at a time: what comes next is decided when its outcome is known.
     *
     * @param what a word or two, for people
     * @throws IllegalStateException if there is an action already
     */
    public Plan<T> act(String what, Action<T> action) {
        return step(new Step<>(what, false, action));
    }

    /**
     * The same for what destroys something, or costs dearly: it counts in the damage budget, and waits while that is spent.
     *
     * @throws IllegalStateException if there is an action already
     */
    public Plan<T> damage(String what, Action<T> action) {
        return step(new Step<>(what, true, action));
    }

    private Plan<T> step(Step<T> next) {
        Step<T> first = step;
        checkState(first == null, "'%s' and '%s' in one plan", first == null ? "" : first.what(), next.what());
        step = next;
        return this;
    }

    /** Writes the thing's record of a type, making it if there is none; nothing, if it says that already. */
    public <R> Plan<T> write(RecordType<R> type, R value) {
        writes.put(checkNotNull(type, "type"), Optional.of(value));
        return this;
    }

    /** Deletes the thing's record of a type, if there is one. */
    public Plan<T> delete(RecordType<?> type) {
        writes.put(checkNotNull(type, "type"), Optional.empty());
        return this;
    }

    /**
     * Decides again after so long at the latest, though nothing happens.
     *
     * @param delay of several the shortest counts; one that is not above zero counts as a second
     */
    public Plan<T> again(Duration delay) {
        Duration wanted = delay.isZero() || delay.isNegative() ? PASSED : delay;
        again = wanted.compareTo(again) < 0 ? wanted : again;
        return this;
    }

    /** Says why, for {@link ReconcileLoop#explain} and the events. */
    public Plan<T> because(String why) {
        reason = checkNotNull(why, "why");
        return this;
    }

    /**
     * A name that nobody has given to anything and nobody ever will: for what is to be recorded before it is asked for.
     *
     * @throws IllegalStateException if the loop has no {@link Role}
     */
    public String id() {
        return ids.get();
    }

    /** The action, if there is one. */
    public Optional<Step<T>> action() {
        return Optional.ofNullable(step);
    }

    /** What is to be written, by type; empty where the record is to be deleted. */
    public Map<RecordType<?>, Optional<Object>> writes() {
        return writes;
    }

    /** When to decide again at the latest. */
    public Duration next() {
        return again;
    }

    /** Why, if that was said. */
    public String reason() {
        return reason;
    }
}
