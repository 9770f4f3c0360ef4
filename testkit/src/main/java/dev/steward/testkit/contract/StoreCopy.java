package dev.steward.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.Versioned;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a follower knows: the pages of a store, one after the other, put into one table. Checks of each page what holds for all of them. Not
 * safe for use by many threads.
 */
final class StoreCopy {
    private final StoreClient client;
    private final Set<String> prefixes;
    private final Map<String, Change> newest = new HashMap<>();
    private final Set<String> swept = new HashSet<>();
    private Cursor cursor = Cursor.START;
    private boolean sweeping;
    private int resets;
    private int pages;

    StoreCopy(StoreClient client, String... prefixes) {
        this.client = client;
        this.prefixes = Set.of(prefixes);
    }

    /** Reads one page; answers it. */
    Changes turn(int limit) throws InterruptedException {
        ChangeQuery query = new ChangeQuery(prefixes, cursor, limit);
        Changes page = client.page(query);
        check(query, page);
        if (page.reset()) {
            sweeping = true;
            swept.clear();
            resets++;
        }
        for (Change change : page.changes()) {
            swept.add(change.key());
            newest.merge(change.key(), change, (old, now) -> old.revision() > now.revision() ? old : now);
        }
        if (sweeping && !page.more()) {
            newest.keySet().retainAll(swept);
            sweeping = false;
        }
        cursor = page.next();
        pages++;
        return page;
    }

    /** Reads pages until there is no more. */
    void catchUp(int limit) throws InterruptedException {
        int most = pages + 10_000;
        while (turn(limit).more()) {
            assertThat(pages).as("pages of a sweep that does not end").isLessThan(most);
        }
    }

    private static void check(ChangeQuery query, Changes page) {
        assertThat(page.changes().stream().map(Change::revision))
                .as("revisions of a page")
                .isSorted()
                .allSatisfy(revision -> assertThat(revision)
                        .isBetween(page.reset() ? 1 : query.cursor().after() + 1, page.asOf()));
        assertThat(page.changes().stream().map(Change::key))
                .as("keys of a page")
                .doesNotHaveDuplicates()
                .allMatch(query::wants, "is wanted");
        if (page.more()) {
            assertThat(page.next().after())
                    .as("where the page after %s leaves off, with more to come", query.cursor())
                    .isGreaterThan(page.reset() ? 0 : query.cursor().after());
        }
    }

    /** What is there, as far as the pages say. */
    Map<String, Versioned> records() {
        return newest.values().stream()
                .filter(Versioned.class::isInstance)
                .map(Versioned.class::cast)
                .collect(Collectors.toMap(Versioned::key, record -> record));
    }

    /** The newest that was told of a key, a deletion too. */
    Map<String, Change> newest() {
        return newest;
    }

    Cursor cursor() {
        return cursor;
    }

    /** How often a page said that everything begins again. */
    int resets() {
        return resets;
    }

    int pages() {
        return pages;
    }
}
