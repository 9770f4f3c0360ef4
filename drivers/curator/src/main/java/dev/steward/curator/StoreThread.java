package dev.steward.curator;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a store, a daemon: what ZooKeeper tells and what users ask is done on it, in the order it came. Safe for use by many
 * threads.
 */
final class StoreThread {
    private static final Logger log = LoggerFactory.getLogger(StoreThread.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final long TICK_MILLIS = 100;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private volatile @Nullable Thread thread;
    private volatile boolean ending;

    /** Begins to work; {@code tick} is run ten times a second. */
    void begin(Runnable tick) {
        Thread made = new Thread(() -> work(tick), "steward-zookeeper-" + COUNT.incrementAndGet());
        made.setDaemon(true);
        thread = made;
        made.start();
    }

    /** Has a task done, after those before it; a task after {@link #end} is not done, and the answer says so. */
    boolean post(Runnable task) {
        if (ending) {
            return false;
        }
        tasks.add(task);
        return true;
    }

    /** Ends after the task that runs now. */
    void end() {
        ending = true;
    }

    /**
     * Waits until it has ended, unless called on it; an interruption shows afterwards.
     *
     * @return whether it has ended or is the one that asks
     */
    boolean awaitEnd(Duration limit) {
        Thread awaited = thread;
        if (awaited == null || awaited == Thread.currentThread()) {
            return true;
        }
        Uninterruptibles.joinUninterruptibly(awaited, limit);
        return !awaited.isAlive();
    }

    private void work(Runnable tick) {
        long last = System.nanoTime();
        while (!ending) {
            try {
                Runnable task = tasks.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                if (task != null) {
                    run(task);
                }
            } catch (InterruptedException nobodyMay) {
                log.atWarn()
                        .log(
                                "{} was interrupted and goes on",
                                Thread.currentThread().getName());
            }
            if (System.nanoTime() - last >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
                last = System.nanoTime();
                run(tick);
            }
        }
        for (Runnable rest = tasks.poll(); rest != null; rest = tasks.poll()) {
            run(rest);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error thrown) {
            log.atError()
                    .setCause(thrown)
                    .log("{}: a task failed", Thread.currentThread().getName());
        }
    }
}
