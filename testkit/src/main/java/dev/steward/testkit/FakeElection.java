package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The elections of a {@link Simulation}, which do as they are told: they are honest, advise whom the test names, or lie.
 *
 * <p>At first they are honest: of each role the candidate who has waited longest is advised, and when it resigns, closes, crashes or is cut
 * off, the next one is, {@linkplain #movesAfter after a while}. A change of advice wakes the candidate. What may go wrong besides are points
 * of the simulation's {@link FaultPlan}:
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>{@code election.advice.wrong}</td><td>one answer is the opposite of what it should be</td></tr>
 * <tr><td>{@code election.wake.lost}</td><td>a change of advice wakes nobody; it is found when the candidate asks again, in a second</td></tr>
 * </table>
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeElection {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    private final Simulation simulation;
    private final SplitMix chance;
    private final Map<String, Role> roles = new TreeMap<>();
    private Duration movesAfter = Duration.ZERO;
    private Duration lies = Duration.ZERO;

    /** Elections without candidates. */
    public FakeElection(Simulation simulation) {
        this.simulation = checkNotNull(simulation, "simulation");
        this.chance = new SplitMix(simulation.seed() ^ 0xE1EC7L);
    }

    /** A new candidate of a process for a role; a restarted process is a new candidate. */
    public Candidate candidate(String role, String process) {
        Candidate candidate = new Candidate(role(role), process);
        candidate.role.enter(candidate);
        return candidate;
    }

    // ---- levers

    /** How long nobody is advised when the advice moves; at first no time, though never within the call. */
    public FakeElection movesAfter(Duration length) {
        checkArgument(!length.isNegative(), "time cannot pass backwards: %s", length);
        movesAfter = length;
        return this;
    }

    /** Candidates of these processes are advised for the role, from now on and all of them: two, or none, as it is told. */
    public FakeElection advise(String role, String... processes) {
        role(role).told = Set.of(processes);
        role(role).wake();
        return this;
    }

    /**
     * Each candidate of each role is told anything, and at the latest after so long something else.
     *
     * @throws IllegalArgumentException if {@code longest} is not above zero
     */
    public FakeElection lies(Duration longest) {
        checkArgument(longest.compareTo(Duration.ZERO) > 0, "longest is not above zero: %s", longest);
        lies = longest;
        roles.values().forEach(Role::wake);
        return this;
    }

    /** Ends what {@link #advise} and {@link #lies} have said, for all roles. */
    public FakeElection honest() {
        lies = Duration.ZERO;
        roles.values().forEach(role -> role.told = null);
        roles.values().forEach(Role::wake);
        return this;
    }

    /** The processes that an honest election advises now, at most one; or those that the test has named. */
    public List<String> advised(String role) {
        return role(role).line.stream()
                .filter(Candidate::isDue)
                .map(Candidate::process)
                .collect(Collectors.toUnmodifiableList());
    }

    private Role role(String name) {
        return roles.computeIfAbsent(name, Role::new);
    }

    /** Who stands for one role. */
    private final class Role {
        private final String name;
        private final List<Candidate> line = new ArrayList<>(); // who has waited longest is the first
        private @Nullable Candidate chosen;
        private @Nullable Set<String> told;
        private boolean choosing;

        private Role(String name) {
            this.name = name;
        }

        private void enter(Candidate candidate) {
            line.add(candidate);
            choose();
        }

        private void leave(Candidate candidate) {
            line.remove(candidate);
            if (chosen == candidate) {
                chosen = null;
                choose();
            }
        }

        private void choose() {
            if (chosen == null && !choosing && !line.isEmpty()) {
                choosing = true;
                simulation.after(movesAfter, "election of " + name, this::chooseNow);
            }
        }

        private void chooseNow() {
            choosing = false;
            if (!line.isEmpty()) {
                chosen = line.get(0);
                line.get(0).wake();
            }
        }

        private void wake() {
            line.forEach(Candidate::wake);
        }
    }

    /** One process's part in the election of one role. Not safe for use by many threads. */
    public final class Candidate implements LeaderElection {
        private final Role role;
        private final String process;
        private WakeUp wakeUp = () -> {};
        private boolean closed;
        private boolean lie;
        private long lieEnds;

        private Candidate(Role role, String process) {
            this.role = role;
            this.process = checkNotNull(process, "process");
        }

        /** Whose it is. */
        public String process() {
            return process;
        }

        /** The process dies: another is advised, and this one is no longer woken. */
        public void crash() {
            closed = true;
            wakeUp = () -> {};
            role.leave(this);
        }

        /** The process is cut off: it is not advised, and another is. */
        public void cutOff() {
            role.leave(this);
            wake();
        }

        /** Ends that; this one comes last. */
        public void reconnect() {
            if (!closed && !role.line.contains(this)) {
                role.enter(this);
            }
        }

        private boolean isDue() {
            Set<String> told = role.told;
            return told == null ? role.chosen == this : told.contains(process);
        }

        private void wake() {
            if (!simulation.faults().decide("election.wake.lost")) {
                wakeUp.wake();
            }
        }

        @Override
        public Advice poll() {
            if (closed) {
                return new Advice(false, Step.parked());
            }
            Step step = Step.after(ASK_AGAIN);
            boolean lead = role.line.contains(this) && isDue();
            if (!lies.isZero()) {
                long now = simulation.elapsedNanos();
                if (now >= lieEnds) {
                    lie = chance.next() < 0;
                    lieEnds = now + 1 + Math.floorMod(chance.next(), lies.toNanos());
                }
                lead = lie;
                step = Step.afterNanos(lieEnds - now);
            }
            return new Advice(lead != simulation.faults().decide("election.advice.wrong"), step);
        }

        @Override
        public void resign() {
            lie = false;
            if (role.chosen == this) {
                role.leave(this);
                role.enter(this);
            }
        }

        @Override
        public void wakeWith(WakeUp loop) {
            if (!closed) {
                wakeUp = checkNotNull(loop, "wakeUp");
                loop.wake();
            }
        }

        @Override
        public void close() {
            closed = true;
            role.leave(this);
        }

        @Override
        public String toString() {
            return process + " for " + role.name;
        }
    }
}
