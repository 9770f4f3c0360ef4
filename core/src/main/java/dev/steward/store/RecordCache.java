package dev.steward.store;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.internal.PassGuard;
import dev.steward.loop.Calls;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * This process's copy of a store: what its passes read instead of the store. Everything that happens, happens because a record
 * changed here, whoever wrote it.
 *
 * <p>Loading, listing anew, catching up and following are one and the same: read on from where the last read ended. A read begins when it is
 * asked for ({@link #refresh}), when the store hints at a change, and at the latest one {@link Options#period} after the one before. Own
 * commits show at their answer. Per key the copy never goes back, whatever a lagging store shows.
 *
 * <p><b>Use.</b> One for each process and store, shared by the loops of one {@link dev.steward.loop.CompositeLoop}. Each of them polls it first in its
 * pass, and asks {@link #next} last.
 *
 * <p><b>Threads.</b> Not safe for use by many threads, but for {@link #wakes} and {@link #wakesNoMore}.
 */
public final class RecordCache implements AutoCloseable {
    private static final int PAGES_A_POLL = 8;

    private final RecordStore store;
    private final TimeSource time;
    private final Options options;
    private final Bell bell = new Bell();
    private final Mailbox mailbox = new Mailbox();
    private final Calls calls;
    private final RecordCopy copy;
    private final Follower follower;
    private final RecordStore.Hinting hinting;
    private final PassGuard guard = new PassGuard();
    private boolean closed;

    /**
     * How a cache reads.
     *
     * @param callLimit how long an answer of the store is awaited; above zero
     * @param period how old the copy may be if no hint comes: a read begins this long after the last one began; above zero
     * @param pageSize how many changes a page has, from 1; large pages, else a take-over chases the head of a busy store
     * @param retry how long to wait after failed reads
     */
    public record Options(Duration callLimit, Duration period, int pageSize, Backoff retry) {
        /** @throws IllegalArgumentException if a duration is not above zero, or the page size is below 1 */
        public Options {
            checkArgument(callLimit.compareTo(Duration.ZERO) > 0, "call limit is not above zero: %s", callLimit);
            checkArgument(period.compareTo(Duration.ZERO) > 0, "period is not above zero: %s", period);
            checkArgument(pageSize >= 1, "page size is below 1: %s", pageSize);
            checkNotNull(retry, "retry");
        }

        /** 3 s for an answer, a read each second, pages of 10,000, and 100 ms to 5 s between failed reads. */
        public static Options defaults() {
            return new Options(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    10_000,
                    Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(5)));
        }

        /** The same with another limit for answers. */
        public Options withCallLimit(Duration limit) {
            return new Options(limit, period, pageSize, retry);
        }

        /** The same with another period. */
        public Options withPeriod(Duration other) {
            return new Options(callLimit, other, pageSize, retry);
        }

        /** The same with pages of another size. */
        public Options withPageSize(int changes) {
            return new Options(callLimit, period, changes, retry);
        }

        /** The same with other waits after failed reads. */
        public Options withRetry(Backoff waits) {
            return new Options(callLimit, period, pageSize, waits);
        }
    }

    /** Stands for reads that begin after it was given. */
    public record Ticket(long read) {}

    /** One listener's tie to a cache. Belongs to the loop's thread. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        /** Ends it; not within a poll. Idempotent. */
        @Override
        void close();
    }

    /** Follows all records of a store below {@code prefixes}, with {@link Options#defaults}. */
    public RecordCache(RecordStore store, Set<String> prefixes, TimeSource time) {
        this(store, prefixes, time, Options.defaults());
    }

    /**
     * Follows all records of a store below {@code prefixes}; the first {@link #poll} begins to load them.
     *
     * @throws IllegalArgumentException if there is no prefix, or one is none
     */
    public RecordCache(RecordStore store, Set<String> prefixes, TimeSource time, Options options) {
        this.store = checkNotNull(store, "store");
        this.time = checkNotNull(time, "time");
        this.options = checkNotNull(options, "options");
        calls = new Calls(mailbox, time);
        copy = new RecordCopy(time);
        follower = new Follower(
                store, new ChangeQuery(prefixes, Cursor.START, options.pageSize), calls, copy, time, options);
        mailbox.wakeWith(bell::ring);
        hinting = store.onHint(bell::hint);
    }

    private record Tie(ControlLoop loop, WakeUp wakeUp) {}

    /** Wakes the loops of the cache; remembers that the store has hinted. */
    private static final class Bell {
        private final List<Tie> loops = new CopyOnWriteArrayList<>(); // in their order, so that a run can be repeated
        private final AtomicBoolean hinted = new AtomicBoolean();

        private void ring() {
            loops.forEach(tie -> tie.wakeUp.wake());
        }

        private synchronized void tie(ControlLoop loop, WakeUp wakeUp) {
            untie(loop);
            loops.add(new Tie(loop, wakeUp));
        }

        private synchronized void untie(ControlLoop loop) {
            loops.removeIf(tie -> tie.loop == loop);
        }

        private void hint() {
            if (hinted.compareAndSet(false, true)) {
                ring();
            }
        }
    }

    /** What wakes a loop that uses this cache, instead of what did so before. Safe for use by many threads. */
    public void wakes(ControlLoop loop, WakeUp wakeUp) {
        bell.tie(checkNotNull(loop, "loop"), checkNotNull(wakeUp, "wakeUp"));
        wakeUp.wake();
    }

    /** Wakes a loop no more. Safe for use by many threads. */
    public void wakesNoMore(ControlLoop loop) {
        bell.untie(loop);
    }

    /**
     * Takes in what the store has answered, and begins to read if that is due. Costs next to nothing if neither is so.
     *
     * @throws IllegalStateException if it is called while it is under way
     */
    public void poll() {
        guard.enter("record cache");
        try {
            if (closed) {
                return;
            }
            settle();
            for (int page = 0; page < PAGES_A_POLL; page++) {
                if (bell.hinted.get() && bell.hinted.getAndSet(false)) {
                    follower.ask();
                }
                if (!follower.readIfDue()) {
                    break;
                }
                settle();
            }
            copy.forgetOldDeletions();
        } finally {
            guard.exit();
        }
    }

    private void settle() {
        mailbox.drain();
        calls.expire();
    }

    /** When to poll again at the latest. Ask it last in a pass: what the pass has begun counts. */
    public Step next() {
        return closed
                ? Step.parked()
                : bell.hinted.get() || !mailbox.isEmpty()
                        ? Step.again()
                        : follower.next().earliest(calls.next());
    }

    /** Asks for a read. Its ticket is complete when a read that begins after this call has been applied whole. */
    public Ticket refresh() {
        return follower.refresh();
    }

    /** Whether a read that began after the ticket was given has been applied whole. */
    public boolean isComplete(Ticket ticket) {
        return follower.completed() >= ticket.read;
    }

    /** The same, and everything up to the revision {@code atLeast} is in. */
    public boolean isComplete(Ticket ticket, long atLeast) {
        return isComplete(ticket) && follower.revision() >= atLeast;
    }

    /** Whether a first read has been applied whole: what is not here was not there. */
    public boolean isLoaded() {
        return follower.completed() > 0;
    }

    boolean isClosed() {
        return closed;
    }

    /** The record of a key that is followed. */
    public Optional<Versioned> get(String key) {
        return copy.get(key);
    }

    /** How many records there are. */
    public int size() {
        return copy.size();
    }

    /** How many deletions are remembered, for an hour each. */
    public int rememberedDeletions() {
        return copy.remembered();
    }

    /** How long ago the last complete read began: what others have written since may be missing. The longest duration before the first. */
    public Duration staleness() {
        return follower.staleness();
    }

    /** Beyond which {@link #staleness} something is wrong: three periods and an answer. */
    public Duration patience() {
        return options.period.multipliedBy(3).plus(options.callLimit);
    }

    /** What is wrong with reading the store, if it is. */
    public Optional<StoreTrouble> trouble() {
        return follower.trouble();
    }

    /** Whether this cache follows what is below a prefix. */
    public boolean follows(String prefix) {
        return follower.wants(RecordKeys.checkPrefix(prefix));
    }

    /**
     * Tells of every record below a prefix, from now on: first of those that are known, within this call.
     *
     * @return ends it
     * @throws IllegalArgumentException if the prefix is none, or is not followed
     */
    public Following follow(String prefix, ChangeListener listener) {
        checkArgument(follows(prefix), "%s is not followed by this cache", prefix);
        return copy.follow(prefix, checkNotNull(listener, "listener"));
    }

    /** Commits a batch; what it has written shows here when {@code then} is told. */
    void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        Consumer<CommitAnswer> answer = calls.expect(
                options.callLimit,
                it -> {
                    try {
                        if (it instanceof CommitAnswer.Committed committed) {
                            follower.committed(batch, committed.revision());
                        }
                    } finally {
                        then.accept(it); // also when a listener throws, else its writer waits for ever
                    }
                },
                () -> new StoreTrouble.Unknown("no answer within " + options.callLimit));
        try {
            store.commit(batch, answer);
        } catch (RuntimeException thrown) {
            answer.accept(new StoreTrouble.Unknown("the store threw " + thrown));
        }
    }

    TimeSource time() {
        return time;
    }

    /** Reads no more, and tells nobody anything; the store stays open. Idempotent. */
    @Override
    public void close() {
        guard.enter("close", "record cache");
        try {
            closed = true;
            hinting.close();
            calls.forget();
        } finally {
            guard.exit();
        }
    }
}
