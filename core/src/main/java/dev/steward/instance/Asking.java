package dev.steward.instance;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is asked of a manager to its next pass, and answers what no pass will take any more: it knows whether the manager still lives.
 * {@link #ask} and {@link #die} are safe for use by many threads; the rest belongs to the pass.
 */
final class Asking {
    private final Host host;
    private final Replies replies;
    private volatile boolean closed;
    private volatile boolean refusing;
    private volatile @Nullable ShutdownAnswer end;

    /** Answers through {@code replies}. */
    Asking(Host host, Replies replies) {
        this.host = host;
        this.replies = replies;
    }

    /** Has a request carried out in the next pass; if there will be none for it any more, the future says so. */
    <T> CompletableFuture<T> ask(Supplier<T> refusal, Consumer<CompletableFuture<T>> request) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (refusing) {
            future.complete(refusal.get());
            return future;
        }
        host.post(() -> {
            if (closed || host.isShuttingDown()) {
                replies.add(future, refusal.get());
            } else {
                try {
                    request.accept(future);
                } catch (RuntimeException defect) {
                    future.completeExceptionally(defect);
                    throw defect;
                }
            }
        });
        if (isOver()) {
            future.complete(refusal.get()); // the last look into the mailbox may be over
        }
        return future;
    }

    /** Has the manager end; from now on it is asked for nothing else. */
    CompletableFuture<ShutdownAnswer> die(Shutdown shutdown, Duration limit) {
        CompletableFuture<ShutdownAnswer> future = new CompletableFuture<>();
        host.post(() -> {
            replies.atTheEnd(future);
            if (end == null) {
                shutdown.begin(host.pass().now(), limit);
            }
        });
        refusing = true;
        ShutdownAnswer over = end;
        if (over != null) {
            future.complete(over);
        }
        return future;
    }

    /** What has become of all of it; null if it is not over. */
    void ended(@Nullable ShutdownAnswer answer) {
        end = answer;
        if (answer != null) {
            host.cycle().drain(); // whoever posts from now on finds the end
        }
    }

    /** The manager is closed, and looks no longer; answers with what is left. */
    void close(Shutdown shutdown) {
        refusing = true;
        closed = true;
        if (end == null) {
            end = shutdown.abandon();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether there will be no pass any more. */
    boolean isOver() {
        return closed || end != null;
    }

    /** Gives the answers that are ready, and at the end those to whoever waits for it. */
    void answer() {
        replies.give(end);
    }
}
