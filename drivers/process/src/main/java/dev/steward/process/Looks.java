package dev.steward.process;

import dev.steward.instance.Probe;
import dev.steward.instance.ProbeResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the probes, and all looks that are under way. Two looks that ask the same about the same life at the same time are one, so
 * a question that hangs takes one thread however often it is asked. Safe for use by many threads.
 */
final class Looks implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Looks.class);
    private static final ThreadLocal<Looks> OWN = new ThreadLocal<>();
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final String CLOSED = "the probes are closed";

    private final Duration limit;
    private final int most;
    private final ThreadFactory threads;
    private final ThreadPoolExecutor workers;
    private final ScheduledThreadPoolExecutor clock;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private final Map<Look.Question, Look> open = new HashMap<>();
    private boolean closed;

    /**
     * Starts no thread yet.
     *
     * @param limit for each look, from when it is asked for
     * @param most threads that look
     * @param queue looks that may wait for one of them
     */
    Looks(Duration limit, int most, int queue, ThreadFactory threads) {
        this.limit = limit;
        this.most = most;
        this.threads = threads;
        this.workers = new ThreadPoolExecutor(
                most,
                most,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(queue),
                work -> thread(work, "steward-probe-" + numbers.incrementAndGet()));
        workers.allowCoreThreadTimeOut(true);
        this.clock = new ScheduledThreadPoolExecutor(1, work -> thread(work, "steward-probe-limits"));
        clock.setRemoveOnCancelPolicy(true);
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clock.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    private Thread thread(Runnable work, String name) {
        Thread thread = threads.newThread(() -> {
            OWN.set(this);
            made.removeIf(earlier -> !earlier.isAlive());
            made.add(Thread.currentThread());
            work.run();
        });
        thread.setName(name);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins a look, or joins the one that is under way. */
    void begin(Inquiry inquiry, Probe.Subject subject, Consumer<ProbeResult> answer) {
        var question = new Look.Question(inquiry, subject);
        String refusal = null;
        Look look = null;
        synchronized (lock) {
            Look same = open.get(question);
            if (closed) {
                refusal = CLOSED;
            } else if (same != null && same.join(answer)) {
                return;
            } else if (same != null && !same.isOver()) {
                refusal = "a look that began " + age(same) + " ago has not come back";
            } else {
                look = new Look(question, this::ended);
                look.join(answer);
                open.put(question, look);
            }
        }
        if (look == null) {
            Look.tell(List.of(answer), ProbeResult.unwell(String.valueOf(refusal)));
        } else {
            start(look);
        }
    }

    private void start(Look look) {
        try {
            look.limitedBy(clock.schedule(() -> expire(look), limit.toNanos(), TimeUnit.NANOSECONDS));
            workers.execute(look);
        } catch (RejectedExecutionException refused) {
            String why = workers.isShutdown() ? CLOSED : "too many looks wait for one of " + most + " threads";
            look.give(why, why);
        } catch (OutOfMemoryError noThread) {
            look.give("no thread to look with", "no thread to look with");
        }
    }

    private void expire(Look look) {
        String length = ProbeText.seconds(limit);
        look.give("no answer within " + length, "not begun within " + length + ": all " + most + " threads are busy");
        workers.remove(look);
    }

    private void ended(Look look) {
        synchronized (lock) {
            open.remove(look.question(), look);
        }
    }

    private static String age(Look look) {
        Duration age = Duration.ofNanos(System.nanoTime() - look.begun());
        return ProbeText.seconds(Duration.ofSeconds(age.toSeconds()));
    }

    /** Answers all that is under way, and waits at most 5 s for the threads, unless it is one of them that calls. Idempotent. */
    @Override
    public void close() {
        List<Look> last;
        synchronized (lock) {
            closed = true;
            last = List.copyOf(open.values());
        }
        clock.shutdown();
        workers.shutdown(); // and no interrupt but the one that each look gets, because some clear up after it
        last.forEach(look -> look.give(CLOSED, CLOSED));
        if (OWN.get() == this) {
            return;
        }
        long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
        try {
            boolean over = workers.awaitTermination(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                    && clock.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (!over) {
                log.atWarn().log("the probes are closed, and {} looks have not come back", workers.getActiveCount());
                return;
            }
            for (Thread thread : made) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many looks are under way. */
    @Override
    public String toString() {
        synchronized (lock) {
            return "Looks[" + open.size() + (closed ? ", closed]" : "]");
        }
    }
}
