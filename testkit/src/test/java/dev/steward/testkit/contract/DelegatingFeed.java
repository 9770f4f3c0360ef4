package dev.steward.testkit.contract;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.Position;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.event.StateFeed;
import dev.steward.event.StateListener;
import dev.steward.event.Subscription;
import dev.steward.time.TimeSource;

/** A feed that does everything right by leaving it to another; the wrong ones change one thing each. */
class DelegatingFeed implements StateFeed {
    protected final InMemoryStateFeed right;

    DelegatingFeed(TimeSource time, int tail) {
        this.right = new InMemoryStateFeed(time, tail);
    }

    @Override
    public StateEvent publish(StateChange change) {
        return right.publish(change);
    }

    @Override
    public Position position() {
        return right.position();
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        return wrap(right.subscribe(after, wakeUp));
    }

    /** For feeds that are wrong in how they are read. */
    protected Subscription wrap(Subscription cursor) {
        return cursor;
    }

    protected final Position start() {
        return new Position(right.position().feed(), 0);
    }

    /** A cursor that leaves everything to another. */
    static class Cursor implements Subscription {
        protected final Subscription right;

        Cursor(Subscription right) {
            this.right = right;
        }

        @Override
        public int poll(StateListener listener) {
            return right.poll(listener);
        }

        @Override
        public Position position() {
            return right.position();
        }

        @Override
        public void close() {
            right.close();
        }
    }
}
