package dev.steward.loop;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.steward.time.Deadline;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a loop on an executor of the host's until it is stopped: for hosts that have threads to give but no loop of their own.
 *
 * <p>Passes run on the executor, one at a time. A thread of this class, the only one that the library ever makes, keeps the time between
 * them and reports a pass that does not return; it is a daemon named {@code steward-} and the name of the loop, and ends with
 * {@link #stop}. A pass that throws is reported and backed off as in a {@link CompositeLoop}; an executor that refuses is asked again
 * after a second. Safe for use by many threads.
 */
public final class LoopService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LoopService.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private enum Phase {
        NEW,
        RESTING,
        SUBMITTED,
        RUNNING,
        STOPPED
    }

    private final ControlLoop loop;
    private final CompositeLoop passes;
    private final TimeSource time;
    private final Executor executor;
    private final LoopObserver observer;
    private final long passLimit;
    private final Thread clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Phase phase = Phase.NEW;
    private boolean woken;
    private boolean stopping;
    private boolean pausing;
    private boolean overran;
    private long passBegan;
    private @Nullable Thread passThread;
    private Deadline due = Deadline.never();

    /** Runs {@code loop} on {@code executor} with the default options of a composite; trouble goes to the log. */
    public LoopService(ControlLoop loop, TimeSource time, Executor executor) {
        this(loop, time, executor, CompositeLoop.Options.defaults(), LoopObserver.logging());
    }

    /**
     * Runs {@code loop} on {@code executor}.
     *
     * @param options how long a pass may take before it is reported, and the backoff of one that throws
     * @throws IllegalArgumentException if {@code time} does not pass by itself, as a {@code VirtualTime}
     */
    public LoopService(
            ControlLoop loop,
            TimeSource time,
            Executor executor,
            CompositeLoop.Options options,
            LoopObserver observer) {
        time.requireRealTime("LoopService");
        this.loop = checkNotNull(loop, "loop");
        this.time = time;
        this.executor = checkNotNull(executor, "executor");
        this.observer = checkNotNull(observer, "observer");
        this.passLimit = TimeSource.saturatedNanos(options.passLimit());
        this.passes = new CompositeLoop(loop.name(), time, options, observer);
        this.clock = new Thread(this::keepTime, "steward-" + loop.name());
        clock.setDaemon(true);
        passes.add(loop);
    }

    /**
     * Begins to run the loop.
     *
     * @throws IllegalStateException if it was started or stopped before
     */
    public void start() {
        lock.lock();
        try {
            checkState(phase == Phase.NEW && !stopping, "the service of loop '%s' was started before", loop.name());
            clock.start(); // it waits for the lock
            phase = Phase.RESTING;
            passes.wakeWith(this::wake); // at once: there is a child to run
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has been started, and neither stopped nor finished. */
    public boolean isRunning() {
        lock.lock();
        try {
            return phase != Phase.NEW && phase != Phase.STOPPED && !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The thread: submits passes when they are due, watches over the one that runs, and ends when all is over. */
    private void keepTime() {
        lock.lock();
        try {
            while (phase != Phase.STOPPED) {
                long now = time.nanos();
                if (phase != Phase.RUNNING && stopping) {
                    end(); // a pass that waits for a thread of the executor is not waited for: it will not begin
                } else if (phase == Phase.RESTING && (due.isDue(now) || (woken && !pausing))) {
                    submit(now);
                } else {
                    await(phase == Phase.RESTING ? due.nanosLeft(now) : watch(now));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the pass that runs should have been over; answers how long to wait before looking again. */
    private long watch(long now) {
        if (phase != Phase.RUNNING || overran) {
            return Long.MAX_VALUE;
        }
        long took = now - passBegan;
        if (took < passLimit) {
            return passLimit - took;
        }
        overran = true;
        unlocked(() -> observer.overran(loop, Duration.ofNanos(took)));
        return 0;
    }

    private void submit(long now) {
        phase = Phase.SUBMITTED;
        woken = false;
        pausing = false;
        unlocked(() -> {
            try {
                executor.execute(this::pass);
            } catch (RuntimeException error) {
                refused(now, error);
            } catch (Error error) {
                // no thread could be made; or the executor runs it here and now, and the pass has thrown
                refused(now, new RejectedExecutionException("a pass of loop '" + loop.name() + "' broke off", error));
            }
        });
    }

    private void refused(long now, RuntimeException error) {
        lock.lock();
        try {
            if (phase == Phase.SUBMITTED) {
                phase = Phase.RESTING;
                pause(now);
            }
        } finally {
            lock.unlock();
        }
        observer.refused(loop, error, PAUSE);
    }

    /** What wakes the loop does not cut the pause short, else a busy producer would make a hot loop of errors. */
    private void pause(long now) {
        pausing = true;
        due = Deadline.after(now, PAUSE);
    }

    private void pass() {
        lock.lock();
        try {
            if (phase != Phase.SUBMITTED) {
                return; // an executor that refused, and ran it all the same
            }
            phase = Phase.RUNNING;
            passBegan = time.nanos();
            passThread = Thread.currentThread();
            overran = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        Step step = null; // what an Error leaves
        try {
            step = passes.manageOnce();
        } finally {
            rest(step);
        }
    }

    private void rest(@Nullable Step step) {
        lock.lock();
        try {
            phase = Phase.RESTING;
            passThread = null;
            long now = time.nanos();
            if (step == null) {
                pause(now);
            } else {
                stopping |= step.isFinished();
                due = Deadline.after(now, step.delay());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        phase = Phase.STOPPED;
        unlocked(passes::close);
    }

    /** Foreign code runs without our lock; what it throws must not end the thread. */
    private void unlocked(Runnable foreign) {
        lock.unlock();
        try {
            foreign.run();
        } catch (RuntimeException | Error error) {
            log.atError().addKeyValue("loop", loop.name()).setCause(error).log("an observer failed");
        } finally {
            lock.lock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is keepTime()
    private void await(long nanos) {
        try {
            if (nanos > 0) {
                changed.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupted) {
            stopping = true; // nobody but a host that wants it gone interrupts this thread
        }
    }

    /**
     * Stops: no new pass begins, the one under way may end, then the loop is closed.
     *
     * @param limit how long to wait for that; zero only asks for it
     * @return whether it is over. If not, a pass has not returned within the limit: it is reported if it has not been already, and the
     *     loop is closed when it does. From within a pass it only asks, and answers false
     */
    public boolean stop(Duration limit) {
        checkArgument(!limit.isNegative(), "negative limit: %s", limit);
        Thread caller = Thread.currentThread();
        if (askToStop(caller) && !limit.isZero()) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(clock, TimeSource.saturatedNanos(limit));
                reportPassUnderWay();
            } catch (InterruptedException interrupted) {
                caller.interrupt();
            }
        }
        return !clock.isAlive();
    }

    /** Answers whether {@code caller} can wait for the end: a pass, or the thread of this class, would wait for itself. */
    private boolean askToStop(Thread caller) {
        lock.lock();
        try {
            stopping = true;
            if (phase == Phase.NEW) {
                end();
            }
            changed.signalAll();
            return caller != clock && caller != passThread;
        } finally {
            lock.unlock();
        }
    }

    private void reportPassUnderWay() {
        lock.lock();
        try {
            if (phase == Phase.RUNNING && !overran) {
                overran = true;
                Duration took = Duration.ofNanos(time.nanos() - passBegan);
                unlocked(() -> observer.overran(loop, took));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops, and waits up to ten seconds for a pass under way. */
    @Override
    public void close() {
        stop(STOP_LIMIT);
    }
}
