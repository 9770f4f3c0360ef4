package dev.steward.testkit.lead;

import dev.steward.lead.Advice;
import dev.steward.lead.ElectedWork;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.Leadership;
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
import dev.steward.testkit.lead.LeadRecords.FenceSeen;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a leader in short, with one of the mistakes that are easily made. {@link Mode#NONE} makes none, and shows that whatever is found
 * with another is due to its mistake. Not safe for use by many threads.
 */
final class UnsafeLeaderLoop implements ControlLoop {
    /** What it does wrong. */
    enum Mode {
        NONE,
        /** Batches go without the fence. */
        NO_FENCE,
        /** Batches require the fence, and do not write it. */
        CHECKED_FENCE,
        /** Decides when the claim is committed, from what the cache happens to have. */
        NO_CATCH_UP,
        /** A batch whose outcome is unknown was not done, so it is sent again. */
        REPEATED
    }

    private static final Duration REST = Duration.ofMillis(500);

    private final Mode mode;
    private final String role;
    private final String holder;
    private final LeaderElection election;
    private final RecordCache cache;
    private final ElectedWork work;
    private final TimeSource time;
    private final String fenceKey;
    private @Nullable Leadership leadership;
    private boolean claimed;
    private boolean committing;
    private @Nullable Stage repeated;
    private RecordCache.@Nullable Ticket ticket;
    private long atLeast;
    private long notBefore;
    private long attempts;
    private boolean closed;

    UnsafeLeaderLoop(
            Mode mode,
            String role,
            String holder,
            LeaderElection election,
            RecordCache cache,
            ElectedWork work,
            TimeSource time) {
        this.mode = mode;
        this.role = role;
        this.holder = holder;
        this.election = election;
        this.cache = cache;
        this.work = work;
        this.time = time;
        notBefore = time.nanos();
        fenceKey = FenceSeen.TYPE.key(role);
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

    Optional<Leadership> leadership() {
        return claimed && ticket == null ? Optional.ofNullable(leadership) : Optional.empty();
    }

    @Override
    public Step manageOnce() {
        if (closed) {
            return Step.finished();
        }
        cache.poll();
        Advice advice = election.poll();
        Step wanted = Step.parked();
        if (!advice.lead()) {
            depose();
        } else if (cache.isLoaded() && !committing) {
            long rest = notBefore - time.nanos();
            if (rest > 0) {
                wanted = Step.afterNanos(rest);
            } else {
                wanted = leadership == null ? claim() : claimed ? lead(leadership) : Step.parked();
            }
        }
        return wanted.earliest(advice.next()).earliest(cache.next());
    }

    private Step claim() {
        long term = fence().map(it -> FenceSeen.TYPE.decode(it).term()).orElse(0L) + 1;
        leadership = new Leadership(role, term, holder);
        commit(new Stage(), true);
        return Step.parked();
    }

    private Optional<Versioned> fence() {
        return cache.get(fenceKey);
    }

    private Step lead(Leadership now) {
        if (ticket != null && !cache.isComplete(ticket, atLeast)) {
            return Step.parked();
        }
        ticket = null;
        Optional<FenceSeen> fence = fence().map(FenceSeen.TYPE::decode);
        if (fence.filter(it -> it.term() > now.term()
                        || (it.term() == now.term() && !it.holder().equals(holder)))
                .isPresent()) {
            depose();
            return rest();
        }
        Stage stage = repeated == null ? new Stage(1, 2_048) : repeated;
        Step wanted = repeated == null ? work.pass(now, stage) : Step.parked();
        if (stage.isEmpty()) {
            return wanted.earliest(work.deliver(now));
        }
        commit(stage, false);
        return Step.parked();
    }

    private void commit(Stage stage, boolean claims) {
        String id = holder + "!" + ++attempts;
        FenceSeen next = new FenceSeen(Objects.requireNonNull(leadership).term(), holder, id);
        Batch.Op write = fence().<Batch.Op>map(
                        it -> new Batch.Put(fenceKey, it.revision(), FenceSeen.TYPE.encode(next)))
                .orElseGet(() -> new Batch.Create(fenceKey, FenceSeen.TYPE.encode(next)));
        Batch batch;
        if (claims || (mode != Mode.NO_FENCE && mode != Mode.CHECKED_FENCE)) {
            batch = stage.toBatch(id, write);
        } else if (mode == Mode.CHECKED_FENCE) {
            batch = stage.toBatch(id, new Batch.Require(fenceKey, write.expected()));
        } else {
            batch = stage.toBatch(id);
        }
        Leadership of = leadership;
        committing = true;
        new RecordWriter(cache, holder).commit(batch, answer -> answered(of, stage, claims, answer));
    }

    private void answered(Leadership of, Stage stage, boolean claims, CommitAnswer answer) {
        committing = false;
        if (of == null || !of.equals(leadership)) {
            return;
        }
        boolean committed = answer instanceof CommitAnswer.Committed;
        boolean again = mode == Mode.REPEATED && !claims && !committed;
        repeated = again && (answer instanceof StoreTrouble.Unknown || repeated != null) ? stage : null;
        if (!committed) {
            rest();
        }
        if (claims && !committed) {
            leadership = null;
        } else if (claims) {
            claimed = true;
            atLeast = ((CommitAnswer.Committed) answer).revision();
        }
        if (repeated == null && !(committed && (mode == Mode.NO_CATCH_UP || !claims))) {
            ticket = cache.refresh();
        }
    }

    /** The next claim, or the next batch, comes a little later. */
    private Step rest() {
        notBefore = time.nanos() + REST.toNanos() + Math.floorMod(holder.hashCode() * 31L + attempts, REST.toNanos());
        return Step.after(REST);
    }

    private void depose() {
        if (claimed) {
            work.deposed();
        }
        leadership = null;
        claimed = false;
        repeated = null;
        ticket = null;
        atLeast = 0;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            depose();
            election.close();
            cache.wakesNoMore(this);
        }
    }
}
