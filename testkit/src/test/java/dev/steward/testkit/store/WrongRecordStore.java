package dev.steward.testkit.store;

import dev.steward.store.RecordStore;
import dev.steward.testkit.Simulation;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Stores that break the contract, each in one way, and the rule that must notice. */
enum WrongRecordStore {
    OVERWRITES("makes_a_record_only_where_there_is_none", WrongCommits.Overwrites::new),
    PUTS_WHATEVER_THERE_IS("writes_a_record_anew_only_at_the_revision_expected", WrongCommits.PutsWhateverThereIs::new),
    DELETES_WHATEVER_THERE_IS(
            "deletes_a_record_only_at_the_revision_expected", WrongCommits.DeletesWhateverThereIs::new),
    REQUIRES_NOTHING("requires_a_record_without_changing_it", WrongCommits.RequiresNothing::new),
    REWRITES_WHAT_IT_REQUIRES("requires_a_record_without_changing_it", WrongCommits.RewritesWhatItRequires::new),
    REFUSES_TO_WRITE_NOTHING("commits_a_batch_that_only_requires", WrongCommits.RefusesToWriteNothing::new),
    COMMITS_ONE_BY_ONE("gives_all_changes_of_a_batch_one_revision", WrongCommits.GoesAsFarAsItCan::new),
    GOES_AS_FAR_AS_IT_CAN("leaves_nothing_behind_of_a_batch_that_conflicts", WrongCommits.GoesAsFarAsItCan::new),
    COUNTS_NOTHING("gives_each_commit_a_greater_revision", WrongCommits.CountsNothing::new),
    FORGETS_WHAT_WAS_THERE("never_takes_a_record_made_again_for_the_one_before", WrongCommits.ForgetsWhatWasThere::new),
    FORGETS_WHAT_IS_PURGED("counts_on_also_when_a_deletion_is_forgotten", WrongCommits.ForgetsWhatIsPurged::new),
    KEEPS_TEXT("keeps_every_byte_of_a_value", WrongCommits.KeepsText::new),
    IS_SMALL("takes_the_largest_value", WrongCommits.IsSmall::new),
    TAKES_A_FEW_CHANGES("takes_the_largest_batch", WrongCommits.TakesAFewChanges::new),
    MIXES_UP_CHARACTERS(
            "takes_every_key_there_may_be", good -> new WrongCommits.Renames(good, key -> key.replace('+', '='))),
    FOLDS_CASE(
            "tells_apart_keys_that_differ_by_case_only",
            good -> new WrongCommits.Renames(good, key -> key.toLowerCase(Locale.ROOT))),
    IS_A_TREE("lets_a_record_stand_above_another", WrongCommits.IsATree::new),
    FLATTERS_THE_SECOND("lets_one_of_many_change_a_record_at_a_time", WrongCommits.FlattersTheSecond::new),

    READS_IN_ANY_ORDER("reads_what_there_is_in_the_order_of_keys", WrongReads.ReadsInAnyOrder::new),
    REMEMBERS_WHAT_IT_READ("shows_its_own_commit_in_every_read_from_then_on", WrongReads.RemembersWhatItRead::new),
    TAKES_EMPTY_FOR_DELETED("tells_an_empty_value_from_no_record", WrongReads.TakesEmptyForDeleted::new),
    READS_ANYTHING("reads_no_key_that_is_none", WrongReads.ReadsAnything::new),
    TEARS("shows_commits_whole_and_in_their_order", WrongReads.Tears::new),

    SAYS_MORE_OF_NOTHING("answers_an_empty_page_when_there_is_nothing", WrongPages.SaysMoreOfNothing::new),
    SORTS_BY_KEY("tells_the_newest_state_of_each_key_in_the_order_of_revisions", WrongPages.SortsByKey::new),
    NEVER_SAYS_THAT_IT_BEGINS(
            "begins_with_everything_for_one_who_knows_nothing", WrongPages.NeverSaysThatItBegins::new),
    LAGS("shows_its_own_commit_in_every_page_from_then_on", WrongPages.Lags::new),
    STAYS_AT_WHAT_WAS_WANTED("moves_on_past_commits_that_are_not_wanted", WrongPages.StaysAtWhatWasWanted::new),
    MAKES_SMALL_PAGES("fills_a_page_to_its_limit", WrongPages.MakesSmallPages::new),
    MAKES_LARGE_PAGES("never_splits_a_commit", WrongPages.MakesLargePages::new),
    SPLITS_COMMITS("never_splits_a_commit", WrongPages.SplitsCommits::new),
    BEGINS_WITH_EACH_PAGE("says_of_the_first_page_only_that_it_begins_anew", WrongPages.BeginsWithEachPage::new),
    LOADS_RECORDS_ONLY("tells_a_first_load_of_what_is_deleted_between_its_pages", WrongPages.LoadsRecordsOnly::new),
    LOSES_ONE_IN_SEVEN("leads_every_follower_to_the_truth_whatever_the_limit", WrongPages.LosesOneInSeven::new),
    TAKES_PREFIXES_FOR_PATTERNS("tells_of_the_prefixes_asked_for_only", WrongPages.TakesPrefixesForPatterns::new),
    FOLDS_PREFIXES("tells_of_the_prefixes_asked_for_only", WrongPages.FoldsPrefixes::new),
    TAKES_A_HUNDRED_PREFIXES("takes_many_prefixes", WrongPages.TakesAHundredPrefixes::new),
    IS_SILENT_ABOUT_DELETIONS(
            "tells_of_a_deletion_until_the_key_is_made_again", WrongPages.IsSilentAboutDeletions::new),
    RECALLS_OLD_DELETIONS("spares_a_first_load_the_deletions_before_it", WrongPages.RecallsOldDeletions::new),
    NEVER_BEGINS_ANEW("begins_anew_for_one_who_missed_deletions_that_are_forgotten", WrongPages.NeverBeginsAnew::new),
    BEGINS_FOR_EVER("ends_a_first_load_although_earlier_deletions_are_forgotten", WrongPages.BeginsForEver::new),
    WAITS_FOR_THE_FUTURE("begins_anew_for_a_cursor_that_it_never_gave", WrongPages.WaitsForTheFuture::new),

    KEEPS_TO_ITSELF("shows_what_another_client_has_committed", Scene.GROUND_OF_ITS_OWN, WrongStore::new),
    OTHERS_OVERWRITE("judges_the_expectations_of_all_clients_alike", Scene.OTHERS, WrongCommits.Overwrites::new),
    DIES_WITH_ITS_CLIENT("keeps_everything_for_a_client_that_comes_later", Scene.GROUND_OF_ITS_OWN, WrongStore::new),
    KEEPS_TO_ONE_THREAD("may_be_used_by_many_threads", Scene.THREADS, WrongTelling.KeepsToOneThread::new),
    NEVER_HINTS("hints_at_a_commit_once_it_shows", WrongTelling.NeverHints::new),
    HINTS_BEFORE_THE_CHANGE("hints_at_a_commit_once_it_shows", WrongTelling.HintsBeforeTheChange::new),
    HINTS_AT_ITS_OWN("hints_at_commits_of_other_clients", WrongTelling.HintsAtItsOwn::new),
    NEVER_LETS_GO("hints_at_nothing_for_one_who_has_gone", WrongTelling.NeverLetsGo::new),
    ANSWERS_TWICE("answers_each_call_once", WrongTelling.AnswersTwice::new),
    ANSWERS_NO_READ("answers_each_call_once", WrongTelling.AnswersNoRead::new),
    IGNORES_WHOM_IT_ANSWERS("may_be_asked_again_from_within_an_answer", WrongTelling.IgnoresWhomItAnswers::new),
    TAKES_OFFENCE("does_not_suffer_from_an_answer_that_throws", WrongTelling.TakesOffence::new),
    NEVER_CLOSES("refuses_every_call_once_it_is_closed", WrongTelling.NeverCloses::new),
    THROWS_WHEN_CLOSED("refuses_every_call_once_it_is_closed", WrongTelling.ThrowsWhenClosed::new),
    DROPS_WHAT_IS_IN_FLIGHT("does_what_it_was_asked_for_before_it_is_closed", WrongTelling.DropsWhatIsInFlight::new);

    /** Where it is tried. */
    enum Scene {
        /** All clients are wrong. */
        ALL,
        /** The first client is right. */
        OTHERS,
        /** Each client has a store of its own. */
        GROUND_OF_ITS_OWN,
        /** One client, many threads. */
        THREADS
    }

    private final String rule;
    private final Scene scene;

    @SuppressWarnings("ImmutableEnumChecker") // references to constructors
    private final BiFunction<RecordStore, Simulation, WrongStore> spoil;

    WrongRecordStore(String rule, Function<RecordStore, WrongStore> spoil) {
        this(rule, Scene.ALL, spoil);
    }

    WrongRecordStore(String rule, Scene scene, Function<RecordStore, WrongStore> spoil) {
        this.rule = rule;
        this.scene = scene;
        this.spoil = (good, simulation) -> spoil.apply(good);
    }

    WrongRecordStore(String rule, BiFunction<RecordStore, Simulation, WrongStore> spoil) {
        this.rule = rule;
        this.scene = Scene.ALL;
        this.spoil = spoil;
    }

    String rule() {
        return rule;
    }

    Scene scene() {
        return scene;
    }

    /** The same store, wrong in one thing. */
    WrongStore spoil(RecordStore good, Simulation simulation) {
        return spoil.apply(good, simulation);
    }
}
