package dev.steward.store;

import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The deletions of the last hour, oldest first; one for each key, for a commit may delete many. Not safe for use by many threads. */
final class Graves {
    private static final long REMEMBERED = Duration.ofHours(1).toNanos();

    private record Grave(Deleted deleted, long at) {}

    private final TimeSource time;
    private final Deque<Grave> graves = new ArrayDeque<>();

    Graves(TimeSource time) {
        this.time = time;
    }

    void remember(Deleted deleted) {
        graves.add(new Grave(deleted, time.nanos()));
    }

    /** Forgets what is older than an hour, and says what. */
    void forgetOld(Consumer<? super Deleted> forgotten) {
        long now = graves.isEmpty() ? 0 : time.nanos();
        for (Grave grave = graves.peek(); grave != null && now - grave.at >= REMEMBERED; grave = graves.peek()) {
            graves.remove();
            forgotten.accept(grave.deleted);
        }
    }
}
