package dev.steward.benchmarks;

import dev.steward.event.InMemoryStateFeed;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import dev.steward.internal.Tap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * P1 to P4: what an event costs, by how many names are waited for. Every event moves one name by one state.
 *
 * <p>{@code handOver} is what a feed does under publication: one call of its {@link Tap}, on which all waits of the feed hang. It is
 * reached through {@link InMemoryStateFeed#tap}, whose type is not exported; benchmarks run on the class path, where that does not matter.
 * {@code publish} is the whole call of a publisher: it makes the event, stamps it, takes the lock, keeps it, and hands it over.
 * {@code Decoded} begins with the bytes of a name: string, change and event are made anew each time, and only then handed over.
 *
 * <p>Peers: a bare {@link java.util.HashMap} (get, compare, advance), and Guava's EventBus with a subscriber for each name.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseG1GC", "-Dslf4j.internal.verbosity=ERROR"})
public class StateWaitDispatch {
    /** Events made beforehand, and waits. */
    @State(Scope.Thread)
    public static class Ours {
        /** How many names are waited for. */
        @Param({"1000", "100000", "1000000"})
        public int waited;

        private Waits waits;
        private StateEvent[] events;
        private int next;

        /** Makes the pool and opens the wait. */
        @Setup
        public void open() {
            var pool = new EventPool(waited);
            waits = new Waits(pool.names());
            events = pool.events();
        }
    }

    /** Changes made beforehand, and waits. */
    @State(Scope.Thread)
    public static class OursPublishing {
        /** How many names are waited for. */
        @Param({"1000", "100000", "1000000"})
        public int waited;

        private Waits waits;
        private StateChange[] changes;
        private int next;

        /** Makes the pool and opens the wait. */
        @Setup
        public void open() {
            var pool = new EventPool(waited);
            waits = new Waits(pool.names());
            changes = pool.changes();
        }
    }

    /** Names that are decoded on the way, and waits. */
    @State(Scope.Thread)
    public static class OursDecoding {
        /** How many names are waited for. */
        @Param({"1000", "100000", "1000000"})
        public int waited;

        private EventPool pool;
        private Waits waits;

        /** Makes the pool and opens the wait. */
        @Setup
        public void open() {
            pool = new EventPool(waited);
            waits = new Waits(pool.names());
        }
    }

    /** Events made beforehand, and a map. */
    @State(Scope.Thread)
    public static class BareMap {
        /** How many names are in the map. */
        @Param({"1000", "100000", "1000000"})
        public int waited;

        private Places places;
        private StateEvent[] events;
        private int next;

        /** Makes the pool and the map. */
        @Setup
        public void open() {
            var pool = new EventPool(waited);
            places = new Places(pool.names());
            events = pool.events();
        }
    }

    /** Names that are decoded on the way, and a map. */
    @State(Scope.Thread)
    public static class BareMapDecoding {
        /** How many names are in the map. */
        @Param({"1000", "100000", "1000000"})
        public int waited;

        private EventPool pool;
        private Places places;

        /** Makes the pool and the map. */
        @Setup
        public void open() {
            pool = new EventPool(waited);
            places = new Places(pool.names());
        }
    }

    /** Events made beforehand, and a bus. */
    @State(Scope.Thread)
    public static class Bus {
        /** How many subscribers there are. */
        @Param({"1000", "100000"})
        public int waited;

        private Subscribers subscribers;
        private StateEvent[] events;
        private int next;

        /** Makes the pool and subscribes. */
        @Setup
        public void open() {
            var pool = new EventPool(waited);
            subscribers = new Subscribers(pool.names());
            events = pool.events();
        }
    }

    /** The event holds the very string that is waited for. */
    @Benchmark
    public @Nullable Runnable handOver(Ours on) {
        StateEvent event = on.events[on.next];
        on.next = on.next + 1 == on.events.length ? 0 : on.next + 1;
        return on.waits.accept(event);
    }

    /** From the bytes of the name. */
    @Benchmark
    public @Nullable Runnable handOverDecoded(OursDecoding on) {
        return on.waits.accept(on.pool.decodeNext());
    }

    /** The whole call. */
    @Benchmark
    public StateEvent publish(OursPublishing on) {
        StateChange change = on.changes[on.next];
        on.next = on.next + 1 == on.changes.length ? 0 : on.next + 1;
        return on.waits.publish(change);
    }

    /** Peer of {@code handOver}. */
    @Benchmark
    public boolean bareMap(BareMap on) {
        StateEvent event = on.events[on.next];
        on.next = on.next + 1 == on.events.length ? 0 : on.next + 1;
        return on.places.accept(event);
    }

    /** Peer of {@code handOverDecoded}. */
    @Benchmark
    public boolean bareMapDecoded(BareMapDecoding on) {
        return on.places.accept(on.pool.decodeNext());
    }

    /** Peer of {@code handOver}. */
    @Benchmark
    public int guava(Bus on) {
        StateEvent event = on.events[on.next];
        on.next = on.next + 1 == on.events.length ? 0 : on.next + 1;
        return on.subscribers.post(event);
    }
}
