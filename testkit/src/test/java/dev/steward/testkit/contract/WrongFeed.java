package dev.steward.testkit.contract;

import dev.steward.event.StateFeed;
import dev.steward.time.VirtualTime;
import java.util.function.BiFunction;

/** Feeds that break the contract, each in one way, and the rule that must notice. */
enum WrongFeed {
    SKIPS_NUMBERS("numbers_events_from_one_without_gaps", ReadingDefects.SkipsNumbers::new),
    FORGETS_THE_REQUEST("answers_with_the_event_as_it_was_published", ReadingDefects.ForgetsTheRequest::new),
    STAMPS_IN_ORDER("keeps_the_order_when_the_wall_clock_is_set_back", ReadingDefects.StampsInOrder::new),
    DELIVERS_TWICE("delivers_each_event_once_and_in_order", ReadingDefects.DeliversTwice::new),
    BEGINS_AT_THE_START("begins_behind_the_last_event_unless_told_otherwise", ReadingDefects.BeginsAtTheStart::new),
    FORGETS_THE_POSITION(
            "loses_nothing_between_a_position_and_the_subscription_from_it", ReadingDefects.ForgetsThePosition::new),
    CLAIMS_TO_HAVE_READ_ALL(
            "lets_a_reader_go_on_from_the_position_of_another", ReadingDefects.ClaimsToHaveReadAll::new),
    TAKES_ANY_NUMBER("refuses_a_position_that_it_has_not_reached", ReadingDefects.TakesAnyNumber::new),
    SKIPS_IN_SILENCE("tells_a_reader_that_is_too_far_behind_just_what_it_has_lost", ReadingDefects.SkipsInSilence::new),
    KEEPS_ONE_LESS("keeps_as_many_events_as_it_says", ReadingDefects.KeepsOneLess::new),
    STICKS_AT_A_GAP(
            "throws_at_a_listener_that_does_not_listen_for_gaps_and_goes_on_behind",
            ReadingDefects.SticksAtAThrow::new),
    TRUSTS_STRANGERS(
            "takes_the_position_of_another_feed_as_a_gap_of_unknown_size", ReadingDefects.TrustsStrangers::new),
    POLLS_ON_AND_ON("leaves_what_is_published_during_a_poll_to_the_next_one", ReadingDefects.PollsOnAndOn::new),
    POLLS_WITHIN_POLLS("refuses_a_poll_from_within_its_own_listener", ReadingDefects.PollsWithinPolls::new),
    REPEATS_AFTER_A_THROW(
            "gives_a_listener_that_throws_no_event_twice_and_skips_none", ReadingDefects.SticksAtAThrow::new),
    FINISHES_THE_POLL("delivers_nothing_after_close_not_even_the_rest_of_a_poll", ReadingDefects.FinishesThePoll::new),
    SHARES_ITS_CURSOR("keeps_readers_apart", ReadingDefects.SharesItsCursor::new),
    WAKES_BEFORE("wakes_a_reader_after_the_publication", WakingDefects.WakesBefore::new),
    WAKES_ONCE("wakes_again_after_every_poll", WakingDefects.WakesOnce::new),
    WAKES_THE_CLOSED("wakes_nobody_after_close", WakingDefects.WakesTheClosed::new),
    LETS_WAKE_UPS_THROW("survives_a_wake_up_that_throws_and_runs_it_again", WakingDefects.LetsWakeUpsThrow::new),
    LISTENS_DIRECTLY("never_runs_a_listener_on_the_thread_of_the_publisher", WakingDefects.ListensDirectly::new),
    GIVES_UP_AT_A_THROW("gives_a_listener_that_throws_the_next_event", WakingDefects.GivesUpAtAThrow::new),
    GIVES_UP_AT_A_REFUSAL(
            "tries_an_executor_that_refused_again_at_the_next_publication", WakingDefects.GivesUpAtARefusal::new),
    LISTENS_FOR_EVER("listens_no_more_after_close", WakingDefects.ListensForEver::new),
    HEARS_ONE_THREAD("numbers_the_events_of_many_threads_without_gaps", WakingDefects.HearsOneThread::new);

    private final String rule;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors
    private final BiFunction<VirtualTime, Integer, StateFeed> opened;

    WrongFeed(String rule, BiFunction<VirtualTime, Integer, StateFeed> opened) {
        this.rule = rule;
        this.opened = opened;
    }

    String rule() {
        return rule;
    }

    StateFeed open(VirtualTime time, int tail) {
        return opened.apply(time, tail);
    }
}
