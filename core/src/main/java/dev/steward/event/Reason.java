package dev.steward.event;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * Why something is as it is: a code for programs and a text for people. Immutable.
 *
 * @param code a constant of an enum that belongs to the kind of thing; programs compare it
 * @param text one line, without secrets; may be empty if the code says it all
 */
public record Reason(Enum<?> code, String text) {
    private static final Reason NONE = new Reason(Unspecified.UNSPECIFIED, "");

    private enum Unspecified {
        UNSPECIFIED
    }

    /** Neither is null. */
    public Reason {
        checkNotNull(code, "code");
        checkNotNull(text, "text");
    }

    /** No reason is known, or none is needed. */
    public static Reason none() {
        return NONE;
    }

    /** Whether this says anything at all. */
    public boolean isNone() {
        return code == Unspecified.UNSPECIFIED;
    }

    /** The text, or the code where there is none; empty for {@link #none()}. */
    @Override
    public String toString() {
        return isNone() ? "" : text.isEmpty() ? code.name() : text;
    }
}
