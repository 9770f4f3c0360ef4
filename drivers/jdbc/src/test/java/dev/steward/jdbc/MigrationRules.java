package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.all;
import static dev.steward.jdbc.Ask.commit;
import static dev.steward.jdbc.Ask.committed;
import static dev.steward.jdbc.Ask.creating;
import static dev.steward.jdbc.Ask.putting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a store of one version of the software meets tables of another, on both databases. */
@Timeout(60)
abstract class MigrationRules {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Migration SECOND = new Migration(
            2,
            List.of(
                    "alter table steward_record add column note integer default 5 not null",
                    "create index steward_record_by_note on steward_record (note)"));
    private static final Migration BROKEN =
            new Migration(3, List.of("alter table steward_record add column other integer", "this is no statement"));

    abstract List<Migration> shipped();

    abstract RecordStore open(List<Migration> migrations);

    private List<Migration> with(Migration... more) {
        List<Migration> all = new ArrayList<>(shipped());
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void brings_the_tables_of_an_earlier_version_up_to_date_with_all_records() {
        Map<String, Versioned> before;
        try (RecordStore store = open(shipped())) {
            committed(store, creating("a", "1"), creating("b", "1"));
            committed(store, putting("a", 1, "2"));
            before = all(store);
        }

        try (RecordStore store = open(with(SECOND))) {
            assertThat(all(store)).isEqualTo(before).hasSize(2);
            assertThat(committed(store, putting("a", 2, "3"))).isEqualTo(3);
        }
        try (RecordStore store = open(with(SECOND))) {
            assertThat(all(store)).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void refuses_the_tables_of_a_later_version_and_names_both() {
        try (RecordStore store = open(with(SECOND))) {
            committed(store, creating("a", "1"));
        }

        assertThatThrownBy(() -> open(shipped()))
                .isInstanceOfSatisfying(
                        StoreOpenException.class, refusal -> assertThat(refusal).hasMessageContaining(refusal.store()))
                .hasMessageContaining("of version 2, newer than 1");
        try (RecordStore store = open(with(SECOND))) {
            assertThat(all(store)).containsOnlyKeys("a");
        }
    }

    @Test
    void writes_nothing_more_when_a_later_version_takes_the_tables_over() {
        try (RecordStore old = open(shipped())) {
            committed(old, creating("a", "1"));
            try (RecordStore later = open(with(SECOND))) {
                assertThat(commit(old, putting("a", 1, "2")))
                        .isInstanceOfSatisfying(
                                StoreTrouble.Refused.class,
                                refused -> assertThat(refused.reason()).contains("of version 2, newer than 1"));
                assertThat(committed(later, putting("a", 1, "3"))).isEqualTo(2);
            }
        }
    }

    @Test
    void leaves_everything_as_it_was_when_a_migration_fails() {
        try (RecordStore store = open(shipped())) {
            committed(store, creating("a", "1"));
        }

        assertThatThrownBy(() -> open(with(SECOND, BROKEN))).isInstanceOf(StoreOpenException.class);

        try (RecordStore store = open(shipped())) {
            assertThat(committed(store, putting("a", 1, "2"))).isEqualTo(2);
        }
    }

    @Test
    void is_made_once_when_many_open_it_at_the_same_time() throws InterruptedException {
        int many = 8;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        List<RecordStore> stores = new ArrayList<>();
        try {
            CountDownLatch ready = new CountDownLatch(many);
            List<CompletableFuture<RecordStore>> opening = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                opening.add(CompletableFuture.supplyAsync(
                        () -> {
                            ready.countDown();
                            awaitQuietly(ready);
                            return open(with(SECOND));
                        },
                        threads));
            }
            for (CompletableFuture<RecordStore> each : opening) {
                stores.add(Ask.await(each));
            }
            for (int i = 0; i < many; i++) {
                assertThat(committed(stores.get(i), creating("a/" + i, "1"))).isEqualTo(i + 1);
            }
        } finally {
            stores.forEach(RecordStore::close);
            threads.shutdown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
