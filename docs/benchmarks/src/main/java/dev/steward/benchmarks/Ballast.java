package dev.steward.benchmarks;

import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordStore;
import dev.steward.store.RecordValue;
import dev.steward.store.Stage;
import java.util.concurrent.CompletableFuture;

/** Records that nobody changes, as many as there are instances in a large domain. */
final class Ballast {
    static final String PREFIX = "instance/";
    private static final int BATCH = 250;
    private static final int FOLDER = 1_000;
    private static final RecordValue VALUE = RecordValue.utf8(Decision.FILLING);

    private Ballast() {}

    /** Makes so many, a thousand below each of so many domains. */
    static void load(RecordStore store, int records) throws Exception {
        for (int from = 0; from < records; from += BATCH) {
            Stage stage = new Stage();
            for (int i = from; i < Math.min(from + BATCH, records); i++) {
                stage.create(PREFIX + "domain-" + i / FOLDER + "/" + i, VALUE);
            }
            CompletableFuture<CommitAnswer> answer = new CompletableFuture<>();
            store.commit(stage.toBatch("ballast-" + from), answer::complete);
            CommitAnswer got = Await.value("ballast", answer);
            if (!(got instanceof CommitAnswer.Committed)) {
                throw new IllegalStateException("ballast: " + got);
            }
        }
    }
}
