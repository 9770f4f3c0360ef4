package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something that may hang on a thread of its own, and waits for it with a bound that is generous and fails loudly. */
final class Background<T> {
    static final long BOUND = 30;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(FutureTask<T> task) {
        this.task = task;
        this.thread = new Thread(task, "in the background of a test");
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Background<T> run(Callable<T> work) {
        return new Background<>(new FutureTask<>(work));
    }

    Thread thread() {
        return thread;
    }

    /** What came out of it; {@code hint} says what it hangs on if it does. */
    T result(String hint) throws InterruptedException, ExecutionException {
        try {
            return task.get(BOUND, TimeUnit.SECONDS);
        } catch (TimeoutException hangs) {
            StringBuilder stack = new StringBuilder();
            for (StackTraceElement element : thread.getStackTrace()) {
                stack.append("\n  at ").append(element);
            }
            thread.interrupt();
            throw new AssertionError(hint + ": no end after " + BOUND + " s" + stack, hangs);
        }
    }

    static void await(CountDownLatch latch, String what) {
        try {
            assertThat(latch.await(BOUND, TimeUnit.SECONDS)).as(what).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(what, interrupted);
        }
    }
}
