package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofSeconds;

import dev.steward.loop.Calls;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What every hand-made controller of the gallery has: a mailbox, calls with a time limit, and one pass. Not safe for use by many threads.
 */
abstract class HandMade implements ControlLoop {
    /** How long an answer is awaited. */
    static final Duration LIMIT = ofSeconds(10);

    final TimeSource time;
    final Mailbox mailbox = new Mailbox();
    final Calls calls;
    private boolean closed;

    HandMade(TimeSource time) {
        this.time = time;
        this.calls = new Calls(mailbox, time);
    }

    /** Decides what to do now, and says when to decide again at the latest; answers wake it besides. */
    abstract Step decide(long now);

    @Override
    public Step manageOnce() {
        if (closed) {
            return Step.finished();
        }
        mailbox.drain();
        calls.expire();
        Step wanted = decide(time.nanos());
        return mailbox.isEmpty() ? wanted.earliest(calls.next()) : Step.again();
    }

    /** Takes one answer; false stands for none in time. */
    Consumer<Boolean> answer(Consumer<Boolean> then) {
        return calls.expect(LIMIT, then, () -> false);
    }

    /** So long from now. */
    long in(Duration delay) {
        return time.nanos() + delay.toNanos();
    }

    Step at(long due) {
        return Step.afterNanos(Math.max(due - time.nanos(), 0));
    }

    boolean isDue(long due) {
        return time.nanos() - due >= 0;
    }

    @Override
    public String name() {
        return getClass().getSimpleName();
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        mailbox.wakeWith(wakeUp);
    }

    @Override
    public void close() {
        closed = true;
        calls.forget();
    }
}
