package dev.steward.testkit.proof.gallery;

import static java.time.Duration.ofSeconds;

import dev.steward.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A cloud. Not safe for use by many threads. */
final class Machines implements MachineApi {
    private final Set<String> running = new TreeSet<>();
    private final Set<String> terminated = new TreeSet<>();
    private final Deque<Long> asked = new ArrayDeque<>();
    private final TimeSource time;
    private int busiest;
    private boolean full;

    Machines(TimeSource time) {
        this.time = time;
    }

    @Override
    public void launch(String id, Consumer<Boolean> then) {
        long now = time.nanos();
        asked.addLast(now);
        asked.removeIf(before -> now - before > ofSeconds(10).toNanos());
        busiest = Math.max(busiest, asked.size());
        if (!full && !terminated.contains(id)) {
            running.add(id);
        }
        then.accept(!full);
    }

    @Override
    public void terminate(String id, Consumer<Boolean> then) {
        running.remove(id);
        terminated.add(id);
        then.accept(true);
    }

    @Override
    public void list(Consumer<Set<String>> then) {
        then.accept(new TreeSet<>(running));
    }

    void setFull(boolean isFull) {
        full = isFull;
    }

    /** Somebody else starts one. */
    void start(String id) {
        running.add(id);
    }

    /** Somebody else ends one. */
    void stop(String id) {
        running.remove(id);
    }

    Set<String> running() {
        return running;
    }

    /** Those that a controller has ended. */
    Set<String> terminated() {
        return terminated;
    }

    /** The most launches asked for within 10 s. */
    int busiest() {
        return busiest;
    }
}
