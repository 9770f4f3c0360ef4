package dev.steward.testkit.proof;

import dev.steward.loop.Calls;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.Mailbox;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.time.Duration;

/** Keeps one licence leased: looks every ten seconds, and leases when there is none. Not safe for use by many threads. */
class Keeper implements ControlLoop {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final LicenceApi api;
    private final TimeSource time;
    private final Mailbox mailbox = new Mailbox();
    private final Calls calls;
    private long next;
    private boolean busy;
    private boolean hasAsked;
    private boolean closed;

    Keeper(LicenceApi api, TimeSource time) {
        this.api = api;
        this.time = time;
        calls = new Calls(mailbox, time);
        next = time.nanos();
    }

    /** Under what it leases. */
    String token() {
        return "keeper";
    }

    /** Whether it looks before it does anything. */
    boolean looksFirst() {
        return true;
    }

    /** Is told how many there are; -1 for unknown. */
    void seen(int leases) {}

    @Override
    public String name() {
        return "keeper";
    }

    @Override
    public void wakeWith(WakeUp wakeUp) {
        mailbox.wakeWith(wakeUp);
    }

    @Override
    public Step manageOnce() {
        if (closed) {
            return Step.finished();
        }
        mailbox.drain();
        long now = time.nanos();
        calls.expire();
        if (!busy && now - next >= 0) {
            busy = true;
            ask();
        }
        return busy ? calls.next() : Step.afterNanos(next - now).earliest(calls.next());
    }

    private void ask() {
        if (looksFirst() || hasAsked) {
            api.count(calls.expect(LIMIT, this::counted, () -> -1));
        } else {
            counted(0);
        }
        hasAsked = true;
    }

    private void counted(int leases) {
        if (leases == 0) {
            api.lease(token(), calls.expect(LIMIT, this::leased, () -> "unknown"));
        } else {
            seen(leases);
            rest();
        }
    }

    private void leased(String answer) {
        rest();
    }

    private void rest() {
        busy = false;
        next = time.nanos() + PERIOD.toNanos();
    }

    @Override
    public void close() {
        closed = true;
    }
}
