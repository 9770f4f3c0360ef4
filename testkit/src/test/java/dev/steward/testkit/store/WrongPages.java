package dev.steward.testkit.store;

import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.Cursor;
import dev.steward.store.Deleted;
import dev.steward.store.RecordStore;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Stores that tell in a wrong way what changes. */
final class WrongPages {
    private WrongPages() {}

    static Changes with(Changes page, List<Change> changes) {
        return new Changes(changes, page.next(), page.asOf(), page.more(), page.reset());
    }

    static Changes with(Changes page, boolean reset) {
        return new Changes(page.changes(), page.next(), page.asOf(), page.more(), reset);
    }

    static Changes only(Changes page, Predicate<Change> shown) {
        return with(page, page.changes().stream().filter(shown).collect(Collectors.toUnmodifiableList()));
    }

    static final class SaysMoreOfNothing extends WrongStore {
        SaysMoreOfNothing(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            boolean more = page.changes().isEmpty();
            return new Changes(page.changes(), page.next(), page.asOf(), more, page.reset());
        }
    }

    static final class SortsByKey extends WrongStore {
        SortsByKey(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            List<Change> sorted = new ArrayList<>(page.changes());
            sorted.sort(Comparator.comparing(Change::key));
            return with(page, sorted);
        }
    }

    static final class NeverSaysThatItBegins extends WrongStore {
        NeverSaysThatItBegins(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            return with(page, false);
        }
    }

    static final class BeginsWithEachPage extends WrongStore {
        private boolean loading;

        BeginsWithEachPage(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            boolean reset = page.reset() || loading;
            loading = page.more() && reset;
            return with(page, reset);
        }
    }

    /** Answers with what there was when it was asked the last time. */
    static final class Lags extends WrongStore {
        private Changes before = new Changes(List.of(), Cursor.START, 0, false, true);

        Lags(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            Changes now = everything();
            Changes old = before;
            before = now;
            List<Change> changes = old.changes().stream()
                    .filter(change -> query.wants(change.key())
                            && change.revision() > query.cursor().after())
                    .collect(Collectors.toUnmodifiableList());
            return new Changes(changes, old.next(), old.asOf(), false, page.reset());
        }
    }

    static final class StaysAtWhatWasWanted extends WrongStore {
        StaysAtWhatWasWanted(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            Cursor cursor = query.cursor();
            boolean nothing = page.changes().isEmpty() && !page.more() && !page.reset();
            return nothing ? new Changes(List.of(), cursor, cursor.after(), false, false) : page;
        }
    }

    static final class MakesSmallPages extends WrongStore {
        MakesSmallPages(RecordStore good) {
            super(good);
        }

        @Override
        ChangeQuery asked(ChangeQuery query) {
            return new ChangeQuery(query.prefixes(), query.cursor(), 1);
        }
    }

    static final class MakesLargePages extends WrongStore {
        MakesLargePages(RecordStore good) {
            super(good);
        }

        @Override
        ChangeQuery asked(ChangeQuery query) {
            return new ChangeQuery(query.prefixes(), query.cursor(), 10_000);
        }
    }

    static final class SplitsCommits extends WrongStore {
        SplitsCommits(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            List<Change> changes = page.changes();
            return changes.size() <= query.limit() ? page : with(page, changes.subList(0, query.limit()));
        }
    }

    /** Tells of no deletion until a first load is over. */
    static final class LoadsRecordsOnly extends WrongStore {
        private boolean loading;

        LoadsRecordsOnly(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            loading |= page.reset();
            Changes shown = loading ? only(page, Versioned.class::isInstance) : page;
            loading &= page.more();
            return shown;
        }
    }

    static final class LosesOneInSeven extends WrongStore {
        private int told;

        LosesOneInSeven(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            return page.reset() ? page : only(page, change -> ++told % 7 != 0);
        }
    }

    /** As SQL's LIKE does it, with or without regard to case. */
    static class TakesPrefixesForPatterns extends WrongStore {
        TakesPrefixesForPatterns(RecordStore good) {
            super(good);
        }

        @Override
        public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
            good.changes(new ChangeQuery(ALL, query.cursor(), query.limit()), answer -> {
                if (answer instanceof Changes page) {
                    then.accept(only(
                            page,
                            change -> query.prefixes().stream().anyMatch(prefix -> matches(change.key(), prefix))));
                }
            });
        }

        boolean matches(String key, String prefix) {
            String pattern = Pattern.quote(prefix).replace("_", "\\E.\\Q").replace("%", "\\E.*\\Q");
            return key.matches(pattern + ".*");
        }
    }

    static final class FoldsPrefixes extends TakesPrefixesForPatterns {
        FoldsPrefixes(RecordStore good) {
            super(good);
        }

        @Override
        boolean matches(String key, String prefix) {
            return key.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        }
    }

    static final class TakesAHundredPrefixes extends WrongStore {
        TakesAHundredPrefixes(RecordStore good) {
            super(good);
        }

        @Override
        ChangeQuery asked(ChangeQuery query) {
            Set<String> some = query.prefixes().stream().sorted().limit(100).collect(Collectors.toSet());
            return new ChangeQuery(some, query.cursor(), query.limit());
        }
    }

    static final class IsSilentAboutDeletions extends WrongStore {
        IsSilentAboutDeletions(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            return only(page, Versioned.class::isInstance);
        }
    }

    /** Tells one who knows nothing of what was deleted before. */
    static final class RecallsOldDeletions extends WrongStore {
        private final Set<Change> recalled = new HashSet<>();

        RecallsOldDeletions(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            List<Change> all = new ArrayList<>(page.changes());
            good.changes(new ChangeQuery(query.prefixes(), new Cursor(1, 1), 10_000), answer -> {
                if (answer instanceof Changes past) {
                    past.changes().stream()
                            .filter(change -> change instanceof Deleted && !all.contains(change))
                            .filter(change -> change.revision() > query.cursor().after()
                                    && change.revision() <= page.next().after())
                            .filter(recalled::add)
                            .forEach(all::add);
                }
            });
            all.sort(Comparator.comparingLong(Change::revision));
            return with(page, all);
        }
    }

    static final class NeverBeginsAnew extends WrongStore {
        NeverBeginsAnew(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            return query.cursor().equals(Cursor.START) ? page : with(page, false);
        }
    }

    /** Measures by how far one has read whether one has missed deletions that are forgotten. */
    static final class BeginsForEver extends WrongStore {
        private long purged;

        BeginsForEver(RecordStore good) {
            super(good);
        }

        @Override
        void forgetsDeletions() {
            purged = everything().asOf();
        }

        @Override
        ChangeQuery asked(ChangeQuery query) {
            boolean old = query.cursor().after() < purged;
            return old ? new ChangeQuery(query.prefixes(), Cursor.START, query.limit()) : query;
        }
    }

    static final class WaitsForTheFuture extends WrongStore {
        WaitsForTheFuture(RecordStore good) {
            super(good);
        }

        @Override
        Changes page(ChangeQuery query, Changes page) {
            Cursor cursor = query.cursor();
            return cursor.after() <= page.asOf() ? page : new Changes(List.of(), cursor, page.asOf(), false, false);
        }
    }
}
