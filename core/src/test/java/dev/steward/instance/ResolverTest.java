package dev.steward.instance;

import static dev.steward.instance.NextAction.DOWN;
import static dev.steward.instance.NextAction.INOPERABLE;
import static dev.steward.instance.NextAction.START;
import static dev.steward.instance.NextAction.START_AT;
import static dev.steward.instance.NextAction.UP;
import static dev.steward.instance.NextAction.WAIT_DEAD;
import static dev.steward.instance.NextAction.WAIT_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.instance.Resolver.Act;
import dev.steward.instance.Resolver.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
    private static final boolean[] NO_YES = {false, true};

    private record Asked(
            boolean operable, NextAction next, TargetState target, boolean running, boolean passive, boolean due) {
        Outcome answer() {
            return Resolver.resolve(operable, next, target, running, passive, due);
        }
    }

    @Test
    void makes_the_legal_moves_and_no_other() {
        Map<NextAction, Set<NextAction>> moves = new EnumMap<>(NextAction.class);
        everything()
                .forEach(asked -> moves.computeIfAbsent(asked.next(), from -> EnumSet.noneOf(NextAction.class))
                        .add(asked.answer().next()));

        assertThat(moves)
                .containsOnly(
                        Map.entry(DOWN, EnumSet.of(DOWN, UP, START, INOPERABLE)),
                        Map.entry(UP, EnumSet.of(UP, DOWN, START_AT, WAIT_DEAD, INOPERABLE)),
                        Map.entry(START_AT, EnumSet.of(START_AT, START, DOWN, UP, INOPERABLE)),
                        Map.entry(START, EnumSet.of(START, WAIT_START, DOWN, UP, INOPERABLE)),
                        Map.entry(WAIT_START, EnumSet.of(WAIT_START, UP, DOWN, START_AT, INOPERABLE)),
                        Map.entry(WAIT_DEAD, EnumSet.of(WAIT_DEAD, DOWN, INOPERABLE)),
                        Map.entry(INOPERABLE, EnumSet.of(INOPERABLE, START, DOWN, UP)));
    }

    @Test
    void can_reach_every_row() {
        Set<Integer> rows = new HashSet<>();
        everything().forEach(asked -> rows.add(asked.answer().row()));

        assertThat(rows).hasSize(22).allMatch(row -> row >= 1 && row <= 22);
    }

    @Test
    void answers_with_what_was_made_before() {
        assertThat(everything()).allSatisfy(asked -> assertThat(asked.answer()).isSameAs(asked.answer()));
    }

    @Test
    void never_interrupts_a_launch_or_a_stop_under_way() {
        for (Asked asked : everything()) {
            if (asked.operable() && (asked.next() == WAIT_START || asked.next() == WAIT_DEAD)) {
                Outcome outcome = asked.answer();

                assertThat(outcome.row()).isBetween(2, 8);
                for (TargetState other : TargetState.values()) {
                    Outcome same =
                            Resolver.resolve(true, asked.next(), other, asked.running(), asked.passive(), asked.due());
                    assertThat(same.row()).isEqualTo(outcome.row());
                }
            }
        }
    }

    @Test
    void acts_only_on_an_operable_instance_that_is_wanted_so() {
        for (Asked asked : everything()) {
            switch (asked.answer().act()) {
                case NOTHING -> {}
                case LAUNCH ->
                    assertThat(asked)
                            .matches(Asked::operable)
                            .returns(TargetState.UP, Asked::target)
                            .returns(START, Asked::next);
                case TERMINATE ->
                    assertThat(asked)
                            .matches(Asked::operable)
                            .returns(TargetState.DOWN, Asked::target)
                            .returns(UP, Asked::next);
            }
        }
    }

    @Test
    void sets_a_timer_for_every_timed_action_it_enters_and_for_no_other() {
        for (Asked asked : everything()) {
            Outcome outcome = asked.answer();
            boolean enters = outcome.next() != asked.next()
                    && EnumSet.of(START_AT, WAIT_START, WAIT_DEAD).contains(outcome.next());

            assertThat(outcome.timer() != Timer.KEEP).as("%s", asked).isEqualTo(enters);
            assertThat(outcome.sleepUntilDue()).isEqualTo(outcome.row() == 8 || outcome.row() == 10);
        }
    }

    @Test
    void takes_back_a_request_of_an_instance_that_is_only_watched_and_of_no_other() {
        for (Asked asked : everything()) {
            TargetState after = asked.answer().target();

            assertThat(after).isIn(asked.target(), asked.passive() ? TargetState.PASSIVE : asked.target());
        }
    }

    @Test
    void counts_as_failure_only_the_exit_of_an_instance_that_should_be_up() {
        for (Asked asked : everything()) {
            boolean gone = asked.operable() && asked.next() == UP && !asked.running();

            assertThat(asked.answer().isFailure()).isEqualTo(gone && asked.target() == TargetState.UP);
        }
    }

    @Test
    void stops_a_dead_instance_that_is_no_longer_wanted_and_records_no_failure() {
        Outcome outcome = Resolver.resolve(true, UP, TargetState.DOWN, false, false, true);

        assertThat(outcome)
                .returns(17, Outcome::row)
                .returns(Act.TERMINATE, Outcome::act)
                .matches(o -> !o.isFailure());
    }

    @Test
    void launches_a_second_copy_after_a_refused_stop_as_the_reference_does() {
        Outcome refused = Resolver.resolve(true, WAIT_DEAD, TargetState.UP, true, false, true);
        Outcome then = Resolver.resolve(true, refused.next(), refused.target(), true, false, true);
        Outcome last = Resolver.resolve(true, then.next(), then.target(), true, false, true);

        assertThat(List.of(refused.row(), then.row(), last.row())).containsExactly(7, 14, 11);
        assertThat(last.act()).isEqualTo(Act.LAUNCH);
    }

    @ParameterizedTest
    @EnumSource(NextAction.class)
    void brings_an_obedient_instance_where_it_is_wanted_from_anywhere(NextAction from) {
        for (boolean runs : NO_YES) {
            assertThat(restingPlace(from, TargetState.UP, runs)).isEqualTo(UP);
            assertThat(restingPlace(from, TargetState.DOWN, runs)).isEqualTo(DOWN);
        }
    }

    /** Property: whatever was wanted and whatever died, in quiet it settles as wanted. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void settles_as_wanted_after_any_history(long seed) {
        Random random = new Random(seed);
        NextAction next = DOWN;
        TargetState target = TargetState.DOWN;
        boolean running = false;
        for (int i = 0; i < 500; i++) {
            target = random.nextBoolean() ? TargetState.UP : TargetState.DOWN;
            running ^= random.nextInt(4) == 0;
            next = Resolver.resolve(true, next, target, running, false, random.nextBoolean())
                    .next();
        }

        assertThat(restingPlace(next, target, running)).isEqualTo(target == TargetState.UP ? UP : DOWN);
    }

    /** Where an instance that starts and stops when told to comes to rest. */
    private static NextAction restingPlace(NextAction from, TargetState target, boolean runs) {
        NextAction next = from;
        boolean running = runs;
        for (int calls = 0; calls < 8; calls++) {
            Outcome outcome = Resolver.resolve(true, next, target, running, false, true);
            next = outcome.next();
            running = switch (outcome.act()) {
                case NOTHING -> running;
                case LAUNCH -> true;
                case TERMINATE -> false;
            };
        }
        return next;
    }

    private static List<Asked> everything() {
        List<Asked> all = new ArrayList<>();
        for (NextAction next : NextAction.values()) {
            for (TargetState target : TargetState.values()) {
                for (int bits = 0; bits < 16; bits++) {
                    all.add(new Asked(
                            (bits & 1) != 0, next, target, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
                }
            }
        }
        return all;
    }
}
