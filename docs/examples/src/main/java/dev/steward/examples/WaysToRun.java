package dev.steward.examples;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.loop.LoopService;
import dev.steward.loop.Step;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whoever has a thread can run a loop: the ways to do so. */
final class WaysToRun {
    private WaysToRun() {}

    /** A host with a plain loop of its own, which has other work to do in each round. */
    static void inAWhileLoop(ControlLoop loop, Runnable otherWork) throws InterruptedException {
        // region WhileLoop
        Step step = Step.again();
        while (!step.isFinished()) {
            step = loop.manageOnce(); // early is harmless, late is only late
            otherWork.run();
            TimeUnit.NANOSECONDS.sleep(Math.min(step.delayNanos(), 10_000_000)); // a round takes 10 ms at most
        }
        // endregion
    }

    /** A host with a scheduler: a pass where the last one asked for it, and one more whenever the loop is woken. */
    // region OwnScheduler
    static final class OnAScheduler {
        private final ControlLoop loop;
        private final ScheduledExecutorService scheduler; // with a single thread, so passes never overlap
        private final AtomicBoolean queued = new AtomicBoolean();
        private volatile boolean finished;

        OnAScheduler(ControlLoop loop, ScheduledExecutorService scheduler) {
            this.loop = loop;
            this.scheduler = scheduler;
            loop.wakeWith(this::wake);
            wake();
        }

        private void wake() {
            if (queued.compareAndSet(false, true)) {
                scheduler.execute(this::pass);
            }
        }

        private void pass() {
            queued.set(false); // before the pass, so that a wake-up during it counts
            Step step = loop.manageOnce();
            finished |= step.isFinished();
            if (step.kind() == Step.Kind.AGAIN || step.kind() == Step.Kind.AFTER) {
                scheduler.schedule(this::wake, step.delayNanos(), TimeUnit.NANOSECONDS);
            }
        }

        boolean isFinished() {
            return finished;
        }
    }
    // endregion

    /** A host whose thread has nothing else to do. */
    static boolean onThisThread(ControlLoop loop, TimeSource time, Heartbeat heartbeat) {
        // region Invoker
        return new LoopInvoker(time).run(loop, () -> heartbeat.beats() >= 3);
        // endregion
    }

    /** A host that lends an executor. */
    static LoopService onAnExecutor(ControlLoop loop, TimeSource time, ExecutorService executor) {
        // region Service
        LoopService service = new LoopService(loop, time, executor);
        service.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> service.stop(Duration.ofSeconds(5))));
        // endregion
        return service;
    }
}
