package dev.steward.testkit.contract;

import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.Deadline;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** A loop of a few lines that keeps the contract: it ticks, and takes posts. The wrong ones change one thing each. */
public class ModelLoop implements ControlLoop {
    protected final TimeSource time;
    protected final Mailbox mailbox = new Mailbox();
    protected final AtomicBoolean inPass = new AtomicBoolean();
    private final Duration period;
    private Deadline next;
    private int ticks;
    private int posts;

    public ModelLoop(TimeSource time, Duration period) {
        this.time = time;
        this.period = period;
        this.next = Deadline.after(time.nanos(), period);
    }

    @Override
    public Step manageOnce() {
        if (!inPass.compareAndSet(false, true)) {
            throw new IllegalStateException("two passes at once of loop '" + name() + "'");
        }
        try {
            return pass(time.nanos());
        } finally {
            inPass.set(false);
        }
    }

    protected Step pass(long now) {
        mailbox.drain();
        if (next.isDue(now)) {
            ticks++;
            next = Deadline.after(now, period);
        }
        return Step.after(next.left(now));
    }

    /** What a host does to it. */
    public void post() {
        mailbox.post(() -> posts++);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        mailbox.wakeWith(wakeUp);
    }

    @Override
    public String toString() {
        return name() + ": " + ticks + " ticks, " + posts + " posts";
    }
}
