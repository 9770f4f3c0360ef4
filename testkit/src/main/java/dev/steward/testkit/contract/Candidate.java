package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.Advice;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.Step;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One who stands for election in a test, with the loop that asks it: when it has said so or when it wakes, not more often. The waking is safe
 * for use by many threads, the rest is for the thread of the test.
 */
final class Candidate {
    private static final int SPIN = 1_000;
    private static final Duration LONG = Duration.ofDays(1_000);

    private final String role;
    private final LeaderElection election;
    private final String process;
    private final AtomicBoolean woken = new AtomicBoolean(true);
    private Duration due = Duration.ZERO;
    private boolean advised;

    Candidate(String role, LeaderElection election, String process) {
        this.role = role;
        this.election = election;
        this.process = process;
        election.wakeWith(() -> woken.set(true));
    }

    LeaderElection election() {
        return election;
    }

    boolean isOf(String other) {
        return role.equals(other);
    }

    void pollIfDue(Duration now) {
        if (!woken.getAndSet(false) && now.compareTo(due) < 0) {
            return;
        }
        Advice advice = election.poll();
        for (int i = 0; advice.next().kind() == Step.Kind.AGAIN; i++) {
            assertThat(i)
                    .as("how often %s wants to be asked at one instant", this)
                    .isLessThan(SPIN);
            advice = election.poll();
        }
        advised = advice.lead();
        due = advice.next().kind() == Step.Kind.AFTER
                ? now.plus(
                        advice.next().delay().compareTo(LONG) < 0
                                ? advice.next().delay()
                                : LONG)
                : now.plus(LONG);
    }

    /** As it was last told. */
    boolean isAdvised() {
        return advised;
    }

    /** Asks it at once, due or not. */
    boolean poll() {
        woken.set(true); // what it says besides is asked for at the next turn
        advised = election.poll().lead();
        return advised;
    }

    void resign() {
        election.resign();
    }

    void close() {
        election.close();
        advised = false;
        woken.set(true);
    }

    @Override
    public String toString() {
        return process + (advised ? ", advised" : "");
    }
}
