package dev.steward.await;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.await.NameResult.Outcome;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Kind;
import dev.steward.event.Position;
import dev.steward.event.StateFeed;
import dev.steward.internal.PassGuard;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.Deadline;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until many named things have each gone through a sequence of states. Open it <em>before</em> the action that makes them
 * do so: what was published before the opening does not count.
 *
 * <pre>{@code
 * try (StateWait wait = StateWait.on(feed, time).forAll(INSTANCE, "registry", "archiver").toReach("up").within(ofSeconds(30)).open()) {
 *     host.requestAll(TargetState.UP);
 *     wait.await(); // or run it as a loop, beside the others
 *     System.out.println(wait.result());
 * }
 * }</pre>
 *
 * <p><b>Matching.</b> Each name has its own place in its sequence. An event with the very state that is wanted next moves it by
 * one; any other state is passed over, and nothing sets it back. A failure event ends it, whatever its state, as do its limit, a
 * cancellation and a loss of events. Each name ends exactly once, and then ignores everything.
 *
 * <p><b>Limits</b> are those of the names, from the opening on. A name finishes if its last event was <em>published</em> before the
 * limit was over, however late the next pass comes. On a feed other than {@link InMemoryStateFeed} nobody can say when that was,
 * and what is there at the first pass after the limit still counts.
 *
 * <p><b>Running it.</b> Events are taken in as they are published. A pass is needed for the rest: to end names whose limit is over,
 * to tell the listener and complete the future, unless an executor does, and to read a foreign feed. It is made by
 * {@link #manageOnce} for a runner, by {@link #poll} for a host without one, and by {@link #await} for a host that may block.
 *
 * <p><b>Threads.</b> Safe for use by many threads; only passes of {@link #manageOnce} are one at a time. Listener and future may call
 * whatever they like, this wait and its feed included.
 *
 * <p>Matching, failure and order of completion are those of Emulab's StateWait; {@code docs/compatibility.md} has the differences.
 */
public final class StateWait implements ControlLoop {
    private static final Logger log = LoggerFactory.getLogger(StateWait.class);

    private final String name;
    private final TimeSource time;
    private final Lock lock;
    private final WaitIndex index;
    private final Ledger ledger;
    private final FeedReader reader;
    private final Delivery delivery;
    private final Awaiters awaiters = new Awaiters();
    private final PassGuard guard = new PassGuard();
    private volatile WakeUp runner = () -> {};
    private volatile boolean woken;

    private StateWait(StateWaitBuilder asked) {
        name = asked.name;
        time = asked.time;
        index = asked.feed instanceof InMemoryStateFeed ours
                ? (WaitIndex) ours.tap(WaitIndex::new)
                : new WaitIndex(new ReentrantLock());
        lock = index.lock();
        ledger = new Ledger(asked, index, this::wake);
        reader = new FeedReader(ledger);
        delivery = new Delivery(name, lock, ledger, asked.listener, asked.executor);
    }

    /**
     * Begins a wait for things of which {@code feed} tells.
     *
     * @param time measures the limits
     */
    public static StateWaitBuilder on(StateFeed feed, TimeSource time) {
        return new StateWaitBuilder(feed, time);
    }

    static StateWait open(StateWaitBuilder asked) {
        StateWait wait = new StateWait(asked);
        wait.lock.lock();
        try {
            wait.begin(asked.feed, asked.since);
        } finally {
            wait.lock.unlock();
        }
        boolean looked = false;
        try {
            wait.ledger.plans.forEach(plan -> plan.lookForThoseAlreadyThere(wait.lock));
            wait.delivery.submitIfDue(); // what was so already woke nobody
            looked = true;
        } finally {
            if (!looked) {
                wait.close();
            }
        }
        return wait;
    }

    /** Enters the names, in one moment between two publications. */
    private void begin(StateFeed feed, @Nullable Position since) {
        if (!(feed instanceof InMemoryStateFeed)) {
            ledger.open(index);
            reader.follow(feed, since, this::wake);
        } else if (since == null) {
            ledger.open(index);
        } else {
            ledger.open(new WaitIndex(lock)); // apart, as the past is for this wait only
            reader.replay(feed, since);
            ledger.moveTo(index);
        }
    }

    /**
     * Makes one pass: ends the names whose limit is over, tells the listener, completes the future.
     *
     * @return when the next limit is over; finished if no name was pending before it told of them, and again if the last one ended
     *     only since
     */
    @Override
    public Step manageOnce() {
        guard.enter(name);
        try {
            long now = time.nanos();
            if (look(now, awaiters::wake)) {
                return Step.finished();
            }
            return isSettled() ? Step.again() : Step.afterNanos(nanosToDeadline(now)); // again to tell of the last one
        } finally {
            guard.exit();
        }
    }

    /** Does the same for a host without a runner; also from within the listener. Answers whether no name is pending. */
    public boolean poll() {
        look(time.nanos(), this::wake);
        return isSettled();
    }

    /**
     * Blocks until no name is pending, or the thread is interrupted.
     *
     * @return whether no name is pending; if one is, the thread is interrupted and its interrupt status is kept
     * @throws IllegalArgumentException if the clock does not pass by itself, as a {@code VirtualTime}
     */
    public boolean await() {
        return await(Duration.ZERO);
    }

    /**
     * Blocks until no name is pending, {@code limit} is over, or the thread is interrupted. The names stay as they are when
     * this limit is over, so it may be called again and again; makes passes meanwhile, beside those of a runner.
     *
     * @param limit of this call; zero or less is none
     * @return whether no name is pending; if one is, the limit is over, or the thread is interrupted and its interrupt status is kept
     * @throws IllegalArgumentException if the clock does not pass by itself, as a {@code VirtualTime}
     */
    public boolean await(Duration limit) {
        time.requireRealTime("StateWait.await");
        Deadline until = Plan.deadline(time.nanos(), limit);
        return awaiters.await(this::poll, this::nanosToDeadline, until, time);
    }

    /**
     * Reads a foreign feed, ends what is over, and delivers; then runs {@code ifEnded} if a name has ended. Answers whether no name was
     * pending before it delivered, so that the delivery was of all of them.
     */
    private boolean look(long now, Runnable ifEnded) {
        woken = false;
        boolean hasEnded;
        boolean wasSettled;
        try {
            lock.lock();
            try {
                ledger.rearm();
                int ended = ledger.ended();
                reader.look(now);
                hasEnded = ledger.ended() > ended;
                wasSettled = ledger.isSettled();
            } finally {
                lock.unlock();
            }
        } finally {
            delivery.deliver();
        }
        if (hasEnded) {
            ifEnded.run();
        }
        return wasSettled;
    }

    private long nanosToDeadline(long now) {
        lock.lock();
        try {
            return ledger.nanosToDeadline(now);
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        woken = true;
        awaiters.wake();
        try {
            runner.wake();
        } catch (RuntimeException failure) {
            ledger.rearm(); // so that the next change tries again
            log.atError().addKeyValue("wait", name).setCause(failure).log("the wake-up of a wait failed");
        }
        delivery.submit();
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether no name is pending. The listener and the future may not know yet: they are told in the next pass, by the executor, or by
     * {@link #close}.
     */
    public boolean isSettled() {
        return ledger.isSettled();
    }

    /** What has become of the names so far. A copy of all of them, during which nobody publishes: for very many names listen instead. */
    public WaitResult result() {
        return locked(ledger::result);
    }

    /**
     * Completed normally, with the result, once no name is pending; always the same one. That is done by a pass or by
     * {@link #close}, or, as soon as there is news, on the executor given to the builder. Cancelling it does nothing to the wait.
     */
    public CompletableFuture<WaitResult> future() {
        return delivery.future();
    }

    /**
     * Gives up on one name. From then on the listener hears nothing of it.
     *
     * @return whether it was pending
     */
    public boolean cancel(Kind<?> kind, String thing) {
        boolean wasPending = locked(() -> {
            reader.expire(time.nanos());
            return ledger.cancel(kind, thing);
        });
        if (wasPending) {
            wake();
        }
        return wasPending;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        runner = checkNotNull(wakeUp, "wakeUp");
        if (woken) {
            wakeUp.wake();
        }
    }

    /**
     * Leaves the feed; the names that are pending are cancelled. Tells the listener of what had ended before, and completes the future.
     * Unlike other loops it may be closed at any time, during its pass and by its listener as well.
     */
    @Override
    public void close() {
        boolean wasPending = !isSettled();
        lock.lock();
        try {
            reader.expire(time.nanos());
            ledger.endAll(Outcome.CANCELLED);
            index.trim();
            reader.leave();
        } finally {
            lock.unlock();
            delivery.deliver();
            if (wasPending) {
                wake();
            }
        }
    }

    /** For people: its name, and how many names are pending. */
    @Override
    public String toString() {
        return "StateWait[" + name + ", " + locked(ledger::pending) + " of " + ledger.names + " pending]";
    }
}
