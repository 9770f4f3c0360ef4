package dev.steward.reconcile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** What was seen of one thing, and when it has to be looked at again. Not safe for use by many threads. */
final class Sight<T> {
    private final long period;
    private final long longest;
    private @Nullable T seen;
    private long seenAt; // when the look began that has seen it
    private boolean isNew; // nothing was decided on it
    private boolean must = true;
    private long notBefore;
    private int failures;

    /**
     * Was never seen.
     *
     * @param callLimit what a look may take: a thing that is seen so late can still be decided about, once
     */
    Sight(long period, long callLimit, long now) {
        this.period = period;
        this.longest = Math.max(period, callLimit);
        notBefore = now;
    }

    /** Nothing was ever seen. */
    void forget(long now) {
        seen = null;
        again(now);
    }

    /** It may be another than it was seen. */
    void doubt() {
        must = true;
    }

    /** It is looked at again, and what went wrong with that counts no more. */
    void again(long now) {
        must = true;
        failures = 0;
        notBefore = now;
    }

    /** Whether nothing may be decided before it was looked at. */
    boolean isNeeded(long now) {
        return must || seen == null || (isNew ? isOld(now) : now - seenAt >= period);
    }

    /** Whether it was seen so long ago that nothing may be begun on it, though that was decided in time. */
    boolean isOld(long now) {
        return now - seenAt > longest;
    }

    /** When the look began that has seen it. */
    long seenAt() {
        return seenAt;
    }

    /** How many looks have failed in a row. */
    int failures() {
        return failures;
    }

    /** How long until it may be looked at, after looks that failed; 0 for now. */
    long nanosToLook(long now) {
        return Math.max(notBefore - now, 0);
    }

    /** How long what was seen is good for. */
    long nanosLeft(long now) {
        return Math.max(seenAt + period - now, 0);
    }

    /** A look begins; who says from now on that it may be another wants one more. */
    void begun() {
        must = false;
    }

    /** It was seen in a look, or at the end of an action, that began at {@code began}; answers whether it is another than before. */
    boolean saw(T what, long began) {
        failures = 0;
        isNew = true;
        seenAt = began;
        T before = seen;
        seen = what;
        return !what.equals(before);
    }

    /** How many looks have failed in a row, this one included. */
    int failed() {
        must = true;
        return ++failures;
    }

    /** No look before then. */
    void notBefore(long at) {
        notBefore = at;
    }

    /** What was seen, to decide on. */
    T use() {
        isNew = false;
        return requireNonNull(seen);
    }

    @Override
    public String toString() {
        return seen == null ? "never seen" : "seen as " + seen;
    }
}
