package dev.steward.jdbc;

import static dev.steward.jdbc.Ask.begin;
import static dev.steward.jdbc.Ask.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.lead.LeaseElection;
import dev.steward.store.CommitAnswer;
import dev.steward.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is still done when a store is closed. */
@Timeout(60)
class ClosingTest {
    @TempDir
    Path folder;

    private SqliteRecordStore open() {
        return SqliteRecordStore.open(folder.resolve("records"), TimeSource.system());
    }

    @Test
    void carries_out_what_was_asked_for_before() {
        List<CompletableFuture<CommitAnswer>> answers = new ArrayList<>();
        try (SqliteRecordStore store = open()) {
            for (int i = 0; i < 50; i++) {
                answers.add(begin(store, creating("a/" + i, "1")));
            }
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(CommitAnswer.Committed.class));
        try (SqliteRecordStore again = open()) {
            assertThat(Ask.all(again)).hasSize(50);
        }
    }

    @Test
    void leaves_a_lease_free_that_was_given_up_before() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            try (SqliteRecordStore store = open();
                    LeaseElection election = new LeaseElection(
                            "role", "holder-" + round, store, TimeSource.system(), Duration.ofHours(1))) {
                awaitLead(election);
            }
        }
    }

    private static void awaitLead(LeaseElection election) throws InterruptedException {
        LinkedBlockingQueue<String> wakes = new LinkedBlockingQueue<>();
        election.wakeWith(() -> wakes.add("wake"));
        while (!election.poll().lead()) {
            assertThat(wakes.poll(20, TimeUnit.SECONDS))
                    .as("a lease of the round before that was not given up lasts for an hour")
                    .isNotNull();
        }
    }
}
