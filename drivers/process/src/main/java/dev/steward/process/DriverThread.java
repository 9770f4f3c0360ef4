package dev.steward.process;

import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a driver: carries out orders in turn, and looks around when it is time to. It is a platform thread that lives as long as
 * the driver, because a child may have asked the kernel for a signal at the end of the thread that started it. Safe for use by many threads.
 */
final class DriverThread {
    private static final Logger log = LoggerFactory.getLogger(DriverThread.class);

    /** What there is to do besides orders; called on the thread. */
    interface Chores {
        /** How long there is nothing to do, in nanoseconds. */
        long idleNanos();

        /** Does what is due. Called when no order waits. */
        void settle();

        /** Looks around, whether it is time to or not. */
        void sweep();

        /** Called last of all. */
        void close();
    }

    private final BlockingDeque<Runnable> orders = new LinkedBlockingDeque<>();
    private final Chores chores;
    private final Thread thread;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private volatile boolean stopped;
    private boolean over;

    DriverThread(String name, ThreadFactory threads, Chores chores) {
        this.chores = chores;
        this.thread = threads.newThread(this::run);
        thread.setName(name);
        thread.setDaemon(true);
    }

    /** @throws OutOfMemoryError if the system has no thread left; it cannot be started again then */
    void start() {
        thread.start();
    }

    /** Has the order carried out after all those before it. */
    void post(Runnable order) {
        orders.addLast(order);
    }

    /** Has a look around before all orders that wait; many of these at once count as one. */
    void nudge() {
        if (!nudged.getAndSet(true)) {
            orders.addFirst(() -> {
                nudged.set(false);
                chores.sweep();
            });
        }
    }

    /**
     * Carries out no further order, and waits for the one at hand and for the last chores, also if it is interrupted; answers whether they
     * came to an end within the limit. On the thread itself, the last chores are done at once.
     */
    boolean stop(Duration limit) {
        stopped = true;
        orders.addFirst(() -> {});
        if (Thread.currentThread() == thread) {
            finish();
            return true;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        long left = limit.toMillis();
        while (thread.isAlive() && left > 0) {
            try {
                thread.join(left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        try {
            chores.close();
        } catch (RuntimeException | Error defect) {
            log.atError().setCause(defect).log("the last chores failed");
        }
    }

    private void run() {
        while (!stopped) {
            try {
                Runnable order = orders.poll(chores.idleNanos(), TimeUnit.NANOSECONDS);
                if (order != null && !stopped) {
                    order.run();
                }
                if (orders.isEmpty() && !stopped) {
                    chores.settle();
                }
            } catch (InterruptedException nobodyDoes) {
                log.atWarn().log("interrupted, and going on");
            } catch (RuntimeException | Error defect) {
                log.atError().setCause(defect).log("an order failed");
            }
        }
        finish();
    }
}
