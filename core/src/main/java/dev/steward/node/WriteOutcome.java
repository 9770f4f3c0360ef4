package dev.steward.node;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Locale;

/**
 * How a {@link NodeWrite} ended. Immutable.
 *
 * @param kind which of the four
 * @param detail for people; may be empty
 */
public record WriteOutcome(Kind kind, String detail) {
    private static final WriteOutcome ACCEPTED = new WriteOutcome(Kind.ACCEPTED, "");

    /** The four ends of a write. */
    public enum Kind {
        /** The node has it: the channel's view shows it, or something newer. */
        ACCEPTED,
        /** The node, or the channel, does not take it. Nothing has happened. */
        REFUSED,
        /** It never left. Nothing has happened. */
        NOT_SENT,
        /** Asked, no answer: it may have happened, now or later. Look before asking again. */
        UNKNOWN
    }

    /** Neither is null. */
    public WriteOutcome {
        checkNotNull(kind, "kind");
        checkNotNull(detail, "detail");
    }

    /** The node has it. */
    public static WriteOutcome accepted() {
        return ACCEPTED;
    }

    /** It is not taken, for this reason. */
    public static WriteOutcome refused(String why) {
        return new WriteOutcome(Kind.REFUSED, why);
    }

    /** It never left, for this reason. */
    public static WriteOutcome notSent(String why) {
        return new WriteOutcome(Kind.NOT_SENT, why);
    }

    /** Nobody knows, for this reason. */
    public static WriteOutcome unknown(String why) {
        return new WriteOutcome(Kind.UNKNOWN, why);
    }

    /** Whether the node has it. */
    public boolean isAccepted() {
        return kind == Kind.ACCEPTED;
    }

    @Override
    public String toString() {
        String word = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return detail.isEmpty() ? word : word + ": " + detail;
    }
}
