package dev.steward.benchmarks;

import dev.steward.await.StateWait;
import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.Subscription;
import dev.steward.loop.ControlLoop;
import dev.steward.loop.LoopInvoker;
import dev.steward.loop.Step;
import dev.steward.loop.WakeUp;
import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Events that go over a feed, to a wait or to a bare cursor. */
final class StewardHops {
    private static final TimeSource TIME = TimeSource.system();

    private StewardHops() {}

    /** How a receiver runs its loop. */
    interface Runner {
        void run(ControlLoop loop, BooleanSupplier until);
    }

    /** Passes without a pause. */
    static void spinning(ControlLoop loop, BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            loop.manageOnce();
        }
    }

    /** A pass as soon as the loop is woken, for which the thread watches a flag. */
    static void watching(ControlLoop loop, BooleanSupplier until) {
        var flag = new Flag();
        loop.wakeWith(flag);
        while (!until.getAsBoolean()) {
            if (flag.woken) {
                flag.woken = false;
                loop.manageOnce();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** The thread parks between passes. */
    static void parking(ControlLoop loop, BooleanSupplier until) {
        new LoopInvoker(TIME).run(loop, until);
    }

    private static final class Flag implements WakeUp {
        private volatile boolean woken = true;

        @Override
        public void wake() {
            woken = true;
        }
    }

    private static List<StateChange> changes(int events) {
        List<StateChange> changes = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            changes.add(StateChange.entered(EventPool.KIND, "node-" + i, EventPool.Stage.READY));
        }
        return changes;
    }

    /** A wait for as many names as there are events; its listener is told of the end of each. */
    static final class OfWait implements Hop {
        private final InMemoryStateFeed feed = new InMemoryStateFeed(TIME);
        private final List<StateChange> changes;
        private final Runner runner;
        private final StateWait wait;
        private int arrived;
        private IntConsumer reached = number -> {};

        OfWait(int events, Runner runner) {
            this.changes = changes(events);
            this.runner = runner;
            this.wait = StateWait.on(feed, TIME)
                    .forAll(
                            EventPool.KIND,
                            changes.stream().map(StateChange::name).toList())
                    .toReach("ready")
                    .onProgress(result ->
                            reached.accept(arrived++)) // in the order in which they end, which is that of the events
                    .open();
        }

        @Override
        public void send(int number) {
            feed.publish(changes.get(number));
        }

        @Override
        public void receive(IntConsumer to) {
            reached = to;
            runner.run(wait, () -> arrived == changes.size());
        }

        @Override
        public void close() {
            wait.close();
        }
    }

    /** A cursor on the feed, read by a loop. */
    static final class OfFeed implements Hop {
        private final InMemoryStateFeed feed;
        private final List<StateChange> changes;
        private final Runner runner;

        OfFeed(int events, Runner runner) {
            this.feed = new InMemoryStateFeed(
                    TIME, events); // all of them, so that a receiver that was held up has lost none
            this.changes = changes(events);
            this.runner = runner;
        }

        @Override
        public void send(int number) {
            feed.publish(changes.get(number));
        }

        @Override
        public void receive(IntConsumer reached) {
            var loop = new ReadingLoop(feed, reached);
            runner.run(loop, () -> loop.arrived == changes.size());
            loop.close();
        }
    }

    private static final class ReadingLoop implements ControlLoop {
        private final Subscription cursor;
        private final IntConsumer reached;
        private volatile WakeUp runner = () -> {};
        private int arrived;

        private ReadingLoop(InMemoryStateFeed feed, IntConsumer reached) {
            this.reached = reached;
            this.cursor = feed.subscribe(() -> runner.wake());
        }

        @Override
        public Step manageOnce() {
            cursor.poll(event -> reached.accept(arrived++));
            return Step.parked();
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            runner = wakeUp;
        }

        @Override
        public String name() {
            return "reader";
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
