package dev.steward.process;

import dev.steward.event.Reason;
import dev.steward.instance.LaunchFailure;

/** Why a launch did not come about; never leaves the driver, which tells it as news. */
final class LaunchRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final LaunchFailure failure;
    private final boolean doubtful;

    /** Nothing was started. */
    LaunchRefused(LaunchFailure failure, String text) {
        this(failure, text, false);
    }

    /**
     * As it says.
     *
     * @param text for people, without secrets
     * @param doubtful whether something may have been started all the same
     */
    LaunchRefused(LaunchFailure failure, String text, boolean doubtful) {
        super(text, null, false, false);
        this.failure = failure;
        this.doubtful = doubtful;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    Reason reason() {
        return new Reason(failure, String.valueOf(getMessage()));
    }
}
