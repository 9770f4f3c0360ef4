package dev.steward.curator;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.steward.store.StoreTrouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes calls in and counts those that are not answered: no more than {@link #MOST} at a time, and none once it is closed, which waits
 * for the rest. Each call is answered once, and an answer that fails touches nobody else. Safe for use by many threads.
 */
final class Desk {
    static final int MOST = 10_000;
    private static final Logger log = LoggerFactory.getLogger(Desk.class);
    private static final StoreTrouble CLOSED = new StoreTrouble.Refused("the store is closed");
    private static final StoreTrouble BUSY = new StoreTrouble.Unavailable("busy: " + MOST + " calls are waiting");

    private final StoreThread thread;
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile @Nullable Runnable whenAllAreAnswered;

    Desk(StoreThread thread) {
        this.thread = thread;
    }

    private final class Call<T> implements Consumer<T> {
        private final Consumer<? super T> then;
        private final AtomicBoolean answered = new AtomicBoolean();

        private Call(Consumer<? super T> then) {
            this.then = then;
        }

        @Override
        public void accept(T answer) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            left();
            try {
                then.accept(answer);
            } catch (RuntimeException | Error thrown) { // a defect of whoever asked
                log.atError()
                        .setCause(thrown)
                        .log("what was told {} failed", answer.getClass().getSimpleName());
            }
        }
    }

    /** Somebody asks; the call counts until what this answers was told the answer. */
    <T> Consumer<T> enter(Consumer<? super T> then) {
        Consumer<T> call = new Call<>(checkNotNull(then, "then"));
        unanswered.incrementAndGet();
        return call;
    }

    private void left() {
        if (unanswered.decrementAndGet() == 0) {
            Runnable last = whenAllAreAnswered;
            if (last != null) {
                thread.post(last);
            }
        }
    }

    /** Has the call done, or answers why not. */
    void post(Runnable call, Consumer<? super StoreTrouble> answer) {
        if (isClosed()) {
            answer.accept(CLOSED);
        } else if (unanswered.get() > MOST) {
            answer.accept(BUSY);
        } else if (!thread.post(() -> run(call, answer))) {
            answer.accept(CLOSED);
        }
    }

    private static void run(Runnable call, Consumer<? super StoreTrouble> answer) {
        try {
            call.run();
        } catch (RuntimeException | Error thrown) {
            answer.accept(new StoreTrouble.Unknown("failed: " + thrown));
            throw thrown;
        }
    }

    boolean isClosed() {
        return whenAllAreAnswered != null;
    }

    /** Takes no more calls; {@code last} is posted once those before are answered, perhaps more than once. */
    void close(Runnable last) {
        whenAllAreAnswered = last;
        thread.post(
                () -> { // after the calls before
                    if (unanswered.get() == 0) {
                        last.run();
                    }
                });
    }
}
