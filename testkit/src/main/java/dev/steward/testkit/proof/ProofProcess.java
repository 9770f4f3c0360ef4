package dev.steward.testkit.proof;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Position;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.lead.LeaderElection;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopObserver;
import dev.steward.reconcile.Role;
import dev.steward.store.RecordStore;
import dev.steward.testkit.FakeElection;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.proof.Chronicle.Mark;
import dev.steward.time.TimeSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One start of a process in a {@link Proof}: hands out what its loop is made of. Everything that the loop asks of the outside goes through
 * here, so that it can be killed, paused, and lied to at each of these points.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; each run has its own.
 */
public final class ProofProcess {
    private static final int TAIL = 1_024;

    private final Play play;
    private final int number;
    private final int start;
    private final String name;
    private final InMemoryStateFeed feed;
    private final Port passes;
    private final Map<String, Port> ports = new HashMap<>();
    private final List<FakeElection.Candidate> candidates = new ArrayList<>();
    private final List<Object> outside = new ArrayList<>();
    private final ProcessDoom doom;
    private @Nullable FakeRecordStore client;
    private @Nullable StorePort store;
    private @Nullable ProcessLoop loop;
    private boolean gone;
    private boolean closed;
    private long publishedAtClose;

    ProofProcess(Play play, int number, int start, ProcessDoom doom) {
        this.play = play;
        this.number = number;
        this.start = start;
        this.doom = doom;
        this.name = "p" + number;
        this.feed = new InMemoryStateFeed(time(), TAIL);
        this.passes = play.port(name, Port.PASS, Port.Sort.PASS);
        if (play.isRecorded()) {
            record();
        }
    }

    // ---- for scenarios

    /** The name, the same for all its starts: {@code p1}. */
    public String name() {
        return name;
    }

    /** Which process, from 1. */
    public int number() {
        return number;
    }

    /** How often it has been started, from 1. */
    public int start() {
        return start;
    }

    /** Its name with a nonce of this start, for leases and terms: {@code p1/2}. */
    public String holder() {
        return name + "/" + start;
    }

    /** The clock. */
    public TimeSource time() {
        return play.simulation().time();
    }

    /** The feed of this start; it ends with it. */
    public StateFeed feed() {
        return feed;
    }

    /** Its client of the store that all processes share. */
    public RecordStore store() {
        StorePort made = store;
        if (made == null) {
            FakeRecordStore own = play.ground().client(name);
            client = own;
            made = new StorePort(play, this, own);
            store = made;
        }
        return made;
    }

    /** A candidate for a role; the elections are honest unless a fault says otherwise. */
    public LeaderElection election(String role) {
        FakeElection.Candidate candidate = play.elections(role).candidate(role, name);
        candidates.add(candidate);
        return candidate;
    }

    /** The same as a role of a {@link dev.steward.reconcile.ReconcileLoop}: store, election and holder of this start. */
    public Role role(String role) {
        return Role.of(role, holder(), election(role), store());
    }

    /**
     * A thing outside, as this process calls it: over a slow and unreliable way. Methods that take a {@link java.util.function.Consumer} (the
     * last is the completion) or return a {@link java.util.concurrent.CompletionStage} are answered later, as the real thing does and the
     * faults will have it; all others are done in the call. Faults name a call as its method, or {@code Type.method} where the store has a
     * call of that name, or another type that this process was given before.
     *
     * @param type what it is called by
     * @param real the thing itself, a fake of the scenario, which outlives the process
     * @throws IllegalArgumentException if {@code type} is no interface
     */
    public <I> I remote(Class<I> type, I real) {
        checkArgument(type.isInterface(), "%s is no interface", type.getName());
        checkNotNull(real, "real");
        outside.add(real);
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new RemoteHandler(play, this, type, real));
        return type.cast(proxy);
    }

    /**
     * An observer to whom a pass or a decision that throws is a broken rule, for loops that go on after it: give it to
     * {@link dev.steward.reconcile.ReconcileOptions#withObserver}.
     */
    public LoopObserver observer() {
        return new LoopObserver() {
            @Override
            public void failed(ControlLoop failing, RuntimeException error, Duration delay, int inARow) {
                if (!gone) {
                    play.broken(Violation.NO_THROWING, "loop '" + failing.name() + "' threw " + error, error);
                }
            }
        };
    }

    /** Whether it has died. What is done to a dead process comes to nothing. */
    public boolean isDead() {
        return gone;
    }

    @Override
    public String toString() {
        return holder() + (gone ? ", dead" : closed ? ", closed" : "");
    }

    // ---- its life

    void run(ControlLoop own) {
        ProcessLoop made = new ProcessLoop(this, own);
        loop = made;
        play.news();
        play.record(recorder ->
                recorder.process(play.simulation().elapsed(), name, "running", start == 1 ? "" : "started again"));
        play.simulation().add(made);
    }

    /** The loop of the scenario, once it has one. */
    @Nullable
    ControlLoop loop() {
        ProcessLoop own = loop;
        return own == null ? null : own.own();
    }

    List<Object> outside() {
        return outside;
    }

    Play play() {
        return play;
    }

    Port port(String call, Port.Sort sort) {
        return ports.computeIfAbsent(call, any -> play.port(name, call, sort));
    }

    /** It dies here: nobody hears of it any more, but what it has sent is still done. */
    void die(Fault fault) {
        gone = true;
        play.fired(fault, Duration.ZERO);
        play.record(recorder -> recorder.process(
                play.simulation().elapsed(),
                name,
                "crashed",
                "at " + fault.port() + "#" + fault.occurrence() + " " + fault.detail()));
        FakeRecordStore own = client;
        if (own != null) {
            own.crash();
        }
        candidates.forEach(FakeElection.Candidate::crash);
        ProcessLoop running = loop;
        if (running != null && play.simulation().isRunning(running)) {
            play.simulation().kill(running);
        }
        doom.died(this);
    }

    /** The orderly end. */
    void close() {
        ProcessLoop running = loop;
        if (gone || running == null) {
            return;
        }
        play.record(recorder -> recorder.process(play.simulation().elapsed(), name, "closed", ""));
        if (play.simulation().isRunning(running)) {
            play.simulation().remove(running);
        } else {
            running.close();
        }
        closed = true;
        publishedAtClose = feed.position().sequence();
    }

    /** Nothing may come from a process that was closed. */
    void checkClosed() {
        long more = feed.position().sequence() - publishedAtClose;
        if (closed && more > 0) {
            play.broken(
                    Violation.NOTHING_AFTER_CLOSE,
                    name + " is closed, and has published " + more + " events since",
                    null);
        }
    }

    void heal() {
        FakeRecordStore own = client;
        if (own != null) {
            own.well();
            own.endSessionLoss();
        }
    }

    /** Runs what belongs to this process; its death in there ends that and nothing else. */
    void guarded(Runnable what) {
        try {
            what.run();
        } catch (Death death) {
            play.mark(Mark.EVENT, name, "dies in the midst of it");
        }
    }

    // ---- the points where something may befall it

    /** A pass begins; answers whether it may. */
    boolean pass() {
        if (!gone) {
            int n = passes.count(CallStep.BEGUN);
            befall(passes, CallStep.BEGUN, n);
        }
        return !gone;
    }

    /** It asks for something: answers the number of the call. */
    int ask(Port port) {
        if (gone) {
            throw new Death(name);
        }
        int n = port.count(CallStep.ASKED);
        if (closed) {
            play.broken(
                    Violation.NOTHING_AFTER_CLOSE, name + " is closed, and asks for " + port.name() + "#" + n, null);
        }
        befall(port, CallStep.ASKED, n);
        if (gone) {
            throw new Death(name);
        }
        return n;
    }

    /** The call returns to it. */
    void sent(Port port, CallStep step, int n) {
        befall(port, step, n);
        if (gone) {
            throw new Death(name);
        }
    }

    /** A call of it is at a step that is not its own; answers whether it lives on. */
    boolean reached(Port port, CallStep step, int n) {
        befall(port, step, n);
        return !gone;
    }

    private void befall(Port port, CallStep step, int n) {
        if (gone || !play.allowsFaults()) {
            return;
        }
        play.reach(port, step, n, client != null);
        if (port.isWell()) {
            return;
        }
        if (step == CallStep.ASKED || step == CallStep.BEGUN) {
            for (Fault fault : port.faults(n)) {
                Misfortune.befall(play, this, fault);
            }
        }
        Fault crash = port.crash(step, n);
        if (crash != null) {
            die(crash);
        }
    }

    void pause(Duration length) {
        ProcessLoop running = loop;
        if (running != null && play.simulation().isRunning(running)) {
            play.record(recorder ->
                    recorder.process(play.simulation().elapsed(), name, "paused", "for " + ChronicleTime.of(length)));
            play.simulation().pause(running, length);
            play.simulation().after(length, name + " goes on", () -> {
                if (!gone && !closed) {
                    play.record(recorder ->
                            recorder.process(play.simulation().elapsed(), name, "running", "paused before"));
                }
            });
        }
    }

    @Nullable
    FakeRecordStore client() {
        return client;
    }

    private void record() {
        StateListener listener = new StateListener() {
            @Override
            public void event(StateEvent event) {
                play.record(recorder -> recorder.thing(play.simulation().elapsed(), event));
            }

            @Override
            public void gap(long first, long last) {}
        };
        Subscription[] cursor = new Subscription[1];
        Runnable take = () -> {
            if (cursor[0] != null) {
                cursor[0].poll(listener);
            }
        };
        cursor[0] = feed.subscribe(new Position(feed.position().feed(), 0), take);
        take.run();
    }
}
