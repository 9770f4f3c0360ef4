package dev.steward.testkit.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.loop.Step;
import dev.steward.testkit.FakeElection;
import dev.steward.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The fake election advises whom it is told to, and lies when it is told to. */
class FakeElectionTest {
    private final Simulation simulation = new Simulation(5);
    private final FakeElection election = new FakeElection(simulation);
    private final FakeElection.Candidate p1 = election.candidate("role", "p1");
    private final FakeElection.Candidate p2 = election.candidate("role", "p2");

    private String advised() {
        return (p1.poll().lead() ? "p1" : "") + (p2.poll().lead() ? "p2" : "");
    }

    private void run(Duration length) {
        simulation.run(length);
    }

    @Test
    void advises_two_at_once_or_nobody_and_is_honest_again() {
        run(Duration.ZERO);
        assertThat(advised()).isEqualTo("p1");

        election.advise("role", "p1", "p2");
        assertThat(advised()).isEqualTo("p1p2");
        assertThat(election.advised("role")).containsExactly("p1", "p2");
        election.advise("role", "p2");
        assertThat(advised()).isEqualTo("p2");
        election.advise("role");
        assertThat(advised()).isEmpty();
        election.honest();
        assertThat(advised()).isEqualTo("p1");
    }

    @Test
    void advises_nobody_while_the_advice_moves() {
        election.movesAfter(Duration.ofSeconds(1));
        run(Duration.ofSeconds(1));
        p1.crash();

        run(Duration.ofMillis(999));
        assertThat(advised()).isEmpty();
        run(Duration.ofMillis(1));
        assertThat(advised()).isEqualTo("p2");
    }

    @Test
    void tells_anybody_anything_while_it_lies() {
        election.lies(Duration.ofSeconds(2));
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(advised());
            run(Duration.ofMillis(500));
        }

        assertThat(seen).containsExactly("", "p1", "p1p2", "p2");
        assertThat(p1.poll().next().delay()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void does_not_advise_one_who_resigned_within_the_same_lie() {
        election.lies(Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            if (p1.poll().lead()) {
                p1.resign();
                assertThat(p1.poll().lead()).isFalse();
            }
            run(Duration.ofSeconds(1));
        }
    }

    @Test
    void says_the_opposite_by_plan() {
        run(Duration.ZERO);
        simulation.faults().on("election.advice.wrong", 2, 3);

        assertThat(List.of(advised(), advised(), advised())).containsExactly("p1p2", "", "p1");
    }

    @Test
    void wakes_at_a_change_unless_the_plan_says_otherwise() {
        List<String> woken = new ArrayList<>();
        p1.wakeWith(() -> woken.add("p1"));
        p2.wakeWith(() -> woken.add("p2"));
        woken.clear();
        run(Duration.ZERO);
        assertThat(woken).containsExactly("p1");

        simulation.faults().on("election.wake.lost", 1);
        p1.close();
        run(Duration.ZERO);
        assertThat(woken).containsExactly("p1");
        assertThat(p2.poll().lead()).isTrue();
        assertThat(p2.poll().next()).isEqualTo(Step.after(Duration.ofSeconds(1)));
    }
}
