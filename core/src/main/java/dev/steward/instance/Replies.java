package dev.steward.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

    /** All is over. */
    void end(ShutdownAnswer answer) {
        dying.forEach(future -> add(future, answer));
        dying.clear();
    }

    /** Gives those that are ready; what they cause may add others, for the next time. */
    void give() {
        if (!ready.isEmpty()) {
            List<Runnable> now = List.copyOf(ready);
            ready.clear();
            now.forEach(Runnable::run);
        }
    }
}
