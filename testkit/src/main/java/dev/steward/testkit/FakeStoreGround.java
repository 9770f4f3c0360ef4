package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.store.Batch;
import dev.steward.store.CommitAnswer;
import dev.steward.store.StoreTrouble;
import dev.steward.store.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one store that the processes of a {@link Simulation} share: what is committed, when it shows, and what goes wrong. Each process has a
 * {@linkplain #client client} of its own.
 *
 * <p>At first all is well, every client sees what is committed at once, and each call is answered at its own instant, but never inside the
 * call; {@link #answersInTheCall} and {@link #takes} say otherwise. What may go wrong are levers here and at the clients, and points of the
 * simulation's {@link FaultPlan}:
 *
 * <table>
 * <caption>Points</caption>
 * <tr><td>{@link FakeStoreTrouble}</td><td>a call goes wrong</td></tr>
 * <tr><td>{@code store.view.back}</td><td>at a look: the client's view jumps back and stays there, each for up to the staleness</td></tr>
 * <tr><td>{@code store.view.reset}</td><td>at a page for a cursor that is ahead of the view: it begins anew, from the old view</td></tr>
 * <tr><td>{@code store.session.lost}</td><td>at a call: the client loses its session for up to the outage</td></tr>
 * <tr><td>{@code store.purge}</td><td>at a commit: all deletions so far are forgotten</td></tr>
 * <tr><td>{@code store.hint.lost}, {@code .late}, {@code .idle}</td><td>a hint is not told, told late, told for nothing (at a look)</td></tr>
 * </table>
 *
 * <p>Within these points a client keeps what {@link dev.steward.store.RecordStore} promises: revisions grow, commits show whole, and one
 * that was told that its commit is done sees it from then on. {@link #forgetsOwnWrites} takes the last away.
 *
 * <p><b>Threads.</b> Not safe for use by many threads.
 */
public final class FakeStoreGround {
    private final Simulation simulation;
    private final FakeStoreTruth truth;
    private final SplitMix chance;
    private final List<FakeRecordStore> clients = new ArrayList<>();
    private final List<Performed> performed = new ArrayList<>();
    private Duration least = Duration.ZERO;
    private Duration most = Duration.ZERO;
    private boolean inTheCall;
    private Duration lag = Duration.ofSeconds(25);
    private Duration viewLag = Duration.ZERO;
    private Duration staleness = Duration.ofSeconds(5);
    private Duration outage = Duration.ofSeconds(10);
    private Duration fsync = Duration.ofSeconds(2);
    private boolean diskFull;
    private boolean forgetsOwnWrites;
    private long diskBusyUntil;

    /**
     * A batch that was committed, whatever its client was told.
     *
     * @param client whose it was
     * @param at when, since the start of the simulation
     */
    public record Performed(long revision, String client, Batch batch, Duration at) {}

    /** An empty store. */
    public FakeStoreGround(Simulation simulation) {
        this.simulation = checkNotNull(simulation, "simulation");
        this.truth = new FakeStoreTruth(simulation);
        this.chance = new SplitMix(simulation.seed() ^ 0x5704EL);
    }

    /** A new client, of a process of this name; several may have the same. */
    public FakeRecordStore client(String process) {
        FakeRecordStore client = new FakeRecordStore(this, process);
        clients.add(client);
        return client;
    }

    // ---- levers

    /** What goes wrong by a plan: the simulation's. */
    public FaultPlan faults() {
        return simulation.faults();
    }

    /** Calls take so long, half of it to the store and half of it back; so later calls may overtake earlier ones. */
    public FakeStoreGround takes(Duration shortest, Duration longest) {
        checkArgument(!shortest.isNegative() && shortest.compareTo(longest) <= 0, "from %s to %s", shortest, longest);
        least = shortest;
        most = longest;
        inTheCall = false;
        return this;
    }

    /** Calls are answered inside the call, and hints are told inside the commit, unless something goes wrong that takes time. */
    public FakeStoreGround answersInTheCall() {
        takes(Duration.ZERO, Duration.ZERO);
        inTheCall = true;
        return this;
    }

    /** A commit shows to the clients so much later at most, at a random time, never out of order; at first at once. */
    public FakeStoreGround showsWithin(Duration longest) {
        viewLag = notNegative(longest);
        return this;
    }

    /** How late something at most is that a fault makes late; at first 25 s. */
    public FakeStoreGround lag(Duration longest) {
        lag = notNegative(longest);
        return this;
    }

    /** How far a view jumps back at most, and how long it stays there at most; at first 5 s. */
    public FakeStoreGround staleness(Duration longest) {
        staleness = notNegative(longest);
        return this;
    }

    /** How long a session that gets lost by the plan of faults is lost at most; at first 10 s. */
    public FakeStoreGround outage(Duration longest) {
        outage = notNegative(longest);
        return this;
    }

    /** How long the disk takes when it is slow; at first 2 s. */
    public FakeStoreGround fsync(Duration length) {
        fsync = notNegative(length);
        return this;
    }

    /** Whether the disk is full: commits are unavailable, looks go well. */
    public FakeStoreGround diskFull(boolean full) {
        diskFull = full;
        return this;
    }

    /** Whether stale and lagging views show less than the client's own commits, which no store may do. */
    public FakeStoreGround forgetsOwnWrites(boolean forgets) {
        forgetsOwnWrites = forgets;
        return this;
    }

    /** All deletions so far are forgotten, as they are by themselves after an hour. */
    public void forgetDeletions() {
        truth.forgetDeletions();
        simulation.note("store forgets deletions");
    }

    /**
     * Another client writes what there is of these once more, at once and with the values that they have: whoever expects the revisions of
     * before meets a conflict. Answers whether there was any.
     */
    public boolean rewrite(Set<String> keys) {
        List<Batch.Op> ops = new ArrayList<>();
        records().forEach((key, record) -> {
            if (keys.contains(key)) {
                ops.add(new Batch.Put(key, record.revision(), record.value()));
            }
        });
        if (ops.isEmpty()) {
            return false;
        }
        String id = "rewrite-" + (revision() + 1);
        perform(new FakeRecordStore(this, "elsewhere"), new Batch(id, ops));
        return true;
    }

    private static Duration notNegative(Duration length) {
        checkArgument(!length.isNegative(), "time cannot pass backwards: %s", length);
        return length;
    }

    // ---- looking

    /** The revision of the last commit. */
    public long revision() {
        return truth.revision();
    }

    /** What there is, by key. */
    public Map<String, Versioned> records() {
        return truth.records();
    }

    /** Every batch that was ever committed, in order: that of revision n at n - 1. A view, which grows. */
    public List<Performed> performed() {
        return Collections.unmodifiableList(performed);
    }

    @Override
    public String toString() {
        return "FakeStoreGround[revision " + revision() + ", " + records().size() + " records]";
    }

    // ---- for clients

    Simulation simulation() {
        return simulation;
    }

    FakeStoreTruth truth() {
        return truth;
    }

    void remove(FakeRecordStore client) {
        clients.remove(client);
    }

    CommitAnswer perform(FakeRecordStore client, Batch batch) {
        if (diskFull) {
            return new StoreTrouble.Unavailable("fake: the disk is full");
        }
        CommitAnswer answer = truth.commit(batch);
        if (answer instanceof CommitAnswer.Committed done) {
            performed.add(new Performed(done.revision(), client.process(), batch, simulation.elapsed()));
            simulation.note("store " + done.revision() + " " + client.process() + " " + batch.id());
            if (faults().decide("store.purge")) {
                forgetDeletions();
            }
            List.copyOf(clients).forEach(FakeRecordStore::hint);
        }
        return answer;
    }

    /** The newest revision that a view may show that lags by chance. */
    long someRevision() {
        return viewLag.isZero()
                ? revision()
                : truth.revisionAt(simulation.elapsedNanos() - some(viewLag).toNanos());
    }

    boolean forgetsOwnWrites() {
        return forgetsOwnWrites;
    }

    boolean isInTheCall() {
        return inTheCall;
    }

    /** Half the time that a call takes. */
    Duration someLeg() {
        return least.plus(some(most.minus(least))).dividedBy(2);
    }

    /** A delay that a fault makes, of at least a nanosecond. */
    Duration someLag() {
        return some(lag).plusNanos(1);
    }

    Duration someStaleness() {
        return some(staleness);
    }

    Duration someOutage() {
        return some(outage);
    }

    Duration fsync() {
        return fsync;
    }

    /** How long from now until the disk takes a commit; a slow one makes those behind it wait. */
    Duration disk(boolean slow) {
        long now = simulation.elapsedNanos();
        if (slow) {
            diskBusyUntil = Math.max(diskBusyUntil, now) + fsync.toNanos();
        }
        return Duration.ofNanos(Math.max(diskBusyUntil - now, 0));
    }

    /** From zero to the longest. */
    private Duration some(Duration longest) {
        return longest.isZero() ? longest : Duration.ofNanos(Math.floorMod(chance.next(), longest.toNanos() + 1));
    }
}
