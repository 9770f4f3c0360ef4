package dev.steward.testkit.assertj;

import dev.steward.loop.Step;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a {@link Step}. */
public final class StepAssert extends AbstractAssert<StepAssert, Step> {
    StepAssert(Step actual) {
        super(actual, StepAssert.class);
    }

    /** The loop wants its next pass at once. */
    public StepAssert isAgain() {
        return is(Step.again());
    }

    /** The loop wants no pass until it is woken. */
    public StepAssert isParked() {
        return is(Step.parked());
    }

    /** The loop has done all that it will do. */
    public StepAssert isFinished() {
        return is(Step.finished());
    }

    /** The loop wants its next pass after exactly {@code delay}. */
    public StepAssert isAfter(Duration delay) {
        return is(Step.after(delay));
    }

    /** The loop wants its next pass by itself, and no later than after {@code delay}. */
    public StepAssert isWithin(Duration delay) {
        isNotNull();
        boolean comes = actual.kind() == Step.Kind.AGAIN || actual.kind() == Step.Kind.AFTER;
        if (!comes || actual.delay().compareTo(delay) > 0) {
            failWithMessage("Expecting the next pass to be wanted within %s but it is wanted: %s", delay, actual);
        }
        return this;
    }

    private StepAssert is(Step expected) {
        isNotNull();
        if (!actual.equals(expected)) {
            failWithMessage("Expecting the next pass to be wanted: %s but it is wanted: %s", expected, actual);
        }
        return this;
    }
}
