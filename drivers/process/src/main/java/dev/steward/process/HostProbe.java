package dev.steward.process;

import static java.util.Objects.requireNonNull;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.util.function.Consumer;

/** One of the probes of {@link HostProbes}: equal to those that ask the same there. Immutable. */
record HostProbe(Looks looks, Inquiry inquiry) implements Probe {
    @Override
    public void check(Subject subject, Consumer<ProbeResult> answer) {
        looks.begin(inquiry, requireNonNull(subject, "subject"), requireNonNull(answer, "answer"));
    }

    /** What it asks. */
    @Override
    public String toString() {
        return inquiry.toString();
    }
}
