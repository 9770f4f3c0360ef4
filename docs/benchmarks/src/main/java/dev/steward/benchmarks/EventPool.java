package dev.steward.benchmarks;

import dev.steward.event.Kind;
import dev.steward.event.Reason;
import dev.steward.event.StateChange;
import dev.steward.event.StateEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Events of many names, made before the measurement, in random order. Every name goes through the same six states over and over: each
 * lap visits all names in an order of its own and moves each of them by one state, so that every event is the one that is waited for.
 *
 * <p>At least 2^20 events, so that reading them is no cheaper than it would be in life. Not safe for use by many threads.
 */
final class EventPool {
    /** What a thing goes through. */
    enum Stage {
        REQUESTED,
        SHUTDOWN,
        BOOTING,
        BOOTED,
        RELOADING,
        READY
    }

    static final Kind<Stage> KIND = Kind.of("benchmark-node", Stage.class);

    /** The six states, in order. */
    static final List<String> STATES = List.copyOf(KIND.states());

    private static final int LEAST = 1 << 20;
    private static final Instant AT = Instant.EPOCH;

    private final String[] names;
    private final byte[][] encoded;
    private final int[] order;
    private final String[] words = STATES.toArray(String[]::new);
    private int next;
    private int lap;
    private int inLap;

    EventPool(int size) {
        names = IntStream.range(0, size).mapToObj(i -> "node-" + i).toArray(String[]::new);
        encoded = IntStream.range(0, size)
                .mapToObj(i -> names[i].getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        int laps = Math.max(1, (LEAST + size * STATES.size() - 1) / (size * STATES.size())) * STATES.size();
        order = new int[laps * size];
        var random = new SplittableRandom(42);
        for (int i = 0; i < order.length; i++) {
            int begin = i / size * size;
            int swap = begin + random.nextInt(i - begin + 1);
            order[i] = order[swap];
            order[swap] = i - begin;
        }
    }

    List<String> names() {
        return List.of(names);
    }

    /** The states {@code laps} laps long, which is how long a wait must be to take the events of so many laps. */
    static List<String> statesFor(int laps) {
        return Collections.nCopies(laps / STATES.size(), STATES).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** All of it, each event an object of its own that holds the very name that is waited for. */
    StateEvent[] events() {
        StateEvent[] events = new StateEvent[order.length];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(i + 1, names[order[i]], words[i / names.length % words.length]);
        }
        return events;
    }

    /** The same, before it is published. */
    StateChange[] changes() {
        StateChange[] changes = new StateChange[order.length];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = change(names[order[i]], words[i / names.length % words.length]);
        }
        return changes;
    }

    /** The next event as it comes off a wire: its name is decoded now, and neither is its hash known nor is it the same object. */
    StateEvent decodeNext() {
        String name = new String(encoded[order[next]], StandardCharsets.US_ASCII);
        String word = words[lap];
        if (++next == order.length) {
            next = 0;
        }
        if (++inLap == names.length) {
            inLap = 0;
            lap = lap + 1 == words.length ? 0 : lap + 1;
        }
        return event(1, name, word);
    }

    private static StateEvent event(long sequence, String name, String word) {
        return new StateEvent(sequence, AT, change(name, word));
    }

    private static StateChange change(String name, String word) {
        return new StateChange(KIND, name, word, StateChange.Outcome.ENTERED, Reason.none(), "");
    }
}
