package dev.steward.testkit.lead;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import java.time.Duration;

/** Advises to lead as it likes, while the world is bad; then it advises one process. Not safe for use by many threads. */
final class LyingElection implements LeaderElection {
    private final LeadWorld world;
    private final LeadProcess process;
    private boolean lead;
    private long until;

    LyingElection(LeadWorld world, LeadProcess process) {
        this.world = world;
        this.process = process;
        until = world.now();
    }

    @Override
    public Advice poll() {
        if (world.isQuiet) {
            lead = world.someRunning().filter(process::equals).isPresent();
            return new Advice(lead, Step.after(Duration.ofMillis(500)));
        }
        long now = world.now();
        if (now - until >= 0) {
            lead = world.oneIn(2);
            until = now + world.millis(10_000).toNanos();
        }
        return new Advice(lead, Step.afterNanos(until - now));
    }

    @Override
    public void resign() {
        lead = false;
    }

    @Override
    public void close() {
        lead = false;
    }
}
