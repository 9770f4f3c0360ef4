package dev.steward.reconcile;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;

/**
 * What became of something that was asked of a remote thing: done, refused, or nobody knows. Immutable.
 *
 * @param <T> what is seen of the thing
 */
public sealed interface Outcome<T> {
    /**
     * It was done.
     *
     * @param seen the thing as it is now; empty if the answer does not tell, and then the loop looks
     */
    record Done<T>(Optional<T> seen) implements Outcome<T> {
        /** Not null. */
        public Done {
            checkNotNull(seen, "seen");
        }
    }

    /**
     * It was certainly not done, and never will be of its own accord.
     *
     * @param reason why, for people
     * @param retryable whether the same may go well later; if not, the loop asks no more until something has changed
     */
    record Refused<T>(String reason, boolean retryable) implements Outcome<T> {
        /** Not null. */
        public Refused {
            checkNotNull(reason, "reason");
        }
    }

    /**
     * It was asked for, and may have been done, or may still be. The loop looks before it does anything else.
     *
     * @param reason why that is not known
     */
    record Unknown<T>(String reason) implements Outcome<T> {
        /** Not null. */
        public Unknown {
            checkNotNull(reason, "reason");
        }
    }

    /** Done, and this is what the thing is like now. */
    static <T> Outcome<T> done(T seen) {
        return new Done<>(Optional.of(seen));
    }

    /** Done; what the thing is like now has to be looked at. */
    static <T> Outcome<T> done() {
        return new Done<>(Optional.empty());
    }

    /** Not done; it may go well later. */
    static <T> Outcome<T> busy(String reason) {
        return new Refused<>(reason, true);
    }

    /** Not done, and asking again does not help. */
    static <T> Outcome<T> refused(String reason) {
        return new Refused<>(reason, false);
    }

    /** Asked for, and nobody knows what became of it. */
    static <T> Outcome<T> unknown(String reason) {
        return new Unknown<>(reason);
    }
}
