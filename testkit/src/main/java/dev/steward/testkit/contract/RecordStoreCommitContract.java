package dev.steward.testkit.contract;

import static dev.steward.testkit.contract.StoreClient.batch;
import static dev.steward.testkit.contract.StoreClient.creating;
import static dev.steward.testkit.contract.StoreClient.deleting;
import static dev.steward.testkit.contract.StoreClient.putting;
import static dev.steward.testkit.contract.StoreClient.requiring;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordKeys;
import dev.steward.store.RecordValue;
import dev.steward.store.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules about writing and reading records. Extend {@link RecordStoreContract}, it has all rules. */
public abstract class RecordStoreCommitContract extends RecordStoreSetting {
    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~@+=,:%";

    /** For subclasses. */
    protected RecordStoreCommitContract() {}

    // ---- compare and set

    @Test
    public final void makes_a_record_only_where_there_is_none() throws InterruptedException {
        long first = client.commit(creating("a/1", "first"));

        assertThat(client.conflict(creating("a/1", "second"))).isSubsetOf("a/1");
        assertThat(client.get("a/1")).contains(new Versioned("a/1", first, RecordValue.utf8("first")));
        assertThat(first).isPositive();
    }

    @Test
    public final void writes_a_record_anew_only_at_the_revision_expected() throws InterruptedException {
        long first = client.commit(creating("a/1", "first"));
        long second = client.commit(putting("a/1", first, "second"));

        client.conflict(putting("a/1", first, "third"));
        client.conflict(putting("a/1", second + 1, "third"));
        client.conflict(putting("a/2", second, "no such record"));

        assertThat(client.all()).containsExactly(entry("a/1", second, "second"));
    }

    @Test
    public final void deletes_a_record_only_at_the_revision_expected() throws InterruptedException {
        long first = client.commit(creating("a/1", "first"));
        long second = client.commit(putting("a/1", first, "second"));

        client.conflict(deleting("a/1", first));
        client.conflict(deleting("a/2", second));
        assertThat(client.text("a/1")).isEqualTo("second");
        client.commit(deleting("a/1", second));

        assertThat(client.get("a/1")).isEmpty();
        assertThat(client.all()).isEmpty();
    }

    @Test
    public final void requires_a_record_without_changing_it() throws InterruptedException {
        long first = client.commit(creating("a/1", "first"));

        long second = client.commit(requiring("a/1", first), creating("a/2", "beside"));
        client.conflict(requiring("a/1", second), creating("a/3", "beside"));
        client.conflict(requiring("a/4", first), creating("a/3", "beside"));

        assertThat(client.all()).containsExactly(entry("a/1", first, "first"), entry("a/2", second, "beside"));
    }

    @Test
    public final void commits_a_batch_that_only_requires() throws InterruptedException {
        long first = client.commit(creating("a/1", "first"));

        long second = client.commit(requiring("a/1", first));

        assertThat(second).isGreaterThanOrEqualTo(first);
        assertThat(client.read(Set.of("a/1")).asOf()).isGreaterThanOrEqualTo(second);
        assertThat(client.all()).containsExactly(entry("a/1", first, "first"));
        client.commit(deleting("a/1", first));
        client.conflict(requiring("a/1", first));
    }

    @Test
    public final void gives_all_changes_of_a_batch_one_revision() throws InterruptedException {
        long first = client.commit(creating("a/1", "1"), creating("a/2", "2"), creating("b/3", "3"));
        long second = client.commit(putting("a/1", first, "1b"), deleting("a/2", first), creating("c", "4"));

        assertThat(second).isGreaterThan(first);
        assertThat(client.all())
                .containsExactly(entry("a/1", second, "1b"), entry("b/3", first, "3"), entry("c", second, "4"));
    }

    @Test
    public final void leaves_nothing_behind_of_a_batch_that_conflicts() throws InterruptedException {
        long first = client.commit(creating("a/1", "1"), creating("a/2", "2"), creating("a/3", "3"));
        Map<String, Versioned> before = client.all();
        List<Batch.Op> good = List.of(creating("a/0", "new"), putting("a/1", first, "1b"), deleting("a/2", first));
        List<Batch.Op> bad = List.of(
                creating("a/3", "there"),
                putting("a/3", first + 7, "3b"),
                deleting("a/3", first + 7),
                requiring("a/3", first + 7),
                requiring("a/9", first));

        for (Batch.Op one : bad) {
            for (int at = 0; at <= good.size(); at++) {
                List<Batch.Op> changes = new ArrayList<>(good);
                changes.add(at, one);
                CommitAnswer.Conflict conflict = client.ask(batch(changes)).await(CommitAnswer.Conflict.class);
                assertThat(conflict.keys()).as("keys in conflict").isSubsetOf(one.key());
                assertThat(client.all()).as("after %s at %s", one, at).isEqualTo(before);
            }
        }
    }

    // ---- revisions

    @Test
    public final void gives_each_commit_a_greater_revision() throws InterruptedException {
        long last = client.commit(creating("a", "0"), creating("b", "0"));
        List<Long> revisions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            last = client.commit(i % 3 == 0 ? creating("c/" + i, "") : putting("a", revision("a"), "" + i));
            revisions.add(last);
        }

        assertThat(revisions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    public final void never_takes_a_record_made_again_for_the_one_before() throws InterruptedException {
        long first = client.commit(creating("a", "first"));
        long gone = client.commit(deleting("a", first));
        client.conflict(putting("a", first, "x"));
        client.conflict(putting("a", gone, "x"));
        client.conflict(deleting("a", gone));
        client.conflict(requiring("a", gone));

        long again = client.commit(creating("a", "again"));

        assertThat(List.of(first, gone, again)).isSorted().doesNotHaveDuplicates();
        assertThat(client.get("a")).contains(new Versioned("a", again, RecordValue.utf8("again")));
        for (long old : List.of(first, gone)) {
            client.conflict(putting("a", old, "x"));
            client.conflict(deleting("a", old));
            client.conflict(requiring("a", old), creating("b", "x"));
        }
        assertThat(client.all()).containsExactly(entry("a", again, "again"));
    }

    @Test
    public final void counts_on_also_when_a_deletion_is_forgotten() throws InterruptedException {
        long first = client.commit(creating("a", "first"));
        long gone = client.commit(deleting("a", first));
        assumeTrue(forgetDeletions(), "nothing can make this store forget");
        client.commit(creating("b", "beside"));

        long again = client.commit(creating("a", "again"));

        assertThat(again).isGreaterThan(gone);
        client.conflict(putting("a", first, "x"));
        client.conflict(deleting("a", gone));
    }

    private long revision(String key) throws InterruptedException {
        return client.get(key).orElseThrow().revision();
    }

    // ---- reading

    @Test
    public final void reads_what_there_is_in_the_order_of_keys() throws InterruptedException {
        assertThat(client.read(Set.of("a", "b/c")).records()).isEmpty();
        List<String> keys = List.of("B", "Z/a", "_", "a", "a%2Fb", "a-b", "a/b", "aa", "b", "~");
        long first = client.commit(
                keys.stream().map(key -> creating(key, "value of " + key)).collect(Collectors.toList()));

        Set<String> asked = IntStream.range(0, 100).mapToObj(i -> "absent/" + i).collect(Collectors.toSet());
        asked.addAll(keys);
        assertThat(client.read(asked).records())
                .containsExactlyElementsOf(keys.stream()
                        .sorted()
                        .map(key -> new Versioned(key, first, RecordValue.utf8("value of " + key)))
                        .collect(Collectors.toList()));
        assertThat(client.read(Set.of("a/b")).records()).hasSize(1);
        assertThat(client.read(Set.of()).records()).isEmpty();
    }

    @Test
    public final void shows_its_own_commit_in_every_read_from_then_on() throws InterruptedException {
        long last = client.commit(creating("a", "0"));
        for (int i = 1; i <= 20; i++) {
            last = client.commit(putting("a", last, "" + i));

            assertThat(client.read(Set.of("b")).asOf()).isGreaterThanOrEqualTo(last);
            assertThat(client.text("a")).isEqualTo("" + i);
        }
    }

    // ---- limits

    @Test
    public final void keeps_every_byte_of_a_value() throws InterruptedException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        long first = client.commit(new Batch.Create("a", RecordValue.of(all)));

        assertThat(client.get("a")).contains(new Versioned("a", first, RecordValue.of(all)));
    }

    @Test
    public final void tells_an_empty_value_from_no_record() throws InterruptedException {
        long first = client.commit(creating("empty", ""), creating("filled", "x"));
        long second = client.commit(putting("filled", first, ""));

        assertThat(client.all()).containsExactly(entry("empty", first, ""), entry("filled", second, ""));
        client.conflict(creating("empty", "x"));
        client.commit(putting("empty", first, "x"), deleting("filled", second));
        assertThat(client.text("empty")).isEqualTo("x");
        assertThat(client.get("filled")).isEmpty();
    }

    @Test
    public final void takes_the_largest_value() throws InterruptedException {
        byte[] large = new byte[Batch.MOST_BYTES - "a/1".length()];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        long first = client.commit(new Batch.Create("a/1", RecordValue.of(large)));
        long second = client.commit(creating("a/2", "behind it"));

        assertThat(client.get("a/1").map(Versioned::value).map(RecordValue.of(large)::equals))
                .contains(true);
        assertThat(client.all()).hasSize(2);
        assertThat(client.get("a/1").map(Versioned::revision)).contains(first);
        assertThat(second).isGreaterThan(first);
    }

    @Test
    public final void takes_the_largest_batch() throws InterruptedException {
        List<Batch.Op> creates = new ArrayList<>();
        for (int i = 0; i < Batch.MOST_CHANGES; i++) {
            creates.add(creating("many/" + i, "value " + i));
        }
        long first = client.commit(creates);
        assertThat(client.all().values())
                .hasSize(Batch.MOST_CHANGES)
                .allSatisfy(record -> assertThat(record.revision()).isEqualTo(first));
        List<Batch.Op> mixed = new ArrayList<>();
        for (int i = 0; i < Batch.MOST_CHANGES; i++) {
            String key = "many/" + i;
            mixed.add(
                    i % 3 == 0
                            ? putting(key, first, "anew")
                            : i % 3 == 1 ? deleting(key, first) : requiring(key, first));
        }

        long second = client.commit(mixed);

        assertThat(client.all().values().stream().map(Versioned::revision))
                .hasSize(Batch.MOST_CHANGES - (Batch.MOST_CHANGES + 1) / 3)
                .containsOnly(first, second);
        assertThat(client.text("many/498")).isEqualTo("anew");
        assertThat(client.get("many/499")).isEmpty();
    }

    // ---- keys

    @Test
    public final void takes_every_key_there_may_be() throws InterruptedException {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < PLAIN.length(); i++) {
            char each = PLAIN.charAt(i);
            values.put(each == '.' ? "one/x." : "one/" + each, "character " + each);
            values.put("within/x" + each + "y/z", "character " + each);
        }
        values.put(PLAIN, "all characters");
        values.put("...", "dots");
        values.put("x".repeat(RecordKeys.LONGEST_SEGMENT), "longest segment");
        values.put("x/".repeat(RecordKeys.LONGEST / 2 - 1) + "xy", "most segments");
        values.put("y".repeat(255) + "/" + "z".repeat(254) + "/w", "longest key");
        long revision = client.commit(values.entrySet().stream()
                .map(entry -> creating(entry.getKey(), entry.getValue()))
                .collect(Collectors.toList()));

        Map<String, Versioned> expected = new TreeMap<>();
        values.forEach((key, value) -> expected.put(key, new Versioned(key, revision, RecordValue.utf8(value))));
        assertThat(client.all()).isEqualTo(expected);
        assertThat(client.read(values.keySet()).records()).containsExactlyElementsOf(expected.values());
    }

    @Test
    public final void tells_apart_keys_that_differ_by_case_only() throws InterruptedException {
        long first = client.commit(creating("case/Key", "K"), creating("case/key", "k"), creating("Case/key", "C"));

        long second = client.commit(putting("case/key", first, "k2"), deleting("Case/key", first));

        assertThat(client.all()).containsExactly(entry("case/Key", first, "K"), entry("case/key", second, "k2"));
        assertThat(client.get("CASE/KEY")).isEmpty();
    }

    @Test
    public final void lets_a_record_stand_above_another() throws InterruptedException {
        long first = client.commit(creating("a/b/c", "low"), creating("a", "high"));
        long second = client.commit(creating("a/b", "between"));
        assertThat(client.all())
                .containsExactly(
                        entry("a", first, "high"), entry("a/b", second, "between"), entry("a/b/c", first, "low"));

        client.commit(deleting("a", first), deleting("a/b", second));
        assertThat(client.all()).containsExactly(entry("a/b/c", first, "low"));
        long third = client.commit(creating("a/b", "anew"));
        client.commit(deleting("a/b/c", first));
        assertThat(client.all()).containsExactly(entry("a/b", third, "anew"));
    }

    @Test
    public final void reads_no_key_that_is_none() {
        for (String wrong : List.of("", "/", "a//b", "a/../b", "a b", "ä", "x".repeat(513))) {
            StoreAnswer<Object> answer = new StoreAnswer<>(this, "read " + wrong);
            assertThatThrownBy(() -> client.store.read(Set.of(wrong), answer))
                    .as("reading '%s'", wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    static Map.Entry<String, Versioned> entry(String key, long revision, String value) {
        return Map.entry(key, new Versioned(key, revision, RecordValue.utf8(value)));
    }
}
