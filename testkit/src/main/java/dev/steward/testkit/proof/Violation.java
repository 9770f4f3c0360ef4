package dev.steward.testkit.proof;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in a run. Immutable.
 *
 * @param rule the name of the rule that does not hold: ours, or the text of one of the user's
 * @param text all about it, in one line if it can be
 * @param at when, since the start of the run
 * @param cause what was thrown, if something was
 */
record Violation(
        String rule, String text, Duration at, @Nullable Throwable cause) {
    static final String DETERMINISM = "determinism";
    static final String CONVERGENCE = "convergence";
    static final String NO_LOST_REQUEST = "no lost request";
    static final String NOTHING_AFTER_CLOSE = "nothing after close";
    static final String NO_UNBOUNDED_GROWTH = "no unbounded growth";
    static final String NO_THROWING = "no throwing";
    static final String NO_SPINNING = "no spinning";
}
