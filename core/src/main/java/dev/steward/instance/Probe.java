package dev.steward.instance;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.function.Consumer;

/**
 * Finds out whether an instance that runs is ready, or still well.
 *
 * <p><b>Contract.</b> {@link #check} begins one look and returns at once. The answer is given once, from any thread, perhaps from within the
 * call; one that comes after the time limit of the {@link ProbePlan} is ignored, and none at all counts as unwell. One that throws counts
 * as unwell too. A probe knows nothing of earlier looks: how many failures matter, is the plan's.
 *
 * <p>Probes are compared with {@code equals} when a configuration is loaded again: those that are made of values should be records.
 *
 * <p>Implementations are tested with the testkit's {@code ProbeContract}; {@code HostProbes} of {@code steward-process} has those that
 * most programs need.
 */
@FunctionalInterface
public interface Probe {
    /** Begins one look. */
    void check(Subject subject, Consumer<ProbeResult> answer);

    /**
     * Whom a probe looks at. Immutable.
     *
     * @param name the instance
     * @param life the life of it that runs
     * @param pid of its first process; more than zero
     */
    record Subject(String name, Incarnation life, long pid) {
        /** @throws IllegalArgumentException if the pid is not more than zero */
        public Subject {
            checkNotNull(name, "name");
            checkNotNull(life, "life");
            checkArgument(pid > 0, "pid %s of '%s'", pid, name);
        }
    }
}
