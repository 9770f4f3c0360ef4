package dev.steward.testkit.junit;

/**
 * Not a failure of its own: what a failed test worked with, as text. It is attached to the failure, so that it is printed wherever the
 * failure is.
 */
public final class FailureReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailureReport(String report) {
        super(report, null, false, false);
    }
}
