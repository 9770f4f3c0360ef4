package dev.steward.testkit.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testkit.contract.Failures;
import dev.steward.testkit.contract.InstanceDriverContract;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract of drivers finds wrong drivers: each of these differs from the fake in one thing. */
class WrongDriversTest {
    /** Each with the rule that it breaks. */
    private static final String WRONG = """
            WrongNews$TellsAnExitTwice, tells_an_exit_once_with_its_code
            WrongNews$TellsAnotherCode, tells_an_exit_once_with_its_code
            WrongNews$LooksBeforeItsOrders, looks_at_no_earlier_time_than_the_orders_before_it
            WrongNews$ForgetsWhatLingers, tells_what_lingers_and_when_it_is_gone
            WrongOrders$KillsWhenClosed, kills_nothing_when_it_is_closed_and_tells_nothing_any_more
            WrongNews$TellsRefusedAsRunning, answers_a_launch_that_fails_once_with_the_reason
            WrongNews$RefusesForAnotherReason, answers_a_launch_that_fails_once_with_the_reason
            WrongNews$AnswersALaunchTwice, answers_a_launch_once_with_running
            WrongNews$ForgetsTheTicket, answers_each_look_with_its_ticket_in_order
            WrongNews$ListsTheDead, lists_what_runs_and_nothing_else
            WrongNews$ForgetsSurvivors, finds_what_an_earlier_driver_of_the_same_owner_has_left
            WrongNews$TellsNewsOutOfOrder, tells_each_life_in_the_order_of_what_happened
            WrongNews$TellsNewsWhenClosed, kills_nothing_when_it_is_closed_and_tells_nothing_any_more
            WrongOrders$TakesOrdersWhenClosed, takes_no_orders_when_it_is_closed
            WrongOrders$OpensTwice, refuses_to_be_opened_twice
            WrongOrders$OpensWhenClosed, refuses_to_be_opened_when_it_is_closed
            WrongNews$TakesACensusTooMany, tells_the_first_census_by_itself_and_no_other
            WrongOrders$KillsWhatIgnoresASignal, leaves_a_life_alone_that_ignores_a_signal
            WrongOrders$SignalsByName, sends_no_signal_for_a_life_that_is_gone
            WrongOrders$SignalsEverything, sends_no_signal_to_the_life_of_another_instance
            WrongOrders$SwapsOrders, carries_orders_out_in_the_order_given
            WrongOrders$SignalsTheFirstProcessOnly, sends_a_signal_to_the_whole_tree_of_a_life
            WrongOrders$LosesSignals, tells_a_life_that_a_signal_ended_with_the_signal
            WrongOrders$StopsAtARefusal, launches_what_comes_after_a_launch_that_fails
            WrongRunning$TiresOfTheReason, refuses_what_can_never_succeed_for_the_same_reason_every_time
            WrongRunning$TellsNoAge, says_for_how_long_each_life_has_run
            WrongRunning$TellsTheAgeOfTheHost, says_for_how_long_each_life_has_run
            WrongRunning$TakesSurvivorsForNewborn, says_for_how_long_each_survivor_has_run
            WrongRunning$LaunchesWithoutALeader, answers_a_launch_once_with_running
            WrongRunning$TakesAllForLed, says_which_lives_have_lost_their_first_process
            WrongRunning$TakesNoneForLed, says_which_lives_have_lost_their_first_process
            WrongRunning$KeepsThePidOfTheDead, says_which_lives_have_lost_their_first_process
            WrongRunning$TakesSurvivorsForLed, finds_out_which_survivors_have_lost_their_first_process
            WrongWords$ShowsTheFirstLines, shows_the_last_lines_that_an_instance_has_written_the_oldest_first
            WrongWords$ShowsTheNewestFirst, shows_the_last_lines_that_an_instance_has_written_the_oldest_first
            WrongWords$MixesTheStreams, keeps_the_streams_of_each_instance_apart
            WrongWords$ShowsTheLastLifeOnly, shows_what_earlier_lives_have_written_too
            WrongWords$ShowsNoLinesWithoutAWord, shows_at_least_one_line_or_refuses
            WrongWords$ShowsNothingUnlessItIsOpen, shows_what_was_written_before_it_is_opened_and_after_it_is_closed
            WrongWords$MeasuresNothing, answers_each_measurement_of_what_runs_once
            WrongWords$MeasuresTwice, answers_each_measurement_of_what_runs_once
            WrongWords$MeasuresTheDead, answers_no_measurement_of_what_is_gone
            WrongEnds$LeavesAll, stops_all_that_runs_when_it_is_closed_if_it_was_made_to
            WrongEnds$LeavesTheDeaf, stops_all_that_runs_when_it_is_closed_if_it_was_made_to
            WrongEnds$LeavesWhatLingers, stops_all_that_runs_when_it_is_closed_if_it_was_made_to
            WrongEnds$TellsWhatItStops, stops_all_that_runs_when_it_is_closed_if_it_was_made_to
            WrongEnds$TakesItsTime, stops_all_that_runs_when_it_is_closed_if_it_was_made_to
            WrongEnds$StopsItsOwnOnly, stops_what_an_earlier_driver_has_left_too
            WrongEnds$KillsWithoutAWord, tells_what_it_stops_to_terminate_before_it_kills
            WrongEnds$CarriesOutWhatIsUnderWay, leaves_nothing_of_a_launch_that_is_under_way_when_it_stops_all
            """;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = WRONG)
    void finds(String wrong, String rule) throws ClassNotFoundException {
        assertThat(Failures.of(Class.forName(getClass().getPackageName() + "." + wrong)))
                .contains(rule);
    }

    @Test
    void has_a_wrong_driver_for_each_rule() {
        Set<String> broken = WRONG.lines()
                .map(line -> line.substring(line.indexOf(',') + 1).strip())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rules = Failures.rules(InstanceDriverContract.class);

        assertThat(broken).isEqualTo(rules);
        System.out.println("contract InstanceDriver: " + WRONG.lines().count() + " wrong implementations, "
                + rules.size() + " rules, all failed once");
    }

    @Test
    void finds_nothing_in_a_decorator_that_changes_nothing() {
        assertThat(Failures.of(WrongNews.ChangesNothing.class)).isEmpty();
    }

    @Test
    void finds_nothing_in_one_that_stops_its_children_in_a_way_of_its_own() {
        assertThat(Failures.of(WrongEnds.StopsInItsOwnWay.class)).isEmpty();
    }
}
