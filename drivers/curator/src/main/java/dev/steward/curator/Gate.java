package dev.steward.curator;

import dev.steward.store.StoreTrouble;
import dev.steward.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls are let through: they are while the store is open, they wait a while when it is about to be, and are answered at once when
 * it is known that it will not be. Belongs to the store's thread.
 */
final class Gate {
    private record Waiting(Runnable go, Consumer<? super StoreTrouble> refuse) {}

    private final TimeSource time;
    private final long patience;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable StoreTrouble trouble;
    private String doing = "not connected to ZooKeeper yet";
    private boolean open;
    private long since;

    Gate(TimeSource time, Duration patience) {
        this.time = time;
        this.patience = TimeSource.saturatedNanos(patience);
        since = time.nanos();
    }

    boolean isOpen() {
        return open;
    }

    boolean isRefused() {
        return trouble instanceof StoreTrouble.Refused;
    }

    /** Lets a call through, now or soon, or refuses it; either is called once. */
    void enter(Runnable go, Consumer<? super StoreTrouble> refuse) {
        if (open) {
            go.run();
            return;
        }
        StoreTrouble now = trouble();
        if (now != null) {
            refuse.accept(now);
        } else {
            waiting.add(new Waiting(go, refuse));
        }
    }

    private @Nullable StoreTrouble trouble() {
        if (trouble != null) {
            return trouble;
        }
        return time.nanos() - since >= patience ? new StoreTrouble.Unavailable(doing) : null;
    }

    /** It will be open soon: calls may wait. */
    void soon(String what) {
        open = false;
        trouble = null;
        doing = what;
        since = time.nanos();
    }

    void open() {
        open = true;
        trouble = null;
        for (int calls = waiting.size(); calls > 0; calls--) {
            waiting.remove().go.run();
        }
    }

    /** It is not open, for a reason, until {@link #soon} or {@link #open}. */
    void shut(StoreTrouble why) {
        open = false;
        trouble = why;
        refuseWaiting(why);
    }

    /** Answers those who have waited for long enough. */
    void expire() {
        StoreTrouble now = open || waiting.isEmpty() ? null : trouble();
        if (now != null) {
            refuseWaiting(now);
        }
    }

    private void refuseWaiting(StoreTrouble why) {
        for (int calls = waiting.size(); calls > 0; calls--) {
            waiting.remove().refuse.accept(why);
        }
    }
}
