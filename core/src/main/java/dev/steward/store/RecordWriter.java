package dev.steward.store;

import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.loop.Step;
import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Commits one batch at a time, and says when to decide again.
 *
 * <p>A batch is never sent twice. A conflict and an unknown outcome are the same case: the writer is ready again when a read that began
 * after the answer is in the cache, and then whoever writes decides anew, from what the records say. Trouble of other kinds delays it.
 *
 * <p><b>Threads.</b> Belongs to the loop of its cache.
 */
public final class RecordWriter {
    private static final Logger log = LoggerFactory.getLogger(RecordWriter.class);

    private final RecordCache cache;
    private final String owner;
    private final TimeSource time;
    private final Backoff retry;
    private final SplittableRandom jitter;
    private long attempts;
    private boolean inFlight;
    private RecordCache.@Nullable Ticket looking;
    private long notBefore;
    private int failures;
    private @Nullable CommitAnswer trouble;

    /** Writes what {@code cache} follows, waiting 100 ms to 5 s after trouble. */
    public RecordWriter(RecordCache cache, String owner) {
        this(
                cache,
                owner,
                Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(5))
                        .withJitter(0.5));
    }

    /**
     * Writes what {@code cache} follows.
     *
     * @param owner this process, with a nonce of its start, else it takes a late batch of its predecessor for its own; in batch ids and logs
     * @param retry how long to wait after trouble, and after the second conflict in a row
     */
    public RecordWriter(RecordCache cache, String owner, Backoff retry) {
        this.cache = checkNotNull(cache, "cache");
        this.owner = checkNotNull(owner, "owner");
        this.retry = checkNotNull(retry, "retry");
        time = cache.time();
        jitter = new SplittableRandom(owner.hashCode());
        notBefore = time.nanos();
    }

    /** Whether a batch may be committed: the cache is loaded, nothing is in flight, nothing is to be looked at or waited for. */
    public boolean isReady() {
        return cache.isLoaded()
                && !inFlight
                && (looking == null || cache.isComplete(looking))
                && time.nanos() - notBefore >= 0;
    }

    /** Whether a batch is in flight. */
    public boolean isCommitting() {
        return inFlight;
    }

    /** A name for the next batch, which no other has. */
    public String nextId() {
        return owner + "#" + ++attempts;
    }

    /**
     * Commits what is staged.
     *
     * @param then told the answer once, in a later {@link RecordCache#poll}; if it was committed, the records are in the cache by then
     * @throws IllegalStateException if the writer is not {@linkplain #isReady ready}
     * @throws IllegalArgumentException if nothing is staged
     */
    public void commit(Stage stage, Consumer<? super CommitAnswer> then) {
        commit(stage.toBatch(nextId()), then);
    }

    /**
     * Commits a batch that was made with {@link #nextId}.
     *
     * @param then told the answer once, in a later {@link RecordCache#poll}; if it was committed, the records are in the cache by then
     * @throws IllegalStateException if the writer is not {@linkplain #isReady ready}
     */
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        checkState(isReady(), "%s: not ready to commit %s", owner, batch.id());
        inFlight = true;
        looking = null;
        cache.commit(batch, answer -> {
            inFlight = false;
            weigh(batch, answer);
            then.accept(answer);
        });
    }

    private void weigh(Batch batch, CommitAnswer answer) {
        if (answer instanceof CommitAnswer.Committed) {
            failures = 0;
            trouble = null;
            return;
        }
        boolean sameAsBefore = trouble != null && trouble.getClass() == answer.getClass();
        trouble = answer;
        failures++;
        boolean mayHaveChanged = answer instanceof CommitAnswer.Conflict || answer instanceof StoreTrouble.Unknown;
        if (mayHaveChanged) {
            looking = cache.refresh();
        }
        if (!mayHaveChanged || failures > 1) {
            notBefore = time.nanos() + TimeSource.saturatedNanos(retry.delay(failures, jitter));
        }
        if (sameAsBefore) {
            log.atDebug().addKeyValue("batch", batch.id()).log("not committed again: {}", answer);
        } else {
            log.atLevel(answer instanceof CommitAnswer.Conflict ? Level.DEBUG : Level.WARN)
                    .addKeyValue("batch", batch.id())
                    .log("not committed: {}", answer);
        }
    }

    /** What became of the last batch, if it was not committed. */
    public Optional<CommitAnswer> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** When it may be ready for reasons of its own; parked if it is ready, or waits for the store. */
    public Step next() {
        long nanos = notBefore - time.nanos();
        return inFlight || nanos <= 0 ? Step.parked() : Step.afterNanos(nanos);
    }
}
