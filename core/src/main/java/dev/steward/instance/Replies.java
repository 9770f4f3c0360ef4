package dev.steward.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Answers that are given at the end of a pass, when all of it can be seen. Not safe for use by many threads. */
final class Replies {
    private final List<Runnable> ready = new ArrayList<>();
    private final List<CompletableFuture<ShutdownAnswer>> dying = new ArrayList<>();

    /** To be given at the end of this pass. */
    <T> void add(CompletableFuture<T> future, T answer) {
        ready.add(() -> future.complete(answer));
    }

    /** To be given when all is over. */
    void atTheEnd(CompletableFuture<ShutdownAnswer> future) {
        dying.add(future);
    }

    /**
     * Gives those that are ready; what they cause may add others, for the next time.
     *
     * @param end what became of all; null if it is not over
     */
    void give(@Nullable ShutdownAnswer end) {
        if (end != null) {
            dying.forEach(future -> add(future, end));
            dying.clear();
        }
        if (!ready.isEmpty()) {
            List<Runnable> now = List.copyOf(ready);
            ready.clear();
            now.forEach(Runnable::run);
        }
    }
}
