package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.LeaderElection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;

/** What the tests of {@link LeaderElectionContract} need to be told about an implementation. Extend that one, it has all parts. */
public abstract class LeaderElectionSetting {
    private static final Duration TURN = Duration.ofMillis(10);

    private final List<Candidate> candidates = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    /** For subclasses. */
    protected LeaderElectionSetting() {}

    // ---- what an implementation says

    /**
     * A new candidate for a role, as a process of its own would make it. All candidates of one test for one role compete; those of another
     * test do not.
     *
     * @param process other for each candidate of a test
     */
    protected abstract LeaderElection candidate(String role, String process);

    /** Within what another candidate is advised when one resigns, closes, dies or is cut off; and the first one, when nobody is. */
    protected abstract Duration bound();

    /** The process of a candidate dies, without resigning; false if nothing can do that, and then the rule is left out. */
    protected boolean kill(LeaderElection candidate) {
        return false;
    }

    /** The process of a candidate is cut off from the others; false if nothing can do that, and then rules about it are left out. */
    protected boolean cutOff(LeaderElection candidate) {
        return false;
    }

    /** Ends that. */
    protected void reconnect(LeaderElection candidate) {}

    /** Lets time pass; at first real time. One on virtual time moves its clock, or runs its simulation. */
    protected void letTimePass(Duration length) throws InterruptedException {
        new LinkedBlockingQueue<>().poll(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    // ---- for the rules

    /** Every test ends with all candidates closed. */
    @AfterEach
    public final void closeAll() {
        candidates.forEach(Candidate::close);
    }

    final Candidate enter(String process) {
        return enter("role", process);
    }

    final Candidate enter(String role, String process) {
        Candidate entered = new Candidate(role, candidate(role, process), process);
        candidates.add(entered);
        return entered;
    }

    /** One turn of the loops of all who live: those are asked who have said that they want to be, or woken. */
    final void turn() throws InterruptedException {
        for (Candidate candidate : candidates) {
            candidate.pollIfDue(elapsed);
        }
        letTimePass(TURN);
        elapsed = elapsed.plus(TURN);
    }

    /** Goes on until something holds, for {@link #bound} at most, and a little for the turns. */
    final void await(String what, BooleanSupplier holds) throws InterruptedException {
        Duration end = elapsed.plus(bound()).plus(TURN.multipliedBy(3));
        while (!holds.getAsBoolean() && elapsed.compareTo(end) < 0) {
            turn();
        }
        assertThat(holds.getAsBoolean())
                .as("%s within %s; of the candidates: %s", what, bound(), candidates)
                .isTrue();
    }

    /** Waits until one of a role is advised. */
    final Candidate awaitAdvised(String role) throws InterruptedException {
        await("one is advised for " + role, () -> !advised(role).isEmpty());
        assertThat(advised(role)).as("who is advised").hasSize(1);
        return advised(role).get(0);
    }

    /** Waits until one is advised who is not {@code other}. */
    final Candidate awaitSuccessorOf(Candidate other) throws InterruptedException {
        await(
                "one is advised after " + other,
                () -> advised("role").stream().anyMatch(candidate -> candidate != other));
        return advised("role").stream()
                .filter(candidate -> candidate != other)
                .findFirst()
                .orElseThrow();
    }

    /** Who of those who live is advised. */
    final List<Candidate> advised(String role) {
        return candidates.stream()
                .filter(candidate -> candidate.isOf(role) && candidate.isAdvised())
                .collect(Collectors.toUnmodifiableList());
    }

    /** Lets several bounds go by; the one who is advised is so throughout, and nobody else. */
    final void assertStays(Candidate leader) throws InterruptedException {
        Duration end = elapsed.plus(bound().multipliedBy(3));
        while (elapsed.compareTo(end) < 0) {
            turn();
            assertThat(advised("role")).as("who is advised").containsExactly(leader);
        }
    }

    /** Takes one out whom its process does not ask any more. */
    final void forget(Candidate dead) {
        candidates.remove(dead);
    }
}
