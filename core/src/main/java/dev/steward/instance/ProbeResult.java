package dev.steward.instance;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * What a {@link Probe} has found. Immutable.
 *
 * @param isWell whether the instance is as it should be
 * @param text what was found, for people; may be empty
 */
public record ProbeResult(boolean isWell, String text) {
    private static final ProbeResult WELL = new ProbeResult(true, "");

    /** The text is not null. */
    public ProbeResult {
        checkNotNull(text, "text");
    }

    /** All is well. */
    public static ProbeResult well() {
        return WELL;
    }

    /** Something is not, and what. */
    public static ProbeResult unwell(String text) {
        return new ProbeResult(false, text);
    }
}
