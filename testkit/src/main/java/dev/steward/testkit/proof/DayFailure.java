package dev.steward.testkit.proof;

/** A bad day on which something was not as it must be. */
final class DayFailure extends AssertionError implements HasChronicle {
    private static final long serialVersionUID = 1L;

    private final transient Chronicle chronicle;

    DayFailure(String message, Chronicle chronicle, Throwable cause) {
        super(message, cause);
        this.chronicle = chronicle;
    }

    @Override
    public Chronicle chronicle() {
        return chronicle;
    }
}
