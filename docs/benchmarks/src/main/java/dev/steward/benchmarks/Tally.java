package dev.steward.benchmarks;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordValue;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts decisions that each add one to the same number, and compares them with what the number has come to. Safe for use by many threads.
 */
final class Tally implements MeteredStore.Ear {
    private final Set<Long> acknowledged = new HashSet<>();
    private long unknown;
    private long repeated;

    @Override
    public synchronized void answered(Batch batch, CommitAnswer answer, long nanos) {
        if (!MeteredStore.isDecision(batch)) {
            return;
        }
        if (answer instanceof CommitAnswer.Committed committed) {
            if (!acknowledged.add(number(batch, committed.revision()))) {
                repeated++;
            }
        } else if (answer instanceof StoreTrouble.Unknown) {
            unknown++;
        }
    }

    private static long number(Batch batch, long revision) {
        for (Batch.Op op : batch.changes()) {
            if (op.key().startsWith(Decision.TYPE.prefix())) {
                return number(new Versioned(op.key(), revision, value(op)));
            }
        }
        throw new IllegalStateException(batch.id() + " decides nothing");
    }

    private static RecordValue value(Batch.Op op) {
        return op instanceof Batch.Put put ? put.value() : ((Batch.Create) op).value();
    }

    static long number(Versioned record) {
        return Decision.TYPE.decode(record).number();
    }

    synchronized long acknowledged() {
        return acknowledged.size();
    }

    /** Decisions that were acknowledged and are not in a number. */
    synchronized long lost(long number) {
        return acknowledged.stream().filter(one -> one > number).count() + Math.max(acknowledged.size() - number, 0);
    }

    /** Decisions that were acknowledged twice, or were made although their answer says that they were not. */
    synchronized long doubled(long number) {
        return repeated + Math.max(number - acknowledged.size() - unknown, 0);
    }
}
