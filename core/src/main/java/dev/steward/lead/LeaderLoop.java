package dev.steward.lead;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.RecordCache;
import dev.steward.store.RecordWriter;
import dev.steward.store.Stage;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import dev.steward.time.Backoff;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that one process at a time does: follows, claims, catches up, leads, commits.
 *
 * <p><b>Why it is right.</b> A term is made by one compare-and-set of one record, the fence of the role, so it has one holder. Every batch of the
 * work rewrites the fence, so the batches of a role form one chain: of any two that expect the same link one can land, and none of an
 * earlier term lands after a claim. The leader reads up to its claim before it decides, so it knows every record that an earlier term has
 * made. The election only advises who should try.
 *
 * <p>A conflict and an unknown outcome are the same case: look, then decide again. The expected revision of the fence is what the cache says, so a
 * batch of ours that is still on its way either breaks our next one, or is broken by it.
 *
 * <p><b>Threads.</b> A {@link ControlLoop}; the cache, the election and the work belong to its thread. {@link #status} is safe for use by many.
 */
public final class LeaderLoop implements ControlLoop {
    private static final int ROUNDS = 16; // in one pass, while the store answers within the call
    private static final String UNREADABLE = "its fence is of a newer version";
    private static final String WAS_CLOSED = "was closed";
    private static final int LOSSES = 5; // in a row, and it lets another try
    private static final int FENCE_BYTES = 2_048;
    private static final Backoff AGAIN = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(5))
            .withJitter(0.5)
            .withResetAfter(Duration.ofSeconds(10));

    private final String role;
    private final String holder;
    private final LeaderElection election;
    private final RecordCache cache;
    private final ElectedWork work;
    private final TimeSource time;
    private final RecordWriter writer;
    private final String fenceKey;
    private final SplittableRandom random;
    private final PassGuard guard = new PassGuard();
    private final LeaderTeller teller;
    private final Stall stall; // in claiming, looking, deciding or committing

    private LeaderPhase phase = LeaderPhase.FOLLOWING;
    private @Nullable Leadership leadership;
    private @Nullable CommitAnswer answer; // of the batch in flight, once it has come
    private long attempt; // what is answered to an earlier one is nobody's
    private RecordCache.@Nullable Ticket ticket;
    private long atLeast;
    private long notBefore;
    private long since; // when it began to lead
    private int losses;
    private boolean closed;

    /**
     * A candidate for a role.
     *
     * @param role the role
     * @param holder this process, with a nonce of its start, else it takes its predecessor's term for its own; at most 200 characters
     * @param election advises; closed with the loop
     * @param cache follows {@code lead/} and whatever the work reads; shared, and not closed with the loop
     * @param feed told the phases, but for what a commit comes and goes through
     * @throws IllegalArgumentException if the cache does not follow {@code lead/}, or the holder is empty or too long
     */
    public LeaderLoop(
            String role,
            String holder,
            LeaderElection election,
            RecordCache cache,
            ElectedWork work,
            StateFeed feed,
            TimeSource time) {
        checkArgument(!holder.isEmpty() && holder.length() <= 200, "%s: no holder: '%s'", role, holder);
        this.role = checkNotNull(role, "role");
        this.holder = holder;
        this.election = checkNotNull(election, "election");
        this.cache = checkNotNull(cache, "cache");
        this.work = checkNotNull(work, "work");
        this.time = checkNotNull(time, "time");
        fenceKey = Fence.TYPE.key(role);
        checkArgument(cache.follows(Fence.TYPE.prefix()), "the cache does not follow %s", Fence.TYPE.prefix());
        writer = new RecordWriter(cache, holder);
        random = new SplittableRandom(holder.hashCode());
        notBefore = time.nanos();
        since = notBefore;
        stall = new Stall(time);
        teller = new LeaderTeller(role, holder, cache, writer, checkNotNull(feed, "feed"));
    }

    @Override
    public String name() {
        return role;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        cache.wakes(this, wakeUp);
        election.wakeWith(wakeUp);
    }

    /** The leadership of this process; empty unless it leads, as of its last pass. Belongs to the loop's thread. */
    public Optional<Leadership> leadership() {
        return isLeading() ? Optional.ofNullable(leadership) : Optional.empty();
    }

    private boolean isLeading() {
        return phase == LeaderPhase.LEADING || phase == LeaderPhase.COMMITTING;
    }

    /** What this process is for the role as of its last pass, and why. Safe for use by many threads. */
    public LeaderStatus status() {
        return teller.status();
    }

    @Override
    public Step manageOnce() {
        guard.enter(role);
        try {
            if (closed) {
                return Step.finished();
            }
            cache.poll();
            Advice advice = election.poll();
            Step wanted = Step.parked();
            if (!advice.lead()) {
                follow();
            } else if (stall.isOver()) {
                giveUp();
                advice = election.poll();
            } else {
                wanted = advance().earliest(stall.next());
            }
            teller.endOfPass(phase, advice);
            return wanted.earliest(advice.next()).earliest(writer.next()).earliest(cache.next());
        } finally {
            guard.exit();
        }
    }

    private void follow() {
        stall.end();
        if (phase != LeaderPhase.FOLLOWING) {
            depose(LeaderCause.NOT_ADVISED, "the election advises it no more");
        }
    }

    /** Lets another try, who may fare better. */
    private void giveUp() {
        String text = "could not go on for " + Stall.LIMIT.toSeconds() + " s";
        if (phase != LeaderPhase.FOLLOWING) {
            depose(LeaderCause.STUCK, text);
        } else {
            stall.end();
            teller.say(phase, LeaderCause.STUCK, text);
        }
        election.resign();
    }

    /** Goes through phases for as long as answers come within the call. */
    private Step advance() {
        for (int round = 0; round < ROUNDS; round++) {
            LeaderPhase before = phase;
            long attempts = attempt;
            Step wanted = one();
            if (phase == before && attempt == attempts) {
                return wanted;
            }
            cache.poll();
        }
        return Step.again();
    }

    /** One step of one phase; answers when the next is wanted if it stays where it is. */
    private Step one() {
        return switch (phase) {
            case FOLLOWING -> claimIfReady();
            case CLAIMING -> whileClaiming();
            case CATCHING_UP -> whileCatchingUp();
            case LEADING -> lead();
            case COMMITTING -> whileCommitting();
        };
    }

    private Step claimIfReady() {
        stall.begin();
        long wait = notBefore - time.nanos();
        if (wait > 0) {
            return Step.afterNanos(wait);
        }
        if (!writer.isReady()) {
            return Step.parked();
        }
        Optional<Versioned> record = cache.get(fenceKey);
        Optional<Fence> fence = Fence.read(record);
        if (record.isPresent() && fence.isEmpty()) {
            notBefore = time.nanos() + TimeSource.saturatedNanos(AGAIN.cap());
            teller.say(phase, LeaderCause.UNREADABLE, UNREADABLE);
            stall.end();
            election.resign(); // another, of a newer version, may know what to do
            return Step.after(AGAIN.cap());
        }
        long term = fence.map(Fence::term).orElse(0L) + 1;
        leadership = new Leadership(role, term, holder);
        commit(new Stage(), record);
        moveTo(LeaderPhase.CLAIMING, LeaderCause.ADVISED, "asks for term " + term);
        return Step.parked();
    }

    private void commit(Stage stage, Optional<Versioned> fence) {
        String id = writer.nextId();
        Batch.Op link = new Fence(current().term(), holder, id).link(fenceKey, fence);
        answer = null;
        long own = ++attempt;
        writer.commit(stage.toBatch(id, link), it -> {
            if (attempt == own) {
                answer = it;
            }
        });
    }

    private Leadership current() {
        return checkNotNull(leadership, "no leadership");
    }

    private Step whileClaiming() {
        if (answer instanceof CommitAnswer.Committed committed) {
            catchUp(
                    committed.revision(),
                    LeaderCause.CLAIMED,
                    "has term " + current().term());
        } else if (answer != null) {
            notBefore = time.nanos() + again();
            stall.end();
            moveTo(LeaderPhase.FOLLOWING, LeaderCause.CLAIM_FAILED, "could not claim: " + answer);
            if (losses % LOSSES == 0) {
                election.resign(); // another may fare better
            }
        }
        return Step.parked();
    }

    private long again() {
        return TimeSource.saturatedNanos(AGAIN.delay(++losses, random));
    }

    private void catchUp(long revision, LeaderCause cause, String text) {
        ticket = cache.refresh();
        atLeast = revision;
        moveTo(LeaderPhase.CATCHING_UP, cause, text);
    }

    private Step whileCatchingUp() {
        if (ticket != null && cache.isComplete(ticket, atLeast) && ownFence().isPresent()) {
            ticket = null;
            since = time.nanos();
            moveTo(
                    LeaderPhase.LEADING,
                    LeaderCause.CAUGHT_UP,
                    "leads in term " + current().term());
        }
        return Step.parked();
    }

    private Step lead() {
        Optional<Versioned> fence = ownFence();
        if (fence.isEmpty()) {
            return Step.parked();
        }
        if (!writer.isReady()) {
            return Step.parked(); // a batch was refused, and the writer waits
        }
        Stage stage = new Stage(1, FENCE_BYTES);
        stall.begin();
        Step wanted = work.pass(current(), stage);
        if (stage.isEmpty()) {
            wanted = wanted.earliest(work.deliver(current()));
            stall.end();
            return wanted;
        }
        commit(stage, fence); // before the move: what cannot be a batch throws, and leaves it leading
        moveTo(
                LeaderPhase.COMMITTING,
                LeaderCause.CAUGHT_UP,
                "leads in term " + current().term());
        return Step.parked();
    }

    /** The fence as the cache knows it, if it is of this leadership; if it is not, this process leads no more. */
    private Optional<Versioned> ownFence() {
        Optional<Versioned> record = cache.get(fenceKey);
        Optional<Fence> fence = Fence.read(record);
        if (fence.isPresent() && fence.get().isOf(current())) {
            return record;
        }
        if (record.isPresent() && fence.isEmpty()) {
            depose(LeaderCause.UNREADABLE, UNREADABLE);
        } else {
            depose(
                    LeaderCause.SUPERSEDED,
                    fence.map(it -> "term " + it.term() + " is of " + it.holder())
                            .orElse("its fence is gone"));
        }
        return Optional.empty();
    }

    private Step whileCommitting() {
        if (answer == null) {
            return Step.parked();
        }
        if (answer instanceof CommitAnswer.Conflict || answer instanceof StoreTrouble.Unknown) {
            catchUp(0, LeaderCause.UNCERTAIN, "looks, for its batch met " + answer);
            work.notCommitted(current(), answer);
            return Step.parked();
        }
        boolean committed = answer instanceof CommitAnswer.Committed;
        moveTo(
                LeaderPhase.LEADING,
                LeaderCause.CAUGHT_UP,
                "leads in term " + current().term());
        if (!committed) {
            work.notCommitted(current(), answer);
            return Step.parked();
        }
        stall.end();
        return ownFence().isPresent() ? work.deliver(current()) : Step.parked();
    }

    private void depose(LeaderCause cause, String text) {
        losses = AGAIN.isOverAfter(Duration.ofNanos(time.nanos() - since)) ? 0 : losses;
        notBefore = time.nanos() + (cause == LeaderCause.NOT_ADVISED ? 0 : again());
        moveTo(LeaderPhase.FOLLOWING, cause, text);
        attempt++;
        stall.end();
        leadership = null;
        ticket = null;
        work.deposed();
    }

    /** The only place where the phase changes. */
    private void moveTo(LeaderPhase to, LeaderCause cause, String text) {
        checkState(LeaderPhase.GRAPH.allows(phase, to), "%s: no move from %s to %s", role, phase, to);
        LeaderPhase from = phase;
        phase = to;
        teller.moved(from, to, cause, text);
    }

    /** Leads no more, and lets another one lead; the cache stays open. */
    @Override
    public void close() {
        guard.enter("close", role);
        try {
            if (closed) {
                return;
            }
            closed = true;
            cache.wakesNoMore(this);
            try {
                if (phase == LeaderPhase.FOLLOWING) {
                    teller.say(phase, LeaderCause.CLOSED, WAS_CLOSED);
                } else {
                    depose(LeaderCause.CLOSED, WAS_CLOSED);
                }
            } finally {
                election.close();
            }
        } finally {
            guard.exit();
        }
    }
}
