package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.io.IOException;

/**
 * What a probe of this host asks. Immutable, with the {@code equals} of its values, and a {@code toString} for people. Safe for use by many
 * threads.
 */
interface Inquiry {
    /**
     * Finds out; may take its time, but gives up when it is interrupted.
     *
     * @throws InterruptedException if it was
     * @throws IOException if it cannot find out; the same as if something were wrong
     */
    ProbeResult ask(Probe.Subject subject) throws IOException, InterruptedException;
}
