package dev.steward.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listener of one wait what is new, one thing at a time and in order, and completes the future after that.
 *
 * <p>Whoever comes while somebody is telling goes away again; the one who tells looks once more before it stops. No lock is held
 * while foreign code runs, so that it may call whatever it likes. Safe for use by many threads.
 */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final String name;
    private final Lock lock;
    private final Ledger ledger;
    private final @Nullable Consumer<NameResult> listener;
    private final @Nullable Executor executor;
    private final AtomicBoolean submitted = new AtomicBoolean();
    private boolean telling; // guarded by the lock, as the future is
    private @Nullable CompletableFuture<WaitResult> future;

    Delivery(
            String name,
            Lock lock,
            Ledger ledger,
            @Nullable Consumer<NameResult> listener,
            @Nullable Executor executor) {
        this.name = name;
        this.lock = lock;
        this.ledger = ledger;
        this.listener = listener;
        this.executor = executor;
    }

    /** Delivers what there is, on the executor if there is one and it accepts, or else here. */
    void deliver() {
        if (isDue() && !submit()) {
            tell();
        }
    }

    /** Has the executor deliver what there is; without an executor, or if it refuses, the next pass does. */
    void submitIfDue() {
        if (isDue()) {
            submit();
        }
    }

    private boolean isDue() {
        lock.lock();
        try {
            return !ledger.isTold() || isFutureDue();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFutureDue() {
        return future != null && ledger.isSettled() && !future.isDone();
    }

    /** Has the executor deliver; answers whether it is going to. Without an executor it is not. */
    boolean submit() {
        if (executor == null) {
            return false;
        }
        if (!submitted.compareAndSet(false, true)) {
            return true;
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RuntimeException refused) {
            submitted.set(false);
            log.atError().addKeyValue("wait", name).setCause(refused).log("an executor refused to deliver");
            return false;
        }
    }

    private void run() {
        submitted.set(false); // first, so that what comes from here on is submitted again
        tell();
    }

    private void tell() {
        lock.lock();
        try {
            if (telling) {
                return;
            }
            telling = true;
        } finally {
            lock.unlock();
        }
        boolean done = false;
        try {
            while (!done) {
                done = tellNext();
            }
        } finally {
            if (!done) {
                stopTelling(); // an error came out of the listener
            }
        }
    }

    /** Tells one thing; answers whether there was none, in which case nobody is telling any more. */
    private boolean tellNext() {
        NameResult news;
        CompletableFuture<WaitResult> over = null;
        WaitResult result = null;
        lock.lock();
        try {
            news = ledger.takeNews();
            telling = news != null;
            if (news == null && isFutureDue()) {
                over = future;
                result = ledger.result();
            }
        } finally {
            lock.unlock();
        }
        if (news != null) {
            tell(news);
        } else if (over != null) {
            over.complete(result);
        }
        return news == null;
    }

    private void tell(NameResult news) {
        try {
            if (listener != null) {
                listener.accept(news);
            }
        } catch (RuntimeException failure) {
            log.atError()
                    .addKeyValue("wait", name)
                    .addKeyValue("news", news)
                    .setCause(failure)
                    .log("a listener failed");
        }
    }

    private void stopTelling() {
        lock.lock();
        try {
            telling = false;
        } finally {
            lock.unlock();
        }
    }

    /** The future of the wait, always the same one. */
    CompletableFuture<WaitResult> future() {
        lock.lock();
        try {
            if (future == null) {
                future = new CompletableFuture<>();
                if (ledger.isSettled() && !telling && ledger.isTold()) {
                    future.complete(ledger.result()); // nobody knows it yet, so nobody is called
                }
            }
            return future;
        } finally {
            lock.unlock();
        }
    }
}
