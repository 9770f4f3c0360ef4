package dev.steward.lead;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.Calls;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordFormatException;
import dev.steward.store.RecordStore;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An election by a lease in any record store.
 *
 * <p>The lease is a record with its holder and a beat. The holder renews it three times within its duration, and leads until a duration has
 * passed since it <em>sent</em> the last renewal that was answered. The others take it when a duration, and up to a quarter of it at
 * random, has passed since they <em>saw</em> the record change. Each counts on its own monotonic clock, so no two clocks are compared, and
 * whoever looks late waits longer, never shorter. A lease that was given up is taken at once.
 *
 * <p>After the death of a holder another one is advised within 1.6 durations and the time of two answers of the store. A holder that is closed
 * while its renewal is in flight does not give the lease up, and lets it lapse.
 *
 * <p>Leases stand below {@code lease/}, apart from what caches follow: renewals are nobody's news.
 */
public final class LeaseElection implements LeaderElection {
    private static final Logger log = LoggerFactory.getLogger(LeaseElection.class);

    private static final int ROUNDS = 8; // look, take, look again: what a store that answers within the call may need

    private static final String HELD = "holds the lease";

    private final String role;
    private final String holder;
    private final RecordStore store;
    private final TimeSource time;
    private final long duration;
    private final Duration callLimit;
    private final long lookAgain; // at the soonest, however many hints come
    private final String key;
    private final Mailbox mailbox = new Mailbox();
    private final Calls calls;
    private final RecordStore.Hinting hinting;
    private final AtomicBoolean hinted = new AtomicBoolean();
    private final SplittableRandom random;
    private volatile WakeUp wakeUp = () -> {};

    private @Nullable Versioned record; // as it was last read or written; null: there is none
    private Lease lease = Lease.NONE;
    private boolean certain; // the record has been read since anything was unclear
    private boolean asking; // a read or a commit is in flight
    private long actAt; // when to look or to renew
    private long lookedAt;
    private long takeAt; // when the lease may be taken, unless it changes
    private boolean leading;
    private long leadUntil;
    private long quietUntil; // resigned: it is the others' turn
    private boolean told; // that the lease cannot be read
    private long attempts;
    private int conflicts; // in a row
    private String reason = "has not looked at the lease yet";
    private boolean closed;

    /**
     * A candidate for a role.
     *
     * @param role the role
     * @param holder this process, with a nonce of its start: two starts of one process are two candidates
     * @param duration how long the lease lasts after a renewal, at least 30 ms: for so long nobody leads after a crash, and for so long a holder
     *     may be cut off from the store without losing the role; several times what three answers of the store take
     * @throws IllegalArgumentException if the duration is shorter, or the holder is empty
     */
    public LeaseElection(String role, String holder, RecordStore store, TimeSource time, Duration duration) {
        checkArgument(!holder.isEmpty(), "%s: no holder", role);
        checkArgument(duration.compareTo(Duration.ofMillis(30)) >= 0, "%s: lease of %s, below 30 ms", role, duration);
        this.role = role;
        this.holder = holder;
        this.store = checkNotNull(store, "store");
        this.time = checkNotNull(time, "time");
        this.duration = TimeSource.saturatedNanos(duration);
        callLimit = duration.dividedBy(3);
        lookAgain = Math.max(this.duration / 30, Duration.ofMillis(10).toNanos());
        key = Lease.TYPE.key(role);
        calls = new Calls(mailbox, time);
        random = new SplittableRandom(holder.hashCode());
        long now = time.nanos();
        actAt = now;
        takeAt = now;
        quietUntil = now;
        lookedAt = now - lookAgain;
        mailbox.wakeWith(() -> wakeUp.wake());
        hinting = store.onHint(this::hint);
    }

    private void hint() {
        if (hinted.compareAndSet(false, true)) {
            wakeUp.wake();
        }
    }

    @Override
    public void wakeWith(WakeUp loop) {
        wakeUp = checkNotNull(loop, "wakeUp");
        loop.wake();
    }

    @Override
    public Advice poll() {
        if (closed) {
            return new Advice(false, Step.parked(), "is closed");
        }
        mailbox.drain();
        calls.expire();
        long now = time.nanos();
        if (!asking && hinted.get() && hinted.getAndSet(false) && !leading) {
            actAt = earlier(actAt, later(now, lookedAt + lookAgain));
        }
        for (int round = 0; round < ROUNDS && (asking ? !mailbox.isEmpty() : now - actAt >= 0); round++) {
            if (!asking) {
                act(now);
            }
            mailbox.drain(); // what answers within the call
        }
        if (leading && now - leadUntil >= 0) {
            leading = false;
            reason = "its lease is over" + (reason.equals(HELD) ? "" : ": " + reason);
        }
        return new Advice(leading, next(now), reason);
    }

    private Step next(long now) {
        Step step = asking ? calls.next() : Step.afterNanos(Math.max(actAt - now, 0));
        return leading ? step.earliest(Step.afterNanos(Math.max(leadUntil - now, 0))) : step;
    }

    private void act(long now) {
        if (leading && certain) {
            write(lease.heldBy(holder, duration), now);
        } else {
            look(now);
        }
    }

    private void look(long now) {
        asking = true;
        lookedAt = now;
        Consumer<ReadAnswer> answer =
                calls.expect(callLimit, this::looked, () -> new StoreTrouble.Unknown("no answer"));
        try {
            store.read(Set.of(key), answer);
        } catch (RuntimeException thrown) {
            answer.accept(new StoreTrouble.Unknown("the store threw " + thrown));
        }
    }

    private void looked(ReadAnswer answer) {
        asking = false;
        long now = time.nanos();
        if (answer instanceof ReadAnswer.Found found) {
            certain = see(found.records().isEmpty() ? null : found.records().get(0), now);
        } else {
            reason = "the lease cannot be read: " + answer;
        }
        if (!certain) {
            actAt = now + duration / 6;
            return;
        }
        if (lease.holder().equals(holder)) {
            write(closed || now - quietUntil < 0 ? lease.heldBy("", 0) : lease.heldBy(holder, duration), now);
            return;
        }
        leading = false;
        long mayTake = later(takeAt, quietUntil);
        if (closed) {
            reason = "is closed";
        } else if (now - mayTake >= 0) {
            write(lease.heldBy(holder, duration), now);
        } else {
            actAt = earlier(mayTake, now + duration / 3);
            reason = lease.isFree() ? "has resigned" : "the lease is held by " + lease.holder();
        }
    }

    /** Takes note of the record; answers whether it could be read. */
    private boolean see(@Nullable Versioned found, long now) {
        boolean changed = found == null || record == null || found.revision() != record.revision();
        if (!changed) {
            return true;
        }
        try {
            lease = found == null ? Lease.NONE : Lease.TYPE.decode(found);
        } catch (RecordFormatException unreadable) {
            if (!told) {
                log.atWarn()
                        .addKeyValue("role", role)
                        .log("no candidate while the lease cannot be read: {}", unreadable.getMessage());
            }
            told = true;
            reason = "the lease cannot be read: " + unreadable.getMessage();
            return false;
        }
        told = false;
        record = found;
        takeAt = lease.isFree() ? now : now + lease.nanos() + (long) (lease.nanos() / 4.0 * random.nextDouble());
        return true;
    }

    private void write(Lease next, long now) {
        asking = true;
        certain = false;
        Stage stage = new Stage();
        if (record == null) {
            stage.create(Lease.TYPE, role, next);
        } else {
            stage.put(Lease.TYPE, record, next);
        }
        Consumer<CommitAnswer> answer =
                calls.expect(callLimit, it -> wrote(next, now, it), () -> new StoreTrouble.Unknown("no answer"));
        try {
            store.commit(stage.toBatch(holder + "~" + ++attempts), answer);
        } catch (RuntimeException thrown) {
            answer.accept(new StoreTrouble.Unknown("the store threw " + thrown));
        }
    }

    private void wrote(Lease written, long sentAt, CommitAnswer answer) {
        asking = false;
        long now = time.nanos();
        if (answer instanceof CommitAnswer.Committed committed) {
            certain = true;
            conflicts = 0;
            lease = written;
            record = new Versioned(key, committed.revision(), Lease.TYPE.encode(written));
            takeAt = now;
            boolean resigned = now - quietUntil < 0;
            leading = !written.isFree() && !resigned;
            leadUntil = sentAt + duration;
            actAt = written.isFree() ? quietUntil : resigned ? now : sentAt + duration / 3;
            certain = leading || written.isFree();
            reason = leading ? HELD : "has resigned";
        } else if (answer instanceof CommitAnswer.Conflict) { // it may be a renewal of our own that came late: look
            long rest = Math.min(lookAgain << Math.min(conflicts++, 20), duration / 6);
            actAt = later(now, lookedAt + rest); // a store that lags shows the same again
            reason = "another was faster to take the lease";
        } else {
            actAt = now + duration / 6;
            reason = "the lease cannot be written: " + answer;
        }
    }

    @Override
    public void resign() {
        long now = time.nanos();
        quietUntil = now + duration;
        boolean held = leading;
        leading = false;
        if (held && !asking) { // if it is unclear what the record is, this conflicts and harms nobody
            write(lease.heldBy("", 0), now);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true; // what has been answered is taken in, but nothing is taken any more
        mailbox.drain();
        resign();
        hinting.close();
        calls.forget();
    }

    private static long earlier(long a, long b) {
        return a - b <= 0 ? a : b;
    }

    private static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }
}
