package dev.steward.process;

import dev.steward.instance.LaunchSpec;
import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;

/** Whether a program ends with code 0. Immutable. */
record ExecInquiry(ProbePrograms programs, LaunchSpec launch) implements Inquiry {
    @Override
    public ProbeResult ask(Probe.Subject subject) throws InterruptedException {
        return programs.run(launch);
    }

    @Override
    public String toString() {
        return "exec " + launch.argv();
    }
}
