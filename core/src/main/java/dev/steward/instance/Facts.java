package dev.steward.instance;

import dev.steward.event.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one instance beside what the reference's table asks for. Immutable.
 *
 * @param presence what is there of it
 * @param ready whether what runs has said that it is ready, or nobody asks
 * @param moreSignals whether its stop plan has another signal to try
 * @param handsOff why nothing is begun with it, whatever is due; null if it may
 * @param rests why it is not launched although it is wanted up; null if it is
 * @param recycle why it is to come down and be started again; null if it is not
 * @param dependents which others have to be down before it is stopped; null if there are none, or it has waited long enough
 * @param dependencies which others have to be up before it is launched; null if there are none, or it has waited long enough
 * @param occupied what else has to be gone, or to be known, before it is launched; null if nothing
 */
record Facts(
        Presence presence,
        boolean ready,
        boolean moreSignals,
        @Nullable Reason handsOff,
        @Nullable Reason rests,
        @Nullable Reason recycle,
        @Nullable Reason dependents,
        @Nullable Reason dependencies,
        @Nullable Reason occupied) {
    /** What there is of an instance. */
    enum Presence {
        /** Nothing. */
        NONE,
        /** A launch has been ordered, and what became of that is not known. */
        ORDERED,
        /** Its first process runs. */
        ALIVE,
        /** Its first process is gone, others that it has started are not. */
        LINGERING
    }

    /** Whether there is anything of it, or may be. */
    boolean isThere() {
        return presence != Presence.NONE;
    }

    boolean isAlive() {
        return presence == Presence.ALIVE;
    }

    boolean isLingering() {
        return presence == Presence.LINGERING;
    }

    /** Whether nothing runs, and nothing can be seen any more to come up. */
    boolean hasEnded() {
        return presence == Presence.NONE || presence == Presence.LINGERING;
    }
}
