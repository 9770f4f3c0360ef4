package dev.steward.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NotificationBoardThreadsTest {
    private static final int PASSES = 50_000;

    private final VirtualTime time = new VirtualTime();
    private final NotificationBoard board =
            new NotificationBoard(time, new MessageRetention(Duration.ofSeconds(1), 5, 50));
    private final ExecutorService reader = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopReader() throws InterruptedException {
        reader.shutdownNow();
        assertThat(reader.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void another_thread_sees_only_whole_passes_in_their_order() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        Future<Integer> different = reader.submit(() -> readUntilTheLastPass(reading));
        reading.await();

        for (int pass = 1; pass <= PASSES; pass++) {
            time.advance(Duration.ofMillis(25));
            board.raise("writer", "first", "pass " + pass);
            board.log("writer", "pass " + pass);
            board.raise("writer", "second", "pass " + pass);
            board.publish();
        }

        assertThat(different.get()).isPositive();
    }

    /** Answers how many different views it saw; each is checked twice, to catch one that changes under the reader. */
    private int readUntilTheLastPass(CountDownLatch reading) {
        int views = 0;
        long last = 0;
        while (last < PASSES) {
            NotificationView view = board.view();
            long pass = checkedPass(view);
            assertThat(checkedPass(view)).isEqualTo(pass).isGreaterThanOrEqualTo(last);
            views += pass > last ? 1 : 0;
            last = pass;
            reading.countDown();
        }
        return views;
    }

    private static long checkedPass(NotificationView view) {
        List<LoggedMessage> messages = view.messages();
        if (messages.isEmpty()) {
            assertThat(view.notifications()).isEmpty();
            return 0;
        }
        long first = messages.get(0).sequence();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).sequence() != first + i) {
                throw new AssertionError("torn log: " + messages);
            }
        }
        LoggedMessage last = messages.get(messages.size() - 1);
        String text = "pass " + last.sequence();
        boolean whole = last.text().equals(text)
                && view.notifications().size() == 2
                && view.notifications().stream()
                        .allMatch(raised -> raised.text().equals(text));
        if (!whole) {
            throw new AssertionError("not a whole pass: " + last + " beside " + view.notifications());
        }
        return last.sequence();
    }
}
