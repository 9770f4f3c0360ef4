package dev.steward.event;

/** A feed that leaves everything to another one, and is not known as ours. Tests change one thing each. Threads: as the other one. */
public class DelegatingFeed implements StateFeed {
    private final StateFeed other;

    /** A feed that does what {@code other} does. */
    public DelegatingFeed(StateFeed other) {
        this.other = other;
    }

    @Override
    public StateEvent publish(StateChange change) {
        return other.publish(change);
    }

    @Override
    public Position position() {
        return other.position();
    }

    @Override
    public Subscription subscribe(Position after, Runnable wakeUp) {
        return opened(other.subscribe(after, wakeUp));
    }

    /** What a subscriber gets instead of the cursor that was just opened for it. */
    protected Subscription opened(Subscription cursor) {
        return cursor;
    }

    /** A cursor that leaves everything to another one. */
    public static class Cursor implements Subscription {
        private final Subscription other;

        /** A cursor that does what {@code other} does. */
        public Cursor(Subscription other) {
            this.other = other;
        }

        @Override
        public int poll(StateListener listener) {
            return other.poll(listener);
        }

        @Override
        public Position position() {
            return other.position();
        }

        @Override
        public void close() {
            other.close();
        }
    }
}
