package dev.steward.event;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.internal.Tap;
import dev.steward.time.TimeSource;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of one process, in its memory; it ends with the process.
 *
 * <p>Publishing takes a lock that nothing foreign runs under. Reading takes none: a reader that is overtaken by the tail notices
 * by the sequence of the event it finds. Safe for use by many threads.
 */
public final class InMemoryStateFeed implements StateFeed {
    /** How many events are kept unless said otherwise. */
    public static final int DEFAULT_TAIL = 16_384;

    private static final Logger log = LoggerFactory.getLogger(InMemoryStateFeed.class);

    private final TimeSource time;
    private final String incarnation;
    private final int tail;
    private final AtomicReferenceArray<@Nullable StateEvent> ring;
    private final Lock publishing = new ReentrantLock();
    private final CopyOnWriteArrayList<Cursor> cursors = new CopyOnWriteArrayList<>();
    private volatile long last;
    private @Nullable Tap<StateEvent> tap;

    /** A feed that keeps the last {@value #DEFAULT_TAIL} events. */
    public InMemoryStateFeed(TimeSource time) {
        this(time, DEFAULT_TAIL);
    }

    /**
     * A feed that keeps the last {@code tail} events.
     *
     * @throws IllegalArgumentException if {@code tail} is below 1
     */
    public InMemoryStateFeed(TimeSource time, int tail) {
        checkArgument(tail >= 1, "a feed keeps at least one event: %s", tail);
        this.time = checkNotNull(time, "time");
        this.tail = tail;
        this.ring = new AtomicReferenceArray<>(tail);
        this.incarnation =
                Long.toHexString(time.now().toEpochMilli()) + "-" + Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public StateEvent publish(StateChange change) {
        checkNotNull(change, "change");
        Runnable wakeUps;
        StateEvent event;
        publishing.lock();
        try {
            event = new StateEvent(last + 1, time.now(), change);
            ring.setRelease(slot(event.sequence()), event);
            last = event.sequence();
            wakeUps = tap == null ? null : tap.accept(event);
        } finally {
            publishing.unlock();
        }
        if (wakeUps != null) {
            runWakeUp(wakeUps);
        }
        for (Cursor cursor : cursors) {
            cursor.signal();
        }
        return event;
    }

    /** Foreign, so it must not harm the publisher; answers whether it did as it was told. */
    private static boolean runWakeUp(Runnable wakeUp) {
        try {
            wakeUp.run();
            return true;
        } catch (RuntimeException | Error failure) {
            log.atError().setCause(failure).log("the wake-up of a subscriber failed");
            return false;
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % tail);
    }

    @Override
    public Position position() {
        return new Position(incarnation, last);
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        boolean foreign = !after.feed().equals(incarnation);
        long end = last;
        checkArgument(foreign || after.sequence() <= end, "%s is not reached yet: the last event is %s", after, end);
        Cursor cursor =
                new Cursor(foreign, foreign ? Math.max(end - tail, 0) + 1 : after.sequence() + 1, checkNotNull(wakeUp));
        cursors.add(cursor);
        if (foreign || cursor.next <= last) {
            cursor.signal(); // there is something to read already
        }
        return cursor;
    }

    /**
     * For the library itself: its consumer under publication, made at the first call with the lock of this feed.
     *
     * @param make is given the lock that {@link Tap#accept} is called under
     */
    @SuppressWarnings("exports") // the type is not exported so that nobody but the library can call this
    public Tap<StateEvent> tap(Function<Lock, Tap<StateEvent>> make) {
        publishing.lock();
        try {
            if (tap == null) {
                tap = make.apply(publishing);
            }
            return tap;
        } finally {
            publishing.unlock();
        }
    }

    private final class Cursor implements Subscription {
        private final Runnable wakeUp;
        private boolean foreign;
        private volatile long next;
        private volatile boolean signalled;
        private volatile boolean closed;
        private volatile @Nullable Thread polling;

        private Cursor(boolean foreign, long next, Runnable wakeUp) {
            this.foreign = foreign;
            this.next = next;
            this.wakeUp = wakeUp;
        }

        private void signal() {
            if (closed || signalled) {
                return;
            }
            signalled = true; // two publishers may both come here: a wake-up too many does no harm
            if (!runWakeUp(wakeUp)) {
                signalled = false;
            }
        }

        @Override
        public int poll(StateListener listener) {
            if (polling == Thread.currentThread()) {
                throw new IllegalStateException("a subscription is polled from within its own listener");
            }
            polling = Thread.currentThread();
            try {
                signalled = false; // before looking, so that what is published from here on wakes again
                return deliver(listener, last);
            } finally {
                polling = null;
            }
        }

        private int deliver(StateListener listener, long end) {
            int delivered = 0;
            if (foreign) {
                foreign = false;
                listener.gap(0, next - 1);
            }
            while (!closed && next <= end) {
                long wanted = next;
                StateEvent event = ring.getAcquire(slot(wanted));
                if (event != null && event.sequence() == wanted) {
                    next = wanted + 1; // first, so that a listener that throws has had it
                    listener.event(event);
                    delivered++;
                } else {
                    // the slot may be overwritten before last is, so the event found there is the better witness
                    next = Math.max(last, event == null ? 0 : event.sequence()) - tail + 1;
                    listener.gap(wanted, next - 1);
                }
            }
            return delivered;
        }

        @Override
        public Position position() {
            return new Position(incarnation, next - 1);
        }

        @Override
        public void close() {
            closed = true;
            cursors.remove(this);
        }
    }
}
