package dev.steward.testkit;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.loop.WakeUp;
import dev.steward.store.Batch;
import dev.steward.store.ChangeQuery;
import dev.steward.store.ChangesAnswer;
import dev.steward.store.CommitAnswer;
import dev.steward.store.ReadAnswer;
import dev.steward.store.RecordKeys;
import dev.steward.store.RecordStore;
import dev.steward.store.StoreTrouble;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One process's client of a store on virtual time; {@link FakeStoreGround} makes it, and says what may go wrong.
 *
 * <p><b>Threads.</b> Not safe for use by many threads: the simulation's one.
 */
public final class FakeRecordStore implements RecordStore {
    private static final StoreTrouble CLOSED = new StoreTrouble.Refused("fake: the store is closed");

    private final FakeStoreGround ground;
    private final Simulation simulation;
    private final FaultPlan faults;
    private final String process;
    private final FakeStoreBell bell;
    private final Deque<FakeStoreTrouble> nextCommits = new ArrayDeque<>();
    private final Deque<FakeStoreTrouble> nextLooks = new ArrayDeque<>();
    private @Nullable FakeStoreTrouble always;
    private Consumer<String> steps = step -> {};
    private boolean closed;
    private boolean crashed;
    private int sessions;
    private long awayUntil;
    private long staleUntil;
    private long staleAt;
    private long shown; // the revision of the last look
    private long told; // the greatest revision of its own that it knows to be committed

    FakeRecordStore(FakeStoreGround ground, String process) {
        this.ground = ground;
        this.simulation = ground.simulation();
        this.faults = simulation.faults();
        this.process = checkNotNull(process, "process");
        this.bell = new FakeStoreBell(ground, process);
    }

    // ---- levers

    /** The next commits meet these, one each, whatever the plan of faults says. */
    public FakeRecordStore next(FakeStoreTrouble... troubles) {
        nextCommits.addAll(List.of(troubles));
        return this;
    }

    /**
     * The next looks meet these, one each.
     *
     * @throws IllegalArgumentException if one of them befalls commits only
     */
    public FakeRecordStore nextLooks(FakeStoreTrouble... troubles) {
        for (FakeStoreTrouble trouble : troubles) {
            checkArgument(trouble.befallsLooks(), "%s befalls commits only", trouble);
            nextLooks.add(trouble);
        }
        return this;
    }

    /** All commits from now on meet this, behind those of {@link #next}. */
    public FakeRecordStore always(FakeStoreTrouble trouble) {
        always = checkNotNull(trouble, "trouble");
        return this;
    }

    /** Ends what {@link #next}, {@link #nextLooks} and {@link #always} have said. */
    public FakeRecordStore well() {
        nextCommits.clear();
        nextLooks.clear();
        always = null;
        return this;
    }

    /** Loses the session: calls are unavailable for so long, there are no hints, and what is under way is answered with unknown. */
    public void loseSession(Duration length) {
        sessions++;
        awayUntil = Math.max(awayUntil, simulation.elapsedNanos() + length.toNanos());
        simulation.note("store session of " + process + " lost for " + length);
    }

    /** Ends the loss of the session at once. */
    public void endSessionLoss() {
        awayUntil = Math.min(awayUntil, simulation.elapsedNanos());
    }

    /**
     * Connects the client to a server that lags: it shows the store as it was {@code back} ago, and stays there. What the client was told of
     * its own commits still shows.
     */
    public void jumpBack(Duration back, Duration length) {
        long now = simulation.elapsedNanos();
        staleAt = ground.truth().revisionAt(now - back.toNanos());
        staleUntil = now + length.toNanos();
        simulation.note("store view of " + process + " back to " + staleAt);
    }

    /** Hints for nothing. */
    public void hintIdly() {
        bell.tell();
    }

    /** The process dies: it is told nothing any more. What it has sent is still done. */
    public void crash() {
        crashed = true;
        leave();
    }

    /**
     * Hands over what is told each step of each call, for crash points: {@code commit ID asked} before anything is done, {@code … sent} when
     * the call returns, {@code … done} at the store, {@code … answered} before the answer is told, and {@code … told} behind it. A watcher may
     * {@link #crash} the client. It may throw at {@code asked}, and then nothing is sent, and at {@code sent}; elsewhere that fails the run.
     */
    public FakeRecordStore watch(Consumer<String> steps) {
        this.steps = checkNotNull(steps, "steps");
        return this;
    }

    /** Whose client it is. */
    public String process() {
        return process;
    }

    // ---- the store

    @Override
    public void commit(Batch batch, Consumer<? super CommitAnswer> then) {
        checkNotNull(then, "then");
        FakeStoreTrouble trouble = closed ? null : trouble(true);
        String what = "commit " + batch.id();
        Supplier<CommitAnswer> done = () -> ground.perform(this, batch);
        if (trouble == FakeStoreTrouble.CONFLICT) {
            Set<String> keys = batch.changes().stream().map(Batch.Op::key).collect(Collectors.toSet());
            done = () -> new CommitAnswer.Conflict(keys);
            trouble = null;
        }
        Supplier<CommitAnswer> work = done;
        call(new Call(what, trouble, true, then), () -> {
            CommitAnswer answer = work.get();
            return () -> committed(then, answer);
        });
    }

    private void committed(Consumer<? super CommitAnswer> then, CommitAnswer answer) {
        if (answer instanceof CommitAnswer.Committed done) {
            told = Math.max(told, done.revision());
        }
        then.accept(answer);
    }

    @Override
    public void changes(ChangeQuery query, Consumer<? super ChangesAnswer> then) {
        checkNotNull(then, "then");
        long own = told;
        call(new Call("changes", closed ? null : trouble(false), false, then), () -> {
            long asOf = look(own);
            boolean resets = query.cursor().after() > asOf && faults.decide("store.view.reset");
            ChangesAnswer answer = ground.truth().changes(query, asOf, resets);
            return () -> then.accept(answer);
        });
    }

    @Override
    public void read(Set<String> keys, Consumer<? super ReadAnswer> then) {
        checkNotNull(then, "then");
        Set<String> wanted = Set.copyOf(keys);
        wanted.forEach(RecordKeys::check);
        long own = told;
        call(new Call("read", closed ? null : trouble(false), false, then), () -> {
            ReadAnswer answer = ground.truth().read(wanted, look(own));
            return () -> then.accept(answer);
        });
    }

    @Override
    public Hinting onHint(WakeUp hint) {
        checkNotNull(hint, "hint");
        return closed || crashed ? () -> {} : bell.tie(hint);
    }

    @Override
    public void close() {
        closed = true;
        leave();
    }

    private void leave() {
        bell.untieAll();
        ground.remove(this);
    }

    void hint() {
        if (simulation.elapsedNanos() >= awayUntil) {
            bell.ring();
        }
    }

    // ---- one call

    private record Call(
            String what, @Nullable FakeStoreTrouble trouble, boolean commits, Consumer<? super StoreTrouble> then) {}

    private @Nullable FakeStoreTrouble trouble(boolean commit) {
        FakeStoreTrouble planned = null;
        for (FakeStoreTrouble each : FakeStoreTrouble.values()) {
            boolean passes = commit || each.befallsLooks();
            if (passes && faults.decide(commit ? each.commitPoint() : each.lookPoint()) && planned == null) {
                planned = each;
            }
        }
        FakeStoreTrouble told = commit ? nextCommits.poll() : nextLooks.poll();
        if (told == null && commit) {
            told = always;
        }
        return told == null ? planned : told;
    }

    /** @param work does it, at the store; answers how to tell what came of it */
    private void call(Call call, Supplier<Runnable> work) {
        step(call, "asked");
        if (crashed) {
            return;
        }
        if (closed) {
            after(Duration.ZERO, call, "is refused", () -> tell(call, () -> call.then.accept(CLOSED)));
        } else {
            send(call, work);
        }
        step(call, "sent");
    }

    private void send(Call call, Supplier<Runnable> work) {
        if (faults.decide("store.session.lost")) {
            loseSession(ground.someOutage());
        }
        if (!call.commits && faults.decide("store.hint.idle")) {
            simulation.after(ground.someLag(), "store hints idly at " + process, bell::tell);
        }
        if (simulation.elapsedNanos() < awayUntil) {
            StoreTrouble away = new StoreTrouble.Unavailable("fake: no session");
            after(Duration.ZERO, call, "is not sent", () -> tellIfOpen(call, () -> call.then.accept(away)));
        } else if (call.trouble == FakeStoreTrouble.LATER) {
            after(ground.someLag(), call, "is done late", () -> perform(call, work));
        } else if (call.trouble != FakeStoreTrouble.SWALLOWED) {
            int session = sessions;
            after(ground.someLeg(), call, "arrives", () -> arrive(call, work, session));
        }
    }

    private void arrive(Call call, Supplier<Runnable> work, int session) {
        if (call.trouble == FakeStoreTrouble.REFUSED) {
            trouble(call, new StoreTrouble.Refused("fake: refused"), session);
        } else if (call.trouble == FakeStoreTrouble.UNAVAILABLE) {
            trouble(call, new StoreTrouble.Unavailable("fake: unavailable"), session);
        } else if (call.trouble == FakeStoreTrouble.UNKNOWN_NOT_DONE) {
            trouble(call, new StoreTrouble.Unknown("fake: no answer"), session);
        } else {
            boolean slow = call.trouble == FakeStoreTrouble.SLOW;
            Duration wait = call.commits ? ground.disk(slow) : slow ? ground.fsync() : Duration.ZERO;
            if (wait.isZero()) {
                finish(call, work, session);
            } else {
                after(wait, call, "is written", () -> finish(call, work, session));
            }
        }
    }

    private void finish(Call call, Supplier<Runnable> work, int session) {
        Runnable tell = perform(call, work);
        if (call.trouble == FakeStoreTrouble.UNKNOWN) {
            trouble(call, new StoreTrouble.Unknown("fake: no answer"), session);
        } else if (call.trouble != FakeStoreTrouble.NO_ANSWER) {
            respond(call, tell, session);
            if (call.trouble == FakeStoreTrouble.TWICE) {
                after(ground.someLag(), call, "is answered again", () -> tellIfOpen(call, tell));
            }
        }
    }

    private Runnable perform(Call call, Supplier<Runnable> work) {
        Runnable tell = work.get();
        step(call, "done");
        return tell;
    }

    private void trouble(Call call, StoreTrouble trouble, int session) {
        respond(call, () -> call.then.accept(trouble), session);
    }

    private void respond(Call call, Runnable tell, int session) {
        after(ground.someLeg(), call, "is answered", () -> {
            boolean lost = session != sessions;
            tellIfOpen(call, lost ? () -> call.then.accept(new StoreTrouble.Unknown("fake: session lost")) : tell);
        });
    }

    private void tellIfOpen(Call call, Runnable tell) {
        if (!closed) {
            tell(call, tell);
        }
    }

    private void tell(Call call, Runnable tell) {
        step(call, "answered");
        if (!crashed) {
            tell.run();
            step(call, "told");
        }
    }

    private void after(Duration delay, Call call, String what, Runnable action) {
        if (delay.isZero() && ground.isInTheCall()) {
            action.run();
        } else {
            simulation.after(delay, process + " " + call.what + " " + what, action);
        }
    }

    private void step(Call call, String step) {
        if (!crashed) {
            steps.accept(call.what + " " + step);
        }
    }

    /** The revision that a look is shown, which began when {@code own} was the newest that this client was told of its own. */
    private long look(long own) {
        if (faults.decide("store.view.back")) {
            jumpBack(ground.someStaleness(), ground.someStaleness());
        }
        boolean stale = simulation.elapsedNanos() < staleUntil;
        long next = stale ? staleAt : Math.max(shown, ground.someRevision());
        shown = ground.forgetsOwnWrites() ? next : Math.max(next, own);
        return shown;
    }

    @Override
    public String toString() {
        return "FakeRecordStore[" + process + ", shows " + shown + "]";
    }
}
