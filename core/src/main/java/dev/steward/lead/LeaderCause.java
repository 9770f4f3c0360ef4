package dev.steward.lead;

/** Why a process is in its {@link LeaderPhase}: the codes of its status and of its events. */
public enum LeaderCause {
    /** Nothing has happened yet. */
    NEW,
    /** The election advises it to lead. */
    ADVISED,
    /** The election advises it no more. */
    NOT_ADVISED,
    /** Its claim was committed; the text has the term. */
    CLAIMED,
    /** Its claim was not committed, or nobody knows; the text says why. It looks, and claims anew. */
    CLAIM_FAILED,
    /** It knows all that was written before its term. */
    CAUGHT_UP,
    /** Another process has made a later term; the text says which. */
    SUPERSEDED,
    /** Its batch met something unexpected, or nobody knows what became of it: it looks, then decides again. */
    UNCERTAIN,
    /** The fence of the role cannot be read, for it is of a newer version. */
    UNREADABLE,
    /** It was advised to lead, and could neither decide nor write for half a minute; it lets another try. */
    STUCK,
    /** The loop was closed. */
    CLOSED
}
