package dev.steward.testkit.contract;

import static dev.steward.testkit.contract.StoreClient.creating;
import static dev.steward.testkit.contract.StoreClient.deleting;
import static dev.steward.testkit.contract.StoreClient.putting;
import static dev.steward.testkit.contract.StoreClient.requiring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.store.Batch;
import dev.steward.store.Change;
import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.Deleted;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules about following what changes. Extend {@link RecordStoreContract}, it has all rules. */
public abstract class RecordStoreFollowContract extends RecordStoreCommitContract {
    private static final int LARGE = 10_000;

    /** For subclasses. */
    protected RecordStoreFollowContract() {}

    // ---- what a page holds

    @Test
    public final void answers_an_empty_page_when_there_is_nothing() throws InterruptedException {
        Changes page = client.page(Cursor.START, 1);

        assertThat(page.changes()).isEmpty();
        assertThat(page.more()).isFalse();
        assertThat(page.reset()).isTrue();
    }

    @Test
    public final void tells_the_newest_state_of_each_key_in_the_order_of_revisions() throws InterruptedException {
        long first = client.commit(creating("a", "1"), creating("b", "1"), creating("c", "1"), creating("d", "1"));
        long second = client.commit(putting("a", first, "2"), requiring("d", first));
        long third = client.commit(putting("b", first, "3"), creating("e", "3"));
        long fourth = client.commit(putting("a", second, "4"));
        long fifth = client.commit(deleting("e", third));

        Changes page = client.page(Cursor.at(first), LARGE);

        assertThat(page.changes())
                .containsExactly(written("b", third, "3"), written("a", fourth, "4"), new Deleted("e", fifth));
        assertThat(page.reset()).isFalse();
        assertThat(page.more()).isFalse();
        assertThat(client.page(page.next(), LARGE).changes()).isEmpty();
    }

    @Test
    public final void begins_with_everything_for_one_who_knows_nothing() throws InterruptedException {
        long first = client.commit(creating("a", "1"), creating("b", "1"));
        long second = client.commit(putting("a", first, "2"));

        Changes page = client.page(Cursor.START, LARGE);

        assertThat(page.changes()).containsExactly(written("b", first, "1"), written("a", second, "2"));
        assertThat(page.reset()).isTrue();
        assertThat(page.asOf()).isGreaterThanOrEqualTo(second);
    }

    @Test
    public final void shows_its_own_commit_in_every_page_from_then_on() throws InterruptedException {
        StoreCopy copy = new StoreCopy(client, "a/");
        for (int i = 1; i <= 20; i++) {
            long revision = client.commit(creating("a/" + i, "" + i));
            Changes page = copy.turn(LARGE);

            assertThat(page.asOf()).isGreaterThanOrEqualTo(revision);
            assertThat(page.changes()).containsExactly(written("a/" + i, revision, "" + i));
        }
    }

    @Test
    public final void moves_on_past_commits_that_are_not_wanted() throws InterruptedException {
        client.commit(creating("a/1", "1"));
        StoreCopy copy = new StoreCopy(client, "a/");
        copy.catchUp(LARGE);
        long last = client.commit(creating("b/1", "1"));

        Changes page = copy.turn(LARGE);

        assertThat(page.changes()).isEmpty();
        assertThat(page.asOf()).isGreaterThanOrEqualTo(last);
        assertThat(page.next().after()).isGreaterThanOrEqualTo(last);
    }

    // ---- pages

    @Test
    public final void fills_a_page_to_its_limit() throws InterruptedException {
        for (int i = 0; i < 12; i++) {
            client.commit(creating("a/" + i, "" + i));
        }
        StoreCopy copy = new StoreCopy(client, "");

        assertThat(copy.turn(5).changes()).hasSize(5);
        assertThat(copy.turn(5).changes()).hasSize(5);
        Changes last = copy.turn(5);
        assertThat(last.changes()).hasSize(2);
        assertThat(last.more()).isFalse();
        assertThat(copy.records()).isEqualTo(client.all());
        assertThat(copy.resets()).isEqualTo(1);
    }

    @Test
    public final void never_splits_a_commit() throws InterruptedException {
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String group = i + "/";
            revisions.add(client.commit(IntStream.range(0, 300)
                    .mapToObj(number -> creating(group + number, ""))
                    .collect(Collectors.toList())));
        }
        for (int limit : List.of(1, 299, 300, 301)) {
            StoreCopy copy = new StoreCopy(client, "");
            List<Long> seen = new ArrayList<>();
            Changes page;
            do {
                page = copy.turn(limit);
                assertThat(page.changes()).hasSizeLessThan(limit + Batch.MOST_CHANGES);
                Map<Long, Long> bySize = page.changes().stream()
                        .collect(Collectors.groupingBy(Change::revision, TreeMap::new, Collectors.counting()));
                assertThat(bySize.values())
                        .as("sizes of commits in a page of %s", limit)
                        .containsOnly(300L);
                seen.addAll(bySize.keySet());
            } while (page.more());
            assertThat(seen).isEqualTo(revisions);
        }
    }

    @Test
    public final void says_of_the_first_page_only_that_it_begins_anew() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            client.commit(creating("a/" + i, "" + i));
        }
        StoreCopy copy = new StoreCopy(client, "");

        List<Boolean> resets = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            resets.add(copy.turn(1).reset());
        }

        assertThat(resets).containsExactly(true, false, false, false, false, false, false);
    }

    @Test
    public final void tells_a_first_load_of_what_is_deleted_between_its_pages() throws InterruptedException {
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            revisions.add(client.commit(creating("a/" + i, "" + i)));
        }
        StoreCopy copy = new StoreCopy(client, "");
        copy.turn(2);
        assertThat(copy.records()).containsOnlyKeys("a/0", "a/1");

        long gone = client.commit(deleting("a/0", revisions.get(0)), deleting("a/5", revisions.get(5)));
        client.commit(putting("a/1", revisions.get(1), "anew"));
        copy.catchUp(2);

        assertThat(copy.records()).isEqualTo(client.all());
        assertThat(copy.newest()).containsEntry("a/0", new Deleted("a/0", gone));
        assertThat(copy.resets()).isEqualTo(1);
    }

    @Test
    public final void leads_every_follower_to_the_truth_whatever_the_limit() throws InterruptedException {
        Random random = new Random(5);
        List<StoreCopy> copies =
                List.of(new StoreCopy(client, ""), new StoreCopy(client, ""), new StoreCopy(client, "a/", "b/"));
        Map<String, Versioned> truth = new TreeMap<>();
        for (int i = 0; i < 120; i++) {
            writeSomething(random, i, truth);
            for (int at = 0; at < copies.size(); at++) {
                if (random.nextInt(at + 1) == 0) {
                    copies.get(at).turn(1 + random.nextInt(4));
                }
            }
        }
        for (StoreCopy copy : copies) {
            copy.catchUp(3);
            assertThat(copy.resets()).isEqualTo(1);
        }

        assertThat(copies.get(0).records()).isEqualTo(truth);
        assertThat(copies.get(1).records()).isEqualTo(truth);
        truth.keySet().removeIf(key -> key.startsWith("c/"));
        assertThat(copies.get(2).records()).isEqualTo(truth);
    }

    private void writeSomething(Random random, int number, Map<String, Versioned> truth) throws InterruptedException {
        Map<String, String> values = new TreeMap<>();
        List<Batch.Op> changes = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String key = "abc".charAt(random.nextInt(3)) + "/" + random.nextInt(5);
            if (values.putIfAbsent(key, number + "." + i) == null) {
                Versioned old = truth.get(key);
                if (old == null) {
                    changes.add(creating(key, values.get(key)));
                } else if (random.nextBoolean()) {
                    changes.add(putting(key, old.revision(), values.get(key)));
                } else {
                    changes.add(deleting(key, old.revision()));
                }
            }
        }
        long revision = client.commit(changes);
        for (Batch.Op change : changes) {
            if (change instanceof Batch.Delete) {
                truth.remove(change.key());
            } else {
                truth.put(change.key(), written(change.key(), revision, values.getOrDefault(change.key(), "")));
            }
        }
    }

    // ---- prefixes

    @Test
    public final void tells_of_the_prefixes_asked_for_only() throws InterruptedException {
        List<String> keys = List.of(
                "a", "a/1", "a/b", "a/b/1", "a/bc/1", "A/1", "a_b/1", "axb/1", "a%b/1", "a%/1", "ab/1", "b/1", "a/_/1");
        long first = client.commit(keys.stream().map(key -> creating(key, key)).collect(Collectors.toList()));
        Map<Set<String>, List<String>> expected = Map.of(
                Set.of("a/"), List.of("a/1", "a/_/1", "a/b", "a/b/1", "a/bc/1"),
                Set.of("a/b/"), List.of("a/b/1"),
                Set.of("A/"), List.of("A/1"),
                Set.of("a_b/"), List.of("a_b/1"),
                Set.of("a%/", "a%b/"), List.of("a%/1", "a%b/1"),
                Set.of("a/", "a/b/", "b/"), List.of("a/1", "a/_/1", "a/b", "a/b/1", "a/bc/1", "b/1"),
                Set.of("c/"), List.of(),
                Set.of("", "a/"), keys.stream().sorted().collect(Collectors.toList()));

        for (Map.Entry<Set<String>, List<String>> each : expected.entrySet()) {
            Changes page = client.page(new ChangeQuery(each.getKey(), Cursor.START, LARGE));
            assertThat(page.changes().stream().map(Change::key).sorted())
                    .as("changes of %s", each.getKey())
                    .isEqualTo(each.getValue());
        }
        client.commit(keys.stream().map(key -> deleting(key, first)).collect(Collectors.toList()));
        for (Map.Entry<Set<String>, List<String>> each : expected.entrySet()) {
            Changes page = client.page(new ChangeQuery(each.getKey(), Cursor.at(first), LARGE));
            assertThat(page.changes().stream().map(Change::key).sorted())
                    .as("deletions of %s", each.getKey())
                    .isEqualTo(each.getValue());
        }
    }

    @Test
    public final void takes_many_prefixes() throws InterruptedException {
        Set<String> prefixes =
                IntStream.range(0, 200).mapToObj(i -> "p" + i + "/").collect(Collectors.toSet());
        long first = client.commit(creating("p7/x", "1"), creating("p199/x", "1"), creating("p200/x", "1"));

        Changes page = client.page(new ChangeQuery(prefixes, Cursor.START, LARGE));

        assertThat(page.changes())
                .containsExactlyInAnyOrder(written("p7/x", first, "1"), written("p199/x", first, "1"));
    }

    // ---- deletions

    @Test
    public final void tells_of_a_deletion_until_the_key_is_made_again() throws InterruptedException {
        long first = client.commit(creating("a", "1"), creating("b", "1"));
        long second = client.commit(deleting("a", first), deleting("b", first));
        assertThat(client.page(Cursor.at(first), LARGE).changes())
                .containsExactlyInAnyOrder(new Deleted("a", second), new Deleted("b", second));

        long third = client.commit(creating("a", "3"));

        assertThat(client.page(Cursor.at(first), LARGE).changes())
                .containsExactly(new Deleted("b", second), written("a", third, "3"));
        assertThat(client.page(Cursor.at(second), LARGE).changes()).containsExactly(written("a", third, "3"));
    }

    @Test
    public final void spares_a_first_load_the_deletions_before_it() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            long revision = client.commit(creating("a/" + i, "" + i));
            if (i % 2 == 0) {
                client.commit(deleting("a/" + i, revision));
            }
        }
        StoreCopy copy = new StoreCopy(client, "");

        copy.catchUp(1);

        assertThat(copy.newest().values())
                .allSatisfy(change -> assertThat(change).isInstanceOf(Versioned.class));
        assertThat(copy.records()).containsOnlyKeys("a/1", "a/3", "a/5");
    }

    @Test
    public final void begins_anew_for_one_who_missed_deletions_that_are_forgotten() throws InterruptedException {
        long first = client.commit(creating("a", "1"), creating("b", "1"));
        StoreCopy old = new StoreCopy(client, "");
        old.catchUp(LARGE);
        client.commit(deleting("a", first));
        StoreCopy recent = new StoreCopy(client, "");
        recent.catchUp(LARGE);
        assumeTrue(forgetDeletions(), "nothing can make this store forget");
        client.commit(creating("c", "1"));

        old.turn(1);
        old.catchUp(1);
        recent.catchUp(LARGE);

        assertThat(old.resets()).isEqualTo(2);
        assertThat(old.records()).isEqualTo(client.all()).containsOnlyKeys("b", "c");
        assertThat(recent.resets()).isEqualTo(1);
        assertThat(recent.records()).isEqualTo(client.all());
    }

    @Test
    public final void ends_a_first_load_although_earlier_deletions_are_forgotten() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            long revision = client.commit(creating("a/" + i, "" + i));
            if (i % 2 == 0) {
                client.commit(deleting("a/" + i, revision));
            }
        }
        assumeTrue(forgetDeletions(), "nothing can make this store forget");
        client.commit(creating("b", "1"));
        StoreCopy copy = new StoreCopy(client, "");

        copy.catchUp(1);

        assertThat(copy.resets()).isEqualTo(1);
        assertThat(copy.records()).containsOnlyKeys("a/1", "a/3", "a/5", "b");
    }

    @Test
    public final void begins_anew_for_a_cursor_that_it_never_gave() throws InterruptedException {
        long first = client.commit(creating("a", "1"));
        long second = client.commit(creating("b", "1"));

        for (Cursor future : List.of(Cursor.at(second + 1_000_000), new Cursor(first, second + 1_000_000))) {
            Changes page = client.page(future, LARGE);
            assertThat(page.reset()).as("reset for %s", future).isTrue();
            assertThat(page.changes()).containsExactly(written("a", first, "1"), written("b", second, "1"));
            assertThat(page.asOf()).isLessThan(second + 1_000_000);
            assertThat(client.page(page.next(), LARGE).reset()).isFalse();
        }
    }

    static Versioned written(String key, long revision, String text) {
        return new Versioned(key, revision, RecordValue.utf8(text));
    }
}
