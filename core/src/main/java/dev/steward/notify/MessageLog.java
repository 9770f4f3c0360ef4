package dev.steward.notify;

import dev.steward.time.TimeSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The latest messages, in an array that is only ever appended to. So what {@link #window()} answers stays as it is without a
 * copy: the part of the array that it shows is never written again. An array that is full, or nearly all forgotten, is left to
 * its windows, and a new one takes what is kept. So a message costs constant time on average, and the memory follows what is
 * kept.
 *
 * <p><b>Threads.</b> Not safe for use by many threads; its windows are immutable and may be handed to other threads.
 */
final class MessageLog {
    private static final int SMALLEST = 16;

    private final MessageRetention retention;
    private final long ageNanos;
    private LoggedMessage[] messages = new LoggedMessage[SMALLEST];
    private long[] logged = new long[SMALLEST]; // monotonic: retention does not follow the wall clock
    private int from;
    private int to;
    private long sequence;

    MessageLog(MessageRetention retention) {
        this.retention = retention;
        this.ageNanos = TimeSource.saturatedNanos(retention.age());
    }

    void add(TimeSource time, String source, String text) {
        long now = time.nanos();
        if (to == messages.length) {
            moveToNewArray();
        }
        messages[to] = new LoggedMessage(++sequence, time.now(), source, text);
        logged[to] = now;
        to++;
        forget(now);
    }

    List<LoggedMessage> window() {
        return Collections.unmodifiableList(Arrays.asList(messages).subList(from, to));
    }

    int capacity() {
        return messages.length;
    }

    private void forget(long now) {
        while (to - from > retention.atMost() || (to - from > retention.atLeast() && now - logged[from] >= ageNanos)) {
            from++;
        }
        if (messages.length > SMALLEST && to - from < messages.length / 4) {
            moveToNewArray();
        }
    }

    private void moveToNewArray() {
        int kept = to - from;
        int capacity = Math.max(SMALLEST, 2 * kept);
        messages = Arrays.copyOf(Arrays.copyOfRange(messages, from, to), capacity);
        logged = Arrays.copyOf(Arrays.copyOfRange(logged, from, to), capacity);
        from = 0;
        to = kept;
    }
}
