package dev.steward.testkit.lead;

import dev.steward.lead.LeaderElection;
import dev.steward.lead.Leadership;
import dev.steward.loop.CompositeLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopObserver;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.testkit.FakeRecordStore;
import dev.steward.testkit.lead.LeadProvisioner.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One start of a process: a cache, a candidate for each role, a reactor, all in one composite loop. It may die between two passes, or in
 * the midst of one, at each call that it makes. Not safe for use by many threads.
 */
final class LeadProcess implements ControlLoop {
    private final LeadWorld world;
    private final int number;
    private final String holder;
    private final FakeRecordStore client;
    private final LeadPort port;
    private final RecordCache cache;
    private final LeadIndex index;
    private final LeadReactor reactor;
    private final CompositeLoop composite;
    private final Map<String, Supplier<Optional<Leadership>>> leaderships = new TreeMap<>();
    private final List<LeadWork> works = new ArrayList<>();
    private final List<LeaderElection> elections = new ArrayList<>();
    private final Set<String> sweep = new HashSet<>();
    private boolean gone;
    private boolean called;
    private int ids;
    private int stepsLeft;

    /** It is dead: no call of it comes to anything any more. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        private Death() {
            super("the process has died", null, false, false);
        }
    }

    /** @param start how often it has been started before; makes its names its own */
    LeadProcess(LeadWorld world, int number, int start) {
        this.world = world;
        this.number = number;
        holder = "p" + number + "/" + start;
        client = world.ground.client("p" + number + "/" + start);
        client.watch(this::watched);
        port = new LeadPort(world, this, client);
        cache = new RecordCache(port, LeadWorld.FOLLOWED, world.simulation.time(), world.options);
        index = new LeadIndex(world, holder);
        index.follow(cache);
        reactor = new LeadReactor(world, this, cache);
        composite = new CompositeLoop(holder, world.simulation.time(), CompositeLoop.Options.defaults(), new Strict());
        for (int shard = 0; shard < world.shards.count(); shard++) {
            String role = world.shards.role(LeadWorld.BASE, shard);
            LeadWork work = new LeadWork(world, this, role);
            LeaderElection election = world.election(this, role, port);
            works.add(work);
            elections.add(election);
            leaderships.put(role, world.planted.candidate(world, this, role, election, work, composite::add));
        }
        composite.add(reactor);
        world.tally.processes++;
    }

    /** No loop of a process may throw. */
    private final class Strict implements LoopObserver {
        @Override
        public void failed(ControlLoop loop, RuntimeException error, Duration delay, int inARow) {
            throw world.fail("'" + loop.name() + "' of " + holder + " threw " + error, error);
        }

        @Override
        public void spinning(ControlLoop loop, int passes) {
            throw world.fail("'" + loop.name() + "' of " + holder + " spins");
        }
    }

    @Override
    public String name() {
        return "p" + number;
    }

    int number() {
        return number;
    }

    String holder() {
        return holder;
    }

    RecordCache cache() {
        return cache;
    }

    LeadIndex index() {
        return index;
    }

    /** What the sweep under way has shown, for a cache that has no sense of time. */
    Set<String> sweep() {
        return sweep;
    }

    LeadReactor reactor() {
        return reactor;
    }

    FakeRecordStore client() {
        return client;
    }

    /** An id that no thing has had. */
    String nextId() {
        return client.process().replace('/', '_') + "_" + ++ids;
    }

    /** What it leads by its own view. */
    Optional<Leadership> leadership(String role) {
        return leaderships.get(role).get();
    }

    /** Tells it what has become of a thing. */
    void report(String name, Answer answer) {
        reactor.report(name, answer);
    }

    /** Gives up what it leads. */
    void resign() {
        try {
            elections.forEach(LeaderElection::resign);
        } catch (Death itself) {
            checkGone();
        }
    }

    int remembered() {
        return reactor.remembered()
                + works.stream().mapToInt(LeadWork::remembered).sum();
    }

    // ---- its passes

    @Override
    public void wakeWith(WakeUp wakeUp) {
        composite.wakeWith(wakeUp);
    }

    @Override
    public Step manageOnce() {
        if (gone) {
            return Step.finished();
        }
        world.tally.passes++;
        called = false;
        Step step;
        try {
            step = composite.manageOnce();
        } catch (Death itself) {
            checkGone();
            return Step.finished();
        }
        world.rethrow();
        return called && world.planted == LeadPlanted.LEAVES_OUT_THE_LIMIT ? Step.parked() : step;
    }

    /** It has called something in this pass. */
    void hasCalled() {
        called = true;
    }

    // ---- its end

    /** It has come to a point where it may die. */
    void step(String where) {
        if (gone) {
            throw new Death();
        }
        if (world.isLastStep() || (stepsLeft > 0 && --stepsLeft == 0)) {
            die(where);
            throw new Death();
        }
    }

    /** A call of it has come to a point where it is not asked: at the store, or on the way back. */
    private void watched(String step) {
        boolean isBetween = step.endsWith(" done") || step.endsWith(" answered");
        if (isBetween && !gone && world.isLastStep()) {
            die("between a call and its answer");
        }
    }

    /** It will die at so many steps from now. */
    void dieAfter(int steps) {
        stepsLeft = steps;
    }

    /** It dies here: nobody hears of it any more, but what it has sent is still done. */
    void die(String where) {
        world.tally.fault("F1 killed " + where.split(" ", 3)[0] + " a call");
        world.simulation.note(holder + " dies " + where);
        gone = true;
        client.crash();
        world.simulation.kill(this);
        world.died(number);
    }

    boolean isGone() {
        return gone;
    }

    private void checkGone() {
        if (!gone) {
            throw world.fail(holder + " died without dying");
        }
    }

    /** The orderly end. */
    @Override
    public void close() {
        if (gone) {
            return;
        }
        try {
            composite.close();
            cache.close();
            composite.close(); // once more is all the same
            cache.close();
        } catch (Death itself) {
            checkGone();
            return;
        }
        port.end();
        gone = true;
        if (!composite.manageOnce().isFinished()) {
            throw world.fail(holder + " is closed, and not finished");
        }
    }
}
