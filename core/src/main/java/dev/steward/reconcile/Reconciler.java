package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.Kind;
import dev.steward.store.RecordType;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps things as they should be: looks at one, decides, acts. <b>Made for you to extend</b>; a {@link ReconcileLoop} does all the rest.
 *
 * <p><b>Contract.</b> What it decides follows from what it sees and from committed records, never from what it remembers to have done: any
 * call may be repeated, by this process or by another one after a crash.
 *
 * <p><b>Threads.</b> All calls come from the thread of the pass, one at a time; none of them waits.
 *
 * <p><b>Errors.</b> A thing whose call throws is left alone for a while, longer each time, and hurts no other.
 *
 * @param <T> what is seen of a thing; immutable, and {@code equals} tells whether it has changed
 * @param <S> the states that its things are told to be in
 */
public abstract class Reconciler<T, S> {
    private final Kind<S> kind;

    /** Keeps things of a kind, whose states go on the feed. */
    protected Reconciler(Kind<S> kind) {
        this.kind = checkNotNull(kind, "kind");
    }

    /** What kind of things it keeps. */
    public final Kind<S> kind() {
        return kind;
    }

    /** The types of record that it reads and writes, one record of each for a thing; none unless overridden. Asked once, by the loop. */
    protected List<RecordType<?>> records() {
        return List.of();
    }

    /**
     * Begins to look at a thing, and returns at once. That it is not there is something to see, not a refusal.
     *
     * @param then takes what was seen as {@link Outcome#done(Object)}, from any thread, within this call, later, or never; all but the first
     *     are ignored. Any other outcome: it could not be looked at, and is again, later
     */
    protected abstract void observe(String name, Consumer<? super Outcome<T>> then);

    /** In which state a thing is. A pure function. */
    protected abstract S state(Thing<T> thing);

    /**
     * Decides what is to be done with a thing. A pure function of the thing, called whenever it may have changed and nothing is under way
     * with it; called again when the outcome of its action is known, or its records are committed.
     *
     * @param plan takes what is wanted; left empty, nothing is
     */
    protected abstract void decide(Thing<T> thing, Plan<T> plan);
}
