package dev.steward.store;

import dev.steward.loop.Calls;
import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a store page by page into a copy.
 *
 * <p>A read is the run of pages up to one that has no more behind it. It is complete only when it has come as far as any page ever said that the
 * store is, and as far as every own commit that was answered before: a store that lags may show less, and then it is asked again.
 */
final class Follower {
    private static final Logger log = LoggerFactory.getLogger(RecordCache.class);

    private static final int SMALLEST_PAGE = 100;
    private static final long AFTER_HINT = Duration.ofMillis(10).toNanos(); // after a failure, at the soonest

    private final RecordStore store;
    private final Calls calls;
    private final RecordCopy copy;
    private final TimeSource time;
    private final RecordCache.Options options;
    private final SplittableRandom jitter = new SplittableRandom(1); // reads of several processes need not be spread
    private ChangeQuery query;
    private boolean asked = true;
    private boolean reading; // a page is on its way
    private boolean midway; // a read has begun and is not complete
    private long begun; // reads
    private long completed; // the number of the last complete read
    private long beganAt;
    private long completeAsOf; // when the last complete read began
    private long head; // the highest revision that a page or an own commit has shown
    private long need; // the head when the page on its way was asked for: what a store that keeps its promises shows
    private long notBefore;
    private long failedAt;
    private int failures;
    private @Nullable StoreTrouble trouble;

    Follower(
            RecordStore store,
            ChangeQuery query,
            Calls calls,
            RecordCopy copy,
            TimeSource time,
            RecordCache.Options options) {
        this.store = store;
        this.query = query;
        this.calls = calls;
        this.copy = copy;
        this.time = time;
        this.options = options;
        notBefore = time.nanos();
        failedAt = notBefore;
        beganAt = notBefore;
    }

    /** The store hints: there may be news, and after trouble that it is over. */
    void ask() {
        asked = true;
        notBefore = Math.min(notBefore - failedAt, AFTER_HINT) + failedAt;
    }

    RecordCache.Ticket refresh() {
        asked = true;
        return new RecordCache.Ticket(begun + 1);
    }

    long completed() {
        return completed;
    }

    /** Everything up to here is in. */
    long revision() {
        return query.cursor().after();
    }

    boolean wants(String prefix) {
        return query.wants(prefix);
    }

    Duration staleness() {
        return completed == 0 ? Duration.ofNanos(Long.MAX_VALUE) : Duration.ofNanos(time.nanos() - completeAsOf);
    }

    Optional<StoreTrouble> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Asks for the next page if one is due; answers whether it did. */
    boolean readIfDue() {
        long now = time.nanos();
        if (reading || nanosToNext(now) > 0) {
            return false;
        }
        if (!midway) {
            midway = true;
            asked = false;
            begun++;
            beganAt = now;
        }
        reading = true;
        need = head;
        Consumer<ChangesAnswer> answer = calls.expect(
                options.callLimit(),
                this::answered,
                () -> new StoreTrouble.Unknown("no answer within " + options.callLimit()));
        try {
            store.changes(query, answer);
        } catch (RuntimeException thrown) {
            answer.accept(new StoreTrouble.Unknown("the store threw " + thrown));
        }
        return true;
    }

    private long nanosToNext(long now) {
        long ready = Math.max(notBefore - now, 0);
        long due = midway || asked || begun == 0 ? 0 : beganAt - now + TimeSource.saturatedNanos(options.period());
        return Math.max(ready, due);
    }

    Step next() {
        return reading ? Step.parked() : Step.afterNanos(nanosToNext(time.nanos()));
    }

    private void answered(ChangesAnswer answer) {
        reading = false;
        if (answer instanceof Changes page) {
            apply(page);
        } else if (answer instanceof StoreTrouble failed) {
            fail(failed);
        } else {
            throw new AssertionError(answer);
        }
    }

    private void apply(Changes page) {
        if (!page.reset() && page.asOf() < query.cursor().since()) {
            // shows as alive what was deleted up to since, and no later page would tell
            fail(new StoreTrouble.Unavailable("the store shows " + page.asOf() + ", and has shown "
                    + query.cursor().since()));
            return;
        }
        if (page.reset()) {
            copy.beginSweep();
        }
        head = Math.max(head, page.asOf());
        page.changes().forEach(copy::apply);
        query = new ChangeQuery(query.prefixes(), page.next(), query.limit());
        if (page.more()) {
            well();
        } else if (revision() < need) {
            fail(new StoreTrouble.Unavailable("the store shows " + revision() + ", and has been at " + need));
        } else {
            well();
            copy.endSweep(revision());
            midway = false;
            completed = begun;
            completeAsOf = beganAt;
        }
    }

    private void resize(int changes) {
        if (changes != query.limit()) {
            query = new ChangeQuery(query.prefixes(), query.cursor(), changes);
        }
    }

    private void well() {
        resize((int) Math.min(query.limit() * 2L, options.pageSize()));
        if (trouble != null) {
            log.atInfo().addKeyValue("failures", failures).log("the store is read again");
        }
        failures = 0;
        trouble = null;
    }

    private void fail(StoreTrouble failed) {
        if (failed instanceof StoreTrouble.Unknown) { // a page too large to be read within the limit never will be
            resize(Math.max(query.limit() / 2, Math.min(SMALLEST_PAGE, options.pageSize())));
        }
        if (trouble == null || trouble.getClass() != failed.getClass()) {
            log.atWarn().log("the store cannot be read: {}", failed);
        }
        failures++;
        trouble = failed;
        failedAt = time.nanos();
        notBefore = failedAt + TimeSource.saturatedNanos(options.retry().delay(failures, jitter));
    }

    /** An own commit was answered. */
    void committed(Batch batch, long revision) {
        head = Math.max(head, revision);
        for (Batch.Op op : batch.changes()) {
            if (!query.wants(op.key())) {
                continue;
            }
            if (op instanceof Batch.Create create) {
                copy.apply(new Versioned(create.key(), revision, create.value()));
            } else if (op instanceof Batch.Put put) {
                copy.apply(new Versioned(put.key(), revision, put.value()));
            } else if (op instanceof Batch.Delete delete) {
                copy.apply(new Deleted(delete.key(), revision));
            }
        }
    }
}
