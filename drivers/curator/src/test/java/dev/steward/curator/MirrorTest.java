package dev.steward.curator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.ChangeQuery;
import dev.steward.store.Changes;
import dev.steward.store.Cursor;
import dev.steward.store.RecordValue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    private final Mirror mirror = new Mirror();

    @BeforeEach
    void load() {
        mirror.beginListing();
        mirror.notBefore(1);
        mirror.endListing();
        mirror.show();
    }

    private static Znode record(long revision) {
        return new Znode(Znode.Kind.RECORD, revision, 0, 0, RecordValue.utf8("" + revision));
    }

    private Changes page(long after) {
        return mirror.table().changes(new ChangeQuery(Set.of(""), Cursor.at(after), 100));
    }

    @Test
    void shows_a_transaction_when_all_of_it_is_known() {
        mirror.heard("a", 5, true);
        mirror.heard("b", 5, true);
        mirror.know("a", record(5));

        assertThat(mirror.show()).isFalse();
        assertThat(page(1).changes()).isEmpty();
        mirror.know("b", record(5));

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).changes()).hasSize(2);
        assertThat(page(1).asOf()).isEqualTo(5);
    }

    @Test
    void waits_for_the_later_transaction_of_a_key_that_was_read_too_late() {
        mirror.heard("a", 5, true);
        mirror.heard("b", 5, true);
        mirror.heard("a", 6, false);
        mirror.heard("c", 6, true);
        mirror.know("b", record(5));
        mirror.know("a", record(6));
        assertThat(mirror.show()).as("transaction 6 without c").isFalse();

        mirror.know("c", record(6));

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).asOf()).isEqualTo(6);
        assertThat(page(1).changes())
                .extracting(change -> change.key() + change.revision())
                .containsExactlyInAnyOrder("a6", "b5", "c6");
    }

    @Test
    void shows_the_earlier_of_two_transactions_if_that_one_is_known() {
        mirror.heard("a", 5, true);
        mirror.know("a", record(5));
        mirror.heard("a", 6, false);

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).asOf()).isEqualTo(5);
        assertThat(mirror.isUnclear("a")).isTrue();
        mirror.know("a", record(6));
        mirror.show();

        assertThat(page(5).changes()).extracting("revision").containsExactly(6L);
        assertThat(mirror.isShown()).isTrue();
    }

    @Test
    void takes_no_reading_for_newer_than_what_is_shown() {
        mirror.heard("a", 5, true);
        mirror.know("a", record(5));
        mirror.show();

        mirror.know("a", record(5));

        assertThat(mirror.show()).isFalse();
        assertThat(mirror.isUnclear("a")).isFalse();
    }

    @Test
    void counts_transactions_that_leave_no_record() {
        mirror.heard(7);

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).asOf()).isEqualTo(7);
    }

    @Test
    void shows_nothing_after_an_interruption_until_everything_is_read_anew() {
        mirror.heard("a", 5, true);
        mirror.interrupt();
        mirror.heard("b", 9, true);
        mirror.know("b", record(9));
        mirror.heard(9);
        assertThat(mirror.show()).as("9, with who knows what before it").isFalse();

        mirror.beginListing();
        mirror.listed("a", record(5));
        mirror.listed("b", record(9));
        mirror.listed("c", record(7));
        mirror.endListing();

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).changes()).extracting("key").containsExactly("a", "c", "b");
    }

    @Test
    void takes_a_listing_together_with_what_changed_while_it_was_read() {
        mirror.beginListing();
        mirror.listed("a", record(8));
        mirror.heard("a", 11, false);
        mirror.heard("b", 11, false);
        mirror.listed("c", record(9));
        mirror.endListing();
        assertThat(mirror.show()).as("what b was before 11").isFalse();

        mirror.know("b", record(11));
        assertThat(mirror.show()).as("a as of 11").isFalse();
        mirror.know("a", record(11));

        assertThat(mirror.show()).isTrue();
        assertThat(page(1).asOf()).isEqualTo(11);
        assertThat(page(1).changes()).hasSize(3);
    }

    /** Property: whatever order the answers come in, each page is of whole transactions, and the end is the truth. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void never_shows_half_a_transaction(long seed) {
        Random random = new Random(seed);
        TreeMap<String, Long> truth = new TreeMap<>();
        TreeMap<String, TreeMap<Long, Boolean>> history = new TreeMap<>();
        Set<String> toRead = new TreeSet<>();
        long shown = 1;
        for (long revision = 2; revision < 400 || !toRead.isEmpty(); revision++) {
            for (int i = revision < 400 ? random.nextInt(4) : -1; i >= 0; i--) {
                String key = "k" + random.nextInt(8);
                mirror.heard(key, revision, !truth.containsKey(key));
                truth.put(key, revision);
                history.computeIfAbsent(key, none -> new TreeMap<>()).put(revision, true);
                toRead.add(key);
            }
            for (String key : Set.copyOf(toRead)) {
                if (random.nextInt(3) == 0) { // reads what the server has now
                    mirror.know(key, record(truth.get(key)));
                    toRead.remove(key);
                }
            }
            mirror.show();
            long asOf = mirror.table().asOf();
            assertThat(asOf).isGreaterThanOrEqualTo(shown);
            shown = asOf;
            history.forEach((key, revisions) -> {
                Znode znode = mirror.table().get(key);
                Long expected = revisions.floorKey(asOf);
                assertThat(znode == null ? null : (Long) znode.revision())
                        .as("%s as of %s", key, asOf)
                        .isEqualTo(expected);
            });
        }
        truth.forEach((key, revision) ->
                assertThat(mirror.table().get(key).revision()).isEqualTo(revision));
    }
}
