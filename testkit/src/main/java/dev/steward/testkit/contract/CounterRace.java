package dev.steward.testkit.contract;

import static dev.steward.testkit.contract.StoreClient.batch;
import static dev.steward.testkit.contract.StoreClient.putting;

import dev.steward.store.CommitAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One who counts up the record {@code counter} a number of times by compare-and-set, beside others who do the same. */
final class CounterRace {
    private final RecordStoreSetting contract;
    private final StoreClient client;
    private final int wins;
    private final FutureTask<Map<Long, Long>> run = new FutureTask<>(this::run);

    CounterRace(RecordStoreSetting contract, StoreClient client, int wins) {
        this.contract = contract;
        this.client = client;
        this.wins = wins;
    }

    /** Begins, on a thread of its own if the contract allows more than one. */
    void begin() {
        if (contract.threads() == 1) {
            run.run();
        } else {
            Thread thread = new Thread(run, "counter race");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Waits for the end; answers the revisions that it made, each by the one that it had expected. */
    Map<Long, Long> end() throws InterruptedException {
        try {
            return run.get(contract.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("a counter failed: " + failure.getCause(), failure.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError("a counter has not ended within " + contract.patience(), late);
        }
    }

    private Map<Long, Long> run() throws InterruptedException {
        Map<Long, Long> won = new TreeMap<>();
        for (long tries = contract.looks() * wins; won.size() < wins && tries > 0; tries--) {
            Versioned before = client.get("counter").orElseThrow();
            String next = String.valueOf(Integer.parseInt(before.value().toUtf8()) + 1);
            CommitAnswer answer = client.ask(batch(putting("counter", before.revision(), next)))
                    .await();
            if (answer instanceof CommitAnswer.Committed committed) {
                won.put(before.revision(), committed.revision());
            } else if (answer instanceof CommitAnswer.Conflict || answer instanceof StoreTrouble.Unavailable) {
                contract.pause();
            } else {
                throw new AssertionError("the answer to a compare-and-set: " + answer);
            }
        }
        return won;
    }
}
