package dev.steward.loop;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one door through which other threads reach a loop.
 *
 * <p>{@link #post} is safe from any thread, never blocks and never runs the task itself. {@link #drain} belongs to the loop's thread;
 * tasks run in the order posted. A task posted while draining waits for the next drain, so one pass always ends. A task that throws
 * ends the drain; those behind it stay for the next one.
 */
public final class Mailbox {
    private final AtomicReference<@Nullable Letter> posted = new AtomicReference<>();
    private volatile WakeUp wakeUp = () -> {};
    private @Nullable Letter taken; // in order; what a drain that was ended by a throw has left

    private static final class Letter {
        private final Runnable task;
        private @Nullable Letter next;

        private Letter(Runnable task) {
            this.task = task;
        }
    }

    /** An empty mailbox that wakes nobody yet. */
    public Mailbox() {}

    /** Says what the first post to an empty mailbox wakes; it is woken now if something is waiting. */
    public void wakeWith(WakeUp runner) {
        wakeUp = checkNotNull(runner, "wakeUp");
        if (!isEmpty()) {
            runner.wake();
        }
    }

    /** Leaves a task for the loop's next drain, and wakes the loop. */
    public void post(Runnable task) {
        Letter letter = new Letter(checkNotNull(task, "task"));
        Letter before;
        do {
            before = posted.get();
            letter.next = before;
        } while (!posted.compareAndSet(before, letter));
        if (before == null) {
            wakeUp.wake();
        }
    }

    /** Runs what was posted before this call; returns how many tasks ran. */
    public int drain() {
        if (posted.get() != null) {
            takePosted();
        }
        int ran = 0;
        while (taken != null) {
            Letter letter = taken;
            taken = letter.next;
            letter.task.run();
            ran++;
        }
        return ran;
    }

    private void takePosted() {
        Letter inOrder = null;
        for (Letter letter = posted.getAndSet(null); letter != null; ) {
            Letter earlier = letter.next;
            letter.next = inOrder;
            inOrder = letter;
            letter = earlier;
        }
        if (taken == null) {
            taken = inOrder;
            return;
        }
        Letter tail = taken;
        while (tail.next != null) {
            tail = tail.next;
        }
        tail.next = inOrder;
    }

    /** Whether nothing waits for a drain; from the loop's thread it is exact but for what is being posted. */
    public boolean isEmpty() {
        return posted.get() == null && taken == null;
    }
}
