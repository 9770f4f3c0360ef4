package dev.steward.benchmarks;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.lead.ElectedWork;
import dev.steward.lead.LeaderElection;
import dev.steward.lead.LeaderLoop;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopService;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.store.RecordCache;
import dev.steward.time.TimeSource;

/** A leader loop on the thread of its service, which may be woken from without. Its state may be asked by many threads. */
final class Candidate implements ControlLoop {
    static final String ROLE = "decider";

    private final LeaderLoop loop;
    private final RecordCache cache;
    private final LoopService service;
    private volatile WakeUp wakeUp = () -> {};
    private volatile int known;
    private volatile boolean leading;
    private volatile boolean inTouch;

    Candidate(String holder, LeaderElection election, RecordCache cache, ElectedWork work) {
        TimeSource time = TimeSource.system();
        this.cache = cache;
        loop = new LeaderLoop(ROLE, holder, election, cache, work, new InMemoryStateFeed(time), time);
        service = new LoopService(this, time, Runnable::run); // on the thread of the service itself
    }

    void start() {
        service.start();
    }

    /** Has a pass made, for there is something new to do. */
    void wake() {
        wakeUp.wake();
    }

    /** How many records its copy had after the last pass. */
    int known() {
        return known;
    }

    /** Whether it led after the last pass. */
    boolean isLeading() {
        return leading;
    }

    /** Whether its copy was read without trouble before the last pass. */
    boolean isInTouch() {
        return inTouch;
    }

    /** Gives the role up and ends; comes back when the thread has ended. */
    void stop() {
        service.close();
    }

    @Override
    public String name() {
        return loop.name();
    }

    @Override
    public void wakeWith(WakeUp outer) {
        wakeUp = outer;
        loop.wakeWith(outer);
    }

    @Override
    public Step manageOnce() {
        Step step = loop.manageOnce();
        known = cache.isLoaded() ? cache.size() : -1;
        leading = loop.leadership().isPresent();
        inTouch = cache.isLoaded() && cache.trouble().isEmpty();
        return step;
    }

    @Override
    public void close() {
        leading = false;
        loop.close();
    }
}
