package dev.steward.instance;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether one instance is well: asks its probes, and its policy for restarts, while there is somebody to ask about. Costs nothing where there
 * are none. Not safe for use by many threads.
 */
final class Checks {
    private final Host host;
    private final InstanceRunner runner;
    private @Nullable Prober readiness;
    private @Nullable Prober liveness;
    private @Nullable Recycler recycler;
    private @Nullable Incarnation ready;
    private String last = "";

    Checks(Host host, InstanceRunner runner) {
        this.host = host;
        this.runner = runner;
    }

    /** Whether that life has said that it is ready, or nobody asks. */
    boolean isReady(InstanceSpec spec, @Nullable Life life) {
        return spec.health().readiness().isEmpty() || (life != null && life.id().equals(ready));
    }

    /** Whether who is waited for to be ready has been asked lately, so that it may be said not to be. */
    boolean hasAskedLately() {
        return readiness != null && readiness.hasAnsweredLately();
    }

    /** That life was ready before anybody here could ask. */
    void assumeReady(Life life) {
        ready = life.id();
    }

    /** What the last look found, if it was not well. */
    String last() {
        return last;
    }

    /** Sees to it that who should be asked is, and nobody else, as the instance stands now. */
    void follow(Health health, NextAction next, @Nullable Life life) {
        if (life == null || !life.isRunning()) {
            end();
            return;
        }
        boolean starts = next == NextAction.WAIT_START && !life.id().equals(ready);
        boolean up = next == NextAction.UP;
        readiness = follow(readiness, starts ? health.readiness() : Optional.empty(), life);
        liveness = follow(liveness, up ? health.liveness() : Optional.empty(), life);
        recycler = follow(recycler, up ? health.recycle() : RecyclePolicy.never(), life);
    }

    private @Nullable Prober follow(@Nullable Prober now, Optional<ProbePlan> plan, Life life) {
        if (now != null && plan.isPresent() && now.asks(plan.get(), life)) {
            return now;
        }
        end(now);
        if (plan.isEmpty()) {
            return null;
        }
        var subject = new Probe.Subject(runner.name(), life.id(), life.pid());
        boolean toBeReady = runner.next() == NextAction.WAIT_START;
        return new Prober(host, plan.get(), subject, found -> found(found, toBeReady, subject, plan.get()));
    }

    private @Nullable Recycler follow(@Nullable Recycler now, RecyclePolicy policy, Life life) {
        if (now != null && now.asks(policy, life)) {
            return now;
        }
        if (now != null) {
            now.end();
        }
        return policy == RecyclePolicy.never() ? null : new Recycler(host, runner, policy, life);
    }

    private static void end(@Nullable Prober prober) {
        if (prober != null) {
            prober.end();
        }
    }

    /** Nobody is asked any more. */
    void end() {
        end(readiness);
        readiness = null;
        end(liveness);
        liveness = null;
        last = "";
        if (recycler != null) {
            recycler.end();
            recycler = null;
        }
    }

    private void found(Prober.Findings found, boolean toBeReady, Probe.Subject subject, ProbePlan plan) {
        String before = last;
        last = found.last().isWell() ? "" : runner.hide(found.last().text());
        if (!last.equals(before)) {
            runner.wake(); // to show it
        }
        if (toBeReady && found.last().isWell()) {
            ready = subject.life();
            runner.wake();
        } else if (toBeReady) {
            runner.ready(); // its time may be over
        } else if (found.last().isWell()) {
            runner.isWellAgain();
        } else if (found.badInARow() >= plan.failures()) {
            String text = found.badInARow() + " looks in a row say that it is not well: " + last;
            runner.recycle(Recycle.failed(InstanceCause.UNWELL, text, Duration.ZERO));
        }
    }
}
