package dev.steward.jdbc;

import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a store: carries out calls in turn, and looks around while there are none. Safe for use by many threads. */
final class StoreThread {
    private static final Logger log = LoggerFactory.getLogger(StoreThread.class);
    private static final StoreTrouble CLOSED = new StoreTrouble.Refused("the store is closed");

    /** One call. */
    interface Order {
        /** Carries it out, and answers. */
        void run();

        /** Answers that it has not been carried out. */
        void decline(StoreTrouble why);
    }

    /** What there is to do besides; called on the thread. */
    interface Chores {
        /** Whether it is worth a look from time to time. */
        boolean wanted();

        /** Looks around. */
        void look();

        /** Called last of all. */
        void end();
    }

    private static final Order IDLE = new Order() {
        @Override
        public void run() {}

        @Override
        public void decline(StoreTrouble why) {}
    };
    private static final Turn NUDGE = new Turn(IDLE, 0);
    private static final Duration SPARE = Duration.ofSeconds(1);

    /** A call in line, and since when. */
    private static final class Turn {
        private final Order order;
        private final long since;

        Turn(Order order, long since) {
            this.order = order;
            this.since = since;
        }
    }

    private final BlockingDeque<Turn> orders = new LinkedBlockingDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int most;
    private final long lookNanos;
    private final long longestWait;
    private final Chores chores;
    private final Thread thread;
    private final TimeSource time = TimeSource.system(); // it waits in real time, whatever the records' clock
    private volatile boolean closing;
    private volatile long deadline; // of what waits when it closes
    private volatile boolean over;

    StoreThread(String name, JdbcOptions options, Chores chores) {
        this.most = options.waiting();
        this.lookNanos = options.look().toNanos();
        this.longestWait = options.patience().plus(SPARE).toNanos();
        this.chores = chores;
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Has the call carried out after all those before it, or declines it: at once, or when its turn comes only after whoever asked is likely to have
     * given up.
     */
    void post(Order order) {
        if (closing) {
            order.decline(CLOSED);
        } else if (waiting.incrementAndGet() > most) {
            waiting.decrementAndGet();
            order.decline(new StoreTrouble.Unavailable("busy: " + most + " calls wait already"));
        } else {
            Turn turn = new Turn(order, time.nanos());
            orders.addLast(turn);
            if (over && orders.remove(turn)) {
                order.decline(CLOSED);
            }
        }
    }

    /** Has the thread see what has changed about the chores. */
    void nudge() {
        orders.addFirst(NUDGE);
    }

    /**
     * Takes no further call, carries out those that wait, as many as can be begun within the limit, and declines the rest; waits for that, and
     * answers whether it came to an end within the limit. On the thread itself it does not wait.
     */
    boolean stop(Duration limit) {
        if (!closing) {
            deadline = time.nanos() + limit.toNanos();
            closing = true;
        }
        nudge();
        if (Thread.currentThread() == thread) {
            return true;
        }
        long end = time.nanos() + limit.toNanos();
        boolean interrupted = false;
        for (long left = limit.toMillis(); thread.isAlive() && left > 0; ) {
            try {
                thread.join(left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            left = TimeUnit.NANOSECONDS.toMillis(end - time.nanos());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private void loop() {
        long looked = time.nanos();
        while (!closing || (!orders.isEmpty() && time.nanos() - deadline < 0)) {
            try {
                long untilLook = lookNanos - (time.nanos() - looked);
                Turn turn = chores.wanted() ? orders.poll(untilLook, TimeUnit.NANOSECONDS) : orders.take();
                if (turn != null && turn != NUDGE) {
                    take(turn);
                }
                if (!closing && chores.wanted() && time.nanos() - looked >= lookNanos) {
                    try {
                        chores.look();
                    } finally {
                        looked = time.nanos(); // one that fails is not tried again at once
                    }
                }
            } catch (InterruptedException nobodyDoes) {
                log.atWarn().log("interrupted, and going on");
            } catch (RuntimeException | Error defect) {
                log.atError().setCause(defect).log("a call failed");
            }
        }
        over = true;
        for (Turn turn = orders.poll(); turn != null; turn = orders.poll()) {
            declineQuietly(turn.order);
        }
        chores.end();
    }

    private void take(Turn turn) {
        waiting.decrementAndGet();
        long waited = time.nanos() - turn.since;
        if (waited > longestWait) {
            turn.order.decline(new StoreTrouble.Unavailable(
                    "waited " + TimeUnit.NANOSECONDS.toMillis(waited) + " ms for its turn, and has not been begun"));
        } else {
            turn.order.run();
        }
    }

    private static void declineQuietly(Order order) {
        try {
            order.decline(CLOSED);
        } catch (RuntimeException | Error defect) {
            log.atError().setCause(defect).log("whoever was told that the store is closed has failed");
        }
    }
}
