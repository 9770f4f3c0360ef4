package dev.steward.await;

import dev.steward.await.NameResult.Outcome;
import dev.steward.event.Kind;
import dev.steward.event.StateEvent;
import dev.steward.time.TimeSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of one wait: what has happened to each, in which order they ended, and what the listener has not been told of.
 *
 * <p>Guarded by the lock of its index, but for {@link #isSettled}. Nothing here runs foreign code, and taking an event allocates
 * nothing.
 *
 * <p><b>Waking.</b> An event may concern many waits. The publisher links those that it moves while it holds the lock, and when it
 * has released it, runs the first of them, which walks the chain. As long as a ledger is {@code linked} only the publisher that
 * linked it touches its link; it clears the flag before it calls the wake-up, so an event that finds the flag set is still in time
 * for that wake-up, and one that does not links anew.
 */
final class Ledger implements Runnable {
    private final TimeSource time;
    private final Set<String> requests;
    private final FailureFilter failures;
    private final Runnable wakeUp;
    private final @Nullable ArrayDeque<Cursor> steps; // that the listener is to be told of; null without one
    final List<Plan> plans;
    private final Plan[] byDeadline;
    private int expired; // so many of byDeadline are over
    final int names;
    private int ended;
    private @Nullable Cursor firstEnded; // those that have ended, linked in that order
    private @Nullable Cursor lastEnded;
    private @Nullable Cursor lastTold; // of those that have ended
    private long opened;
    private volatile boolean settled;

    private WaitIndex index;
    private volatile boolean signalled; // woken, and nobody has looked since
    private volatile boolean linked;
    private @Nullable Ledger nextToWake;

    /** Of the names that {@code asked} says; they stand in no index yet. */
    Ledger(StateWaitBuilder asked, WaitIndex index, Runnable wakeUp) {
        this.time = asked.time;
        this.requests = Set.copyOf(asked.requests);
        this.failures = asked.failures;
        this.steps = asked.listener == null ? null : new ArrayDeque<>();
        this.wakeUp = wakeUp;
        this.index = index;
        this.plans = asked.groups().stream().map(group -> new Plan(this, group)).toList();
        this.byDeadline = plans.toArray(Plan[]::new);
        this.names = plans.stream().mapToInt(plan -> plan.pending).sum();
        this.settled = names == 0;
    }

    /** From now on its names stand in an index, and their limits run. */
    void open(WaitIndex first) {
        opened = time.nanos();
        plans.forEach(plan -> plan.deadline = Plan.deadline(opened, plan.limit));
        Arrays.sort(byDeadline, Comparator.comparingLong(plan -> plan.deadline.nanosLeft(opened)));
        index = first;
        index.reserve(names);
        plans.forEach(plan -> Arrays.stream(plan.cursors).forEach(index::add));
    }

    /** Carries the names that are pending over to another index with the same lock. */
    void moveTo(WaitIndex next) {
        next.reserve(pending());
        for (Plan plan : plans) {
            for (Cursor cursor : plan.cursors) {
                if (cursor.isPending()) {
                    index.remove(cursor);
                    next.add(cursor);
                }
            }
        }
        index = next;
    }

    /** Whether no name is pending. Needs no lock. */
    boolean isSettled() {
        return settled;
    }

    /** Takes an event as it is published; what comes at the deadline or later is too late. Answers whether somebody wants to know. */
    boolean takeInTime(Cursor cursor, StateEvent event) {
        if (!counts(cursor, event)) {
            return false;
        }
        if (!cursor.plan.deadline.isNever() && cursor.plan.deadline.isDue(time.nanos())) {
            end(cursor, Outcome.TIMED_OUT, event);
            return true;
        }
        return move(cursor, event);
    }

    /** Takes an event that was published some time ago, nobody knows when by our clock. */
    void take(StateEvent event) {
        Cursor cursor = index.find(event.kind(), event.name(), this);
        if (cursor != null && counts(cursor, event)) {
            move(cursor, event);
        }
    }

    private boolean counts(Cursor cursor, StateEvent event) {
        String request = event.request();
        if (!request.isEmpty() && !requests.contains(request)) {
            return false;
        }
        return event.isFailure()
                ? failures.counts(event.cause())
                : event.state().equals(cursor.wanted());
    }

    private boolean move(Cursor cursor, StateEvent event) {
        if (event.isFailure()) {
            end(cursor, Outcome.FAILED, event);
            return true;
        }
        if (cursor.advance()) {
            end(cursor, Outcome.FINISHED, event);
            return true;
        }
        if (steps != null && !cursor.stepUntold) {
            cursor.stepUntold = true;
            steps.add(cursor);
        }
        return steps != null;
    }

    /** A name that is pending was found in this state; answers whether that is where it was to get. */
    void found(Cursor cursor, String state) {
        String[] words = cursor.plan.words;
        if (cursor.isPending() && state.equals(words[words.length - 1])) {
            cursor.jumpToEnd();
            end(cursor, Outcome.FINISHED, time.now(), time.nanos());
        }
    }

    /** Ends one name by hand; answers whether it was pending. */
    boolean cancel(Kind<?> kind, String name) {
        Cursor cursor = index.find(kind, name, this);
        if (cursor != null) {
            end(cursor, Outcome.CANCELLED, time.now(), time.nanos());
        }
        return cursor != null;
    }

    /** Ends every name that is pending. */
    void endAll(Outcome outcome) {
        if (!settled) {
            Instant at = time.now();
            long now = time.nanos();
            plans.forEach(plan -> end(plan, outcome, at, now));
        }
    }

    /** Ends the names whose limit is over. */
    void expire(long now) {
        while (expired < byDeadline.length && byDeadline[expired].deadline.isDue(now)) {
            end(byDeadline[expired++], Outcome.TIMED_OUT, time.now(), now);
        }
    }

    private void end(Plan plan, Outcome outcome, Instant at, long now) {
        for (Cursor cursor : plan.cursors) {
            if (cursor.isPending()) {
                end(cursor, outcome, at, now);
            }
        }
    }

    private void end(Cursor cursor, Outcome outcome, Instant at, long now) {
        cursor.end(outcome, at, now - opened);
        ended(cursor);
    }

    private void end(Cursor cursor, Outcome outcome, StateEvent event) {
        cursor.end(outcome, event, time.nanos() - opened);
        ended(cursor);
    }

    private void ended(Cursor cursor) {
        index.remove(cursor);
        cursor.plan.pending--;
        if (lastEnded == null) {
            firstEnded = cursor;
        } else {
            lastEnded.next = cursor;
        }
        lastEnded = cursor;
        settled = ++ended == names;
    }

    /** Nanoseconds until the next limit is over: {@link Long#MAX_VALUE} for never. */
    long nanosToDeadline(long now) {
        while (expired < byDeadline.length && byDeadline[expired].pending == 0) {
            expired++;
        }
        return expired < byDeadline.length ? byDeadline[expired].deadline.nanosLeft(now) : Long.MAX_VALUE;
    }

    WaitResult result() {
        Instant now = time.now();
        long elapsed = time.nanos() - opened;
        List<NameResult> pending = new ArrayList<>(pending());
        for (Plan plan : plans) {
            Arrays.stream(plan.cursors)
                    .filter(Cursor::isPending)
                    .forEach(cursor -> pending.add(cursor.result(now, elapsed)));
        }
        List<NameResult> over = new ArrayList<>(ended);
        for (Cursor cursor = firstEnded; cursor != null; cursor = cursor.next) {
            over.add(cursor.result());
        }
        return new WaitResult(over, pending);
    }

    int ended() {
        return ended;
    }

    int pending() {
        return names - ended;
    }

    /** Whether there is nothing that the listener is to be told, cancelled names aside. */
    boolean isTold() {
        return steps == null || (steps.isEmpty() && lastTold == lastEnded);
    }

    /**
     * What the listener is to be told next: a step of a name that is still pending, or else the end of one that was not cancelled. One
     * thing at a time, so that what is cancelled from within the listener is not told any more. Null if there is nothing.
     */
    @Nullable
    NameResult takeNews() {
        signalled = false;
        if (steps == null) {
            return null;
        }
        for (Cursor cursor = steps.poll(); cursor != null; cursor = steps.poll()) {
            cursor.stepUntold = false;
            if (cursor.isPending()) {
                return cursor.result(time.now(), time.nanos() - opened);
            }
        }
        for (Cursor cursor = nextToTell(); cursor != null; cursor = nextToTell()) {
            lastTold = cursor;
            if (cursor.outcome() != Outcome.CANCELLED) {
                return cursor.result();
            }
        }
        return null;
    }

    private @Nullable Cursor nextToTell() {
        return lastTold == null ? firstEnded : lastTold.next;
    }

    /** Says that somebody looks now, so that the next change is to wake again. */
    void rearm() {
        signalled = false;
    }

    /** Links this in front of those that the event at hand has moved before, unless it has been woken already. */
    @Nullable
    Ledger linkBefore(@Nullable Ledger chain) {
        if (signalled) {
            return chain;
        }
        signalled = true;
        if (linked) {
            return chain; // another publisher is about to wake it
        }
        linked = true;
        nextToWake = chain;
        return this;
    }

    /** Wakes this wait and those linked behind it; without the lock. */
    @Override
    public void run() {
        Ledger ledger = this;
        while (ledger != null) {
            Ledger next = ledger.nextToWake;
            ledger.nextToWake = null;
            ledger.linked = false;
            ledger.wakeUp.run();
            ledger = next;
        }
    }
}
