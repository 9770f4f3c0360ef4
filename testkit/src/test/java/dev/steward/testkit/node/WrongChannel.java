package dev.steward.testkit.node;

import dev.steward.node.NodeChannel;
import java.util.function.UnaryOperator;

/** Channels that break the contract, each in one way, and the rule that must notice. */
enum WrongChannel {
    NEVER_CONNECTS("is_connected_once_somebody_listens", WrongViews.NeverConnects::new),
    HAS_NO_STATE("is_connected_once_somebody_listens", WrongViews.HasNoState::new),
    NAMES_ITSELF_AFTER_ITS_STATE("has_one_name_for_ever", WrongViews.NamesItselfAfterItsState::new),
    KNOWS_TOO_FEW_STATES("says_which_states_there_are_or_that_it_does_not_know", WrongViews.KnowsTooFewStates::new),
    COUNTS_AFRESH_AFTER_A_RETURN("never_goes_back_to_an_earlier_version", WrongViews.CountsAfreshAfterAReturn::new),
    COUNTS_NOTHING("shows_one_view_only_under_each_version", WrongViews.CountsNothing::new),
    TEARS("never_mixes_two_instants", WrongViews.Tears::new),
    STAYS_CONNECTED("hints_at_a_loss_and_at_a_return", WrongViews.StaysConnected::new),
    FORGETS_WHAT_IT_SAW("shows_a_lost_node_as_lost_and_keeps_what_was_seen_last", WrongViews.ForgetsWhatItSaw::new),
    LOOKS_AT_THE_LOST("shows_a_fresh_view_after_a_return", WrongViews.LooksAtTheLost::new),
    SHOWS_THE_OLD_VIEW_FIRST("shows_a_fresh_view_after_a_return", WrongViews.ShowsTheOldViewFirst::new),
    WAITS("does_not_wait_and_minds_no_interrupt", WrongViews.Waits::new),

    NEVER_HINTS("hints_at_a_change", WrongHints.NeverHints::new),
    HINTS_AT_EVERY_OTHER_CHANGE("never_loses_the_last_of_many_changes", WrongHints.HintsAtEveryOtherChange::new),
    HINTS_BEFORE_THE_CHANGE("never_loses_the_last_of_many_changes", WrongHints.HintsBeforeTheChange::new),
    TELLS_AT_ONCE("tells_nothing_within_the_call_that_begins_to_listen", WrongHints.TellsAtOnce::new),
    NEVER_LETS_GO("tells_a_listener_nothing_that_has_gone", WrongHints.NeverLetsGo::new),
    SENDS_ALL_AWAY("goes_on_telling_the_others_when_one_has_gone", WrongHints.SendsAllAway::new),
    SENDS_THE_FIRST_AWAY("goes_on_telling_the_others_when_one_has_gone", WrongHints.SendsTheFirstAway::new),
    SENDS_ALL_OF_A_KIND_AWAY("ties_the_same_listener_once_more_each_time", WrongHints.SendsAllOfAKindAway::new),
    SENDS_ANOTHER_AWAY("ties_the_same_listener_once_more_each_time", WrongHints.SendsAnotherAway::new),
    ENDS_WITH_ITS_LAST_LISTENER("begins_again_when_somebody_listens_again", WrongHints.EndsWithItsLastListener::new),
    STOPS_AT_ONE_THAT_THROWS("does_not_suffer_from_a_listener_that_throws", WrongHints.StopsAtOneThatThrows::new),
    STUMBLES_OVER_ONE_THAT_GOES("lets_a_listener_look_and_ask_and_go", WrongHints.StumblesOverOneThatGoes::new),
    IGNORES_WHOM_IT_TELLS("lets_a_listener_look_and_ask_and_go", WrongHints.IgnoresWhomItTells::new),
    IS_SILENT_ABOUT_LOSSES("hints_at_a_loss_and_at_a_return", WrongHints.IsSilentAboutLosses::new),
    IS_SILENT_ABOUT_RETURNS("hints_at_a_loss_and_at_a_return", WrongHints.IsSilentAboutReturns::new),
    GIVES_UP("connects_for_somebody_who_begins_to_listen_to_a_lost_node", WrongHints.GivesUp::new),

    NEVER_ANSWERS_A_LOAD("answers_each_write_once", WrongWrites.NeverAnswersALoad::new),
    ANSWERS_TWICE("answers_each_write_once", WrongWrites.AnswersTwice::new),
    ANSWERS_TOO_EARLY("shows_what_it_has_accepted_by_the_time_of_the_answer", WrongWrites.AnswersTooEarly::new),
    NEVER_PAUSES("shows_what_it_has_accepted_by_the_time_of_the_answer", WrongWrites.NeverPauses::new),
    SETS_MODE_FIRST("never_shows_managed_together_with_the_manager_before", WrongWrites.SetsModeFirst::new),
    ALWAYS_FORGETS("keeps_the_manager_on_release_unless_it_is_to_be_forgotten", WrongWrites.AlwaysForgets::new),
    NEVER_FORGETS("keeps_the_manager_on_release_unless_it_is_to_be_forgotten", WrongWrites.NeverForgets::new),
    TAKES_ANY_STATE(
            "refuses_a_state_that_the_node_does_not_have_before_anything_changes", WrongWrites.TakesAnyState::new),
    REFUSES_TOO_LATE(
            "refuses_a_state_that_the_node_does_not_have_before_anything_changes", WrongWrites.RefusesTooLate::new),
    ASKS_AGAIN_FOR_THE_LAST_BUT_ONE("carries_out_writes_in_their_order", WrongWrites.AsksAgainForTheLastButOne::new),
    ANSWERS_WITHOUT_DOING("carries_out_writes_in_their_order", WrongWrites.AnswersWithoutDoing::new),
    TAKES_SILENCE_FOR_YES("answers_unknown_when_the_node_says_nothing", WrongWrites.TakesSilenceForYes::new),
    WAITS_FOR_EVER("answers_unknown_when_the_node_says_nothing", WrongWrites.WaitsForEver::new),
    IGNORES_WHOM_IT_ANSWERS("may_be_asked_again_from_within_an_answer", WrongWrites.IgnoresWhomItAnswers::new),
    TAKES_OFFENCE("does_not_suffer_from_an_answer_that_throws", WrongWrites.TakesOffence::new),
    KEEPS_TO_ONE_THREAD("may_be_used_by_many_threads", WrongWrites.KeepsToOneThread::new),
    SAYS_UNKNOWN_OF_WHAT_NEVER_LEFT("sends_nothing_to_a_lost_node", WrongWrites.SaysUnknownOfWhatNeverLeft::new),
    SENDS_IT_LATER("sends_nothing_to_a_lost_node", WrongWrites.SendsItLater::new),
    THROWS_FOR_A_LOST_NODE("sends_nothing_to_a_lost_node", WrongWrites.ThrowsForALostNode::new);

    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors
    private final UnaryOperator<NodeChannel> spoil;

    WrongChannel(String rule, UnaryOperator<NodeChannel> spoil) {
        this.rule = rule;
        this.spoil = spoil;
    }

    String rule() {
        return rule;
    }

    /** The same channel, wrong in one thing. */
    NodeChannel spoil(NodeChannel good) {
        return spoil.apply(good);
    }
}
