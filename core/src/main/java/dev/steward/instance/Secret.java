package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * A text that must not be shown: it has no {@code toString}, no accessor that looks harmless, and stands in no view, event or log line.
 * Two secrets are equal only if they are the same object. Immutable.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = checkNotNull(text, "text");
    }

    /** Hides {@code text}. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself; for the driver that hands it to the program, and for what hides it in the output of that program. */
    public String reveal() {
        return text;
    }

    /** Three asterisks. */
    @Override
    public String toString() {
        return "***";
    }
}
