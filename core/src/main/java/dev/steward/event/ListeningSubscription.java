package dev.steward.event;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cursor that is polled on an executor whenever there is something to read. Safe for use by many threads. */
final class ListeningSubscription implements Subscription {
    private static final Logger log = LoggerFactory.getLogger(ListeningSubscription.class);

    private final Executor executor;
    private final StateListener listener;
    private final Subscription cursor;
    private final AtomicInteger wanted = new AtomicInteger(1); // wake-ups not answered by a poll; 1 while being made

    ListeningSubscription(StateFeed feed, Executor executor, StateListener listener) {
        this.executor = executor;
        this.listener = new Isolated(listener);
        this.cursor = feed.subscribe(this::wake);
        if (wanted.decrementAndGet() > 0) {
            try {
                submit();
            } catch (RuntimeException | Error refused) {
                cursor.close(); // whoever asked for it is told, and has nothing to close
                throw refused;
            }
        }
    }

    private void wake() {
        if (wanted.getAndIncrement() == 0) {
            submit();
        }
    }

    private void submit() {
        try {
            executor.execute(this::deliver);
        } catch (RuntimeException | Error refused) {
            wanted.set(0);
            throw refused; // the feed logs it, and wakes again at the next publication
        }
    }

    private void deliver() {
        int answered;
        do {
            answered = wanted.get();
            cursor.poll(listener);
        } while (wanted.addAndGet(-answered) > 0);
    }

    @Override
    public int poll(StateListener other) {
        throw new IllegalStateException("this subscription is polled by its executor");
    }

    @Override
    public Position position() {
        return cursor.position();
    }

    @Override
    public void close() {
        cursor.close();
    }

    private record Isolated(StateListener listener) implements StateListener {
        @Override
        public void event(StateEvent event) {
            try {
                listener.event(event);
            } catch (RuntimeException | Error failure) { // an Error too, or nobody would deliver the events behind it
                log.atError().addKeyValue("event", event).setCause(failure).log("a listener failed");
            }
        }

        @Override
        public void gap(long first, long last) {
            try {
                listener.gap(first, last);
            } catch (RuntimeException | Error failure) {
                log.atError()
                        .addKeyValue("first", first)
                        .addKeyValue("last", last)
                        .setCause(failure)
                        .log("a listener missed events");
            }
        }
    }
}
