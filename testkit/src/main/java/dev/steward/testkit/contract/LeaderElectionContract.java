package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.lead.LeaderElection;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LeaderElection} must do while nothing else fails. <b>Made for you to extend</b> in the test of an election of your own: say
 * how to make a candidate, within what time the advice moves, and, as far as there is such a thing, how a candidate dies and how it is cut
 * off. Rules about what there is not are left out.
 *
 * <p>Candidates are asked as their advice says, and when they wake; one that wants to be asked too late, or never, is found by the rule that
 * misses its change. Time passes by {@link #letTimePass}.
 */
public abstract class LeaderElectionContract extends LeaderElectionSetting {
    /** For subclasses. */
    protected LeaderElectionContract() {}

    // ---- who is advised

    @Test
    public final void advises_one_who_is_alone() throws InterruptedException {
        Candidate only = enter("p1");

        assertThat(awaitAdvised("role")).isSameAs(only);
        assertStays(only);
    }

    @Test
    public final void advises_one_of_several_and_goes_on_advising_it() throws InterruptedException {
        enter("p1");
        enter("p2");
        enter("p3");

        Candidate leader = awaitAdvised("role");

        assertStays(leader);
    }

    @Test
    public final void leaves_the_advice_where_it_is_when_others_come() throws InterruptedException {
        Candidate first = enter("p1");
        awaitAdvised("role");

        enter("p2");
        enter("p3");

        assertStays(first);
    }

    @Test
    public final void keeps_roles_apart() throws InterruptedException {
        Candidate here = enter("role", "p1");
        Candidate there = enter("other", "p2");

        assertThat(awaitAdvised("role")).isSameAs(here);
        assertThat(awaitAdvised("other")).isSameAs(there);
        here.close();
        assertThat(awaitAdvised("other")).isSameAs(there);
        assertThat(advised("role")).isEmpty();
    }

    // ---- resigning

    @Test
    public final void advises_another_when_one_resigns() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");

        first.resign();

        assertThat(first.poll()).as("advice to one who has just resigned").isFalse();
        Candidate second = awaitSuccessorOf(first);
        assertThat(advised("role")).containsExactly(second);
        assertStays(second);
    }

    @Test
    public final void does_not_advise_one_who_resigned_until_it_is_given_the_advice_anew() throws InterruptedException {
        Candidate only = enter("p1");
        awaitAdvised("role");

        only.resign();

        assertThat(only.poll()).as("advice to one who has just resigned").isFalse();
        assertThat(awaitAdvised("role")).as("who is advised in the end").isSameAs(only);
    }

    @Test
    public final void lets_one_who_resigned_try_again() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");
        first.resign();
        first.poll();
        Candidate second = awaitSuccessorOf(first);

        second.close();

        assertThat(awaitSuccessorOf(second)).isSameAs(first);
    }

    @Test
    public final void takes_nothing_from_others_when_one_resigns_who_is_not_advised() throws InterruptedException {
        Candidate unborn = enter("p0");
        unborn.resign();
        unborn.close();
        Candidate first = enter("p1");
        awaitAdvised("role");
        Candidate second = enter("p2");
        turn();

        second.resign();
        second.resign();

        assertThat(first.poll()).as("advice to the one who has it").isTrue();
        assertStays(first);
    }

    // ---- the end

    @Test
    public final void advises_another_when_one_closes() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");

        first.close();

        Candidate second = awaitSuccessorOf(first);
        assertStays(second);
    }

    @Test
    public final void never_advises_one_that_is_closed() throws InterruptedException {
        Candidate first = enter("p1");
        awaitAdvised("role");

        first.close();

        for (int i = 0; i < 10; i++) {
            assertThat(first.poll()).as("advice to one who is closed").isFalse();
            turn();
        }
        assertThat(awaitSuccessorOfAll()).as("who comes later").isNotSameAs(first);
    }

    private Candidate awaitSuccessorOfAll() throws InterruptedException {
        Candidate late = enter("late");
        assertThat(awaitAdvised("role")).isSameAs(late);
        return late;
    }

    @Test
    public final void takes_nothing_from_others_when_it_is_closed_again() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");
        first.close();
        Candidate second = awaitSuccessorOf(first);

        first.close();
        first.resign();
        first.close();

        assertThat(second.poll()).as("advice to the one who has it").isTrue();
        assertStays(second);
    }

    // ---- death and separation

    @Test
    public final void advises_another_when_one_dies() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");
        assumeTrue(kill(first.election()), "nothing can kill a candidate");
        forget(first);

        Candidate second = awaitSuccessorOf(first);

        assertStays(second);
    }

    @Test
    public final void moves_the_advice_from_one_who_is_cut_off() throws InterruptedException {
        enter("p1");
        enter("p2");
        Candidate first = awaitAdvised("role");
        assumeTrue(cutOff(first.election()), "nothing can cut a candidate off");

        Candidate second = awaitSuccessorOf(first);

        await("the one who is cut off stops", () -> !first.isAdvised());
        assertStays(second);
        reconnect(first.election());
        assertStays(second);
        second.close();
        assertThat(awaitSuccessorOf(second)).as("who is back").isSameAs(first);
    }
}
