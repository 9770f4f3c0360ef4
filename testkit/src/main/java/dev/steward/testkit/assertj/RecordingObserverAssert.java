package dev.steward.testkit.assertj;

import dev.steward.testkit.RecordingObserver;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what a {@link RecordingObserver} has seen. */
public final class RecordingObserverAssert extends AbstractAssert<RecordingObserverAssert, RecordingObserver> {
    RecordingObserverAssert(RecordingObserver actual) {
        super(actual, RecordingObserverAssert.class);
    }

    /** Nothing went wrong with any loop. */
    public RecordingObserverAssert sawNoTrouble() {
        isNotNull();
        if (!actual.troubles().isEmpty()) {
            failWithMessage("Expecting no trouble with any loop but there was: %s", actual.troubles());
        }
        return this;
    }

    /** Just so many passes of the loop of this name threw. */
    public RecordingObserverAssert sawFailures(String loop, int expected) {
        isNotNull();
        int seen = actual.failures(loop).size();
        if (seen != expected) {
            failWithMessage(
                    "Expecting %s failed passes of loop '%s' but there were %s of it among: %s",
                    expected, loop, seen, actual.failures());
        }
        return this;
    }
}
