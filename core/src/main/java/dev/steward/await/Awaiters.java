package dev.steward.await;

import dev.steward.time.Deadline;
import dev.steward.time.TimeSource;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/** The threads that are blocked in one wait. Safe for use by many threads. */
final class Awaiters {
    private final CopyOnWriteArrayList<Place> places = new CopyOnWriteArrayList<>();

    /**
     * Blocks the calling thread until {@code pass} answers true, the time is over, or the thread is interrupted.
     *
     * @param pass made before each parking
     * @param nanosLeft how long it may park at a reading of the clock: {@link Long#MAX_VALUE} is for ever
     * @param over at which reading the time is over
     * @return what the last pass answered
     */
    boolean await(BooleanSupplier pass, LongUnaryOperator nanosLeft, Deadline over, TimeSource time) {
        Place place = new Place();
        places.add(place);
        try {
            while (true) {
                place.woken = false; // first, so that what comes during the pass is not slept over
                boolean done = pass.getAsBoolean();
                long now = time.nanos();
                if (done || over.isDue(now) || Thread.currentThread().isInterrupted()) {
                    return done;
                }
                place.park(Math.min(over.nanosLeft(now), nanosLeft.applyAsLong(now)));
            }
        } finally {
            places.remove(place);
        }
    }

    void wake() {
        for (Place place : places) {
            place.wake();
        }
    }

    /** Where one thread parks. */
    private static final class Place {
        private final Thread thread = Thread.currentThread();
        private volatile boolean woken;

        private void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        /** Parks once, unless woken since the last pass began. May end early. */
        void park(long nanos) {
            if (!woken && nanos == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else if (!woken && nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            }
        }
    }
}
