package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.util.function.Supplier;

/** Asks the host application. As safe as its supplier. */
record CustomInquiry(Supplier<ProbeResult> supplier) implements Inquiry {
    @Override
    public ProbeResult ask(Probe.Subject subject) {
        return supplier.get();
    }

    @Override
    public String toString() {
        return "custom " + supplier;
    }
}
