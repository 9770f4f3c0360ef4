package dev.steward.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many publishers, many readers: every sequence is delivered once or lies in one gap, and no wake-up is lost. */
@Timeout(300)
class FeedStressTest {
    private static final int PUBLISHERS = 4;

    private final ExecutorService pool = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "feed-stress");
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void let_go() {
        pool.shutdownNow();
    }

    /** Checks that what it is given has neither holes nor repetitions. */
    private static final class Account implements StateListener {
        private long next;
        private long delivered;
        private long missed;

        private Account(long next) {
            this.next = next;
        }

        @Override
        public void event(StateEvent event) {
            assertThat(event.sequence()).isEqualTo(next);
            next++;
            delivered++;
        }

        @Override
        public void gap(long first, long last) {
            assertThat(first).isEqualTo(next);
            assertThat(last).as("the end of a gap from %s", first).isGreaterThanOrEqualTo(first);
            next = last + 1;
            missed += last - first + 1;
        }
    }

    /** Reads whenever it is woken, until it has accounted for {@code goal}. */
    private static Callable<Account> reader(InMemoryStateFeed feed, Position after, long goal) {
        Semaphore woken = new Semaphore(0);
        Subscription subscription = feed.subscribe(after, woken::release);
        Account account = new Account(after.sequence() + 1);
        return () -> {
            while (account.next <= goal) {
                assertThat(woken.tryAcquire(30, TimeUnit.SECONDS))
                        .as("a wake-up was lost: at %s of %s", account.next, goal)
                        .isTrue();
                woken.drainPermits();
                subscription.poll(account);
            }
            subscription.close();
            return account;
        };
    }

    private void publish(InMemoryStateFeed feed, int publishers, int each) {
        for (int p = 0; p < publishers; p++) {
            pool.execute(() -> {
                for (int i = 0; i < each; i++) {
                    feed.publish(Kettle.of("red", Kettle.COLD));
                }
            });
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void four_publishers_make_sequences_without_gaps_and_four_readers_see_all_of_them() throws Exception {
        int each = 50_000;
        long goal = (long) PUBLISHERS * each;
        InMemoryStateFeed feed = new InMemoryStateFeed(new VirtualTime(), (int) goal);
        List<Future<Account>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(pool.submit(reader(feed, feed.position(), goal)));
        }

        publish(feed, PUBLISHERS, each);

        for (Future<Account> reader : readers) {
            Account account = result(reader);
            assertThat(account.delivered).isEqualTo(goal);
            assertThat(account.missed).isZero();
        }
        System.out.println("feed: " + goal + " events by " + PUBLISHERS + " publishers, all seen by 4 readers");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64})
    void a_reader_that_is_overtaken_again_and_again_is_told_of_every_gap_just_once(int tail) throws Exception {
        int each = 100_000;
        long goal = 2L * each;
        InMemoryStateFeed feed = new InMemoryStateFeed(new VirtualTime(), tail);
        List<Future<Account>> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            readers.add(pool.submit(reader(feed, feed.position(), goal)));
        }

        publish(feed, 2, each);

        StringBuilder seen = new StringBuilder();
        for (Future<Account> reader : readers) {
            Account account = result(reader);
            assertThat(account.delivered + account.missed).isEqualTo(goal);
            seen.append(", ").append(account.delivered).append(" + ").append(account.missed);
        }
        System.out.println("feed with a tail of " + tail + ": " + goal + " events, delivered + missed" + seen);
    }

    @Test
    void who_subscribes_while_others_publish_loses_nothing() throws Exception {
        int each = 20_000;
        long goal = (long) PUBLISHERS * each;
        InMemoryStateFeed feed = new InMemoryStateFeed(new VirtualTime(), (int) goal);
        publish(feed, PUBLISHERS, each);

        List<Future<Account>> readers = new ArrayList<>();
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Position position = feed.position();
            positions.add(position);
            readers.add(pool.submit(reader(feed, position, goal)));
        }

        for (int i = 0; i < readers.size(); i++) {
            Account account = result(readers.get(i));
            assertThat(account.delivered).isEqualTo(goal - positions.get(i).sequence());
        }
    }

    @Test
    void bursts_with_a_rest_after_each_lose_no_wake_up() throws Exception {
        int rounds = 10_000;
        InMemoryStateFeed feed = new InMemoryStateFeed(new VirtualTime(), 64);
        Semaphore woken = new Semaphore(0);
        Subscription subscription = feed.subscribe(woken::release);
        Semaphore[] turns = {new Semaphore(0), new Semaphore(0)};
        for (Semaphore turn : turns) {
            pool.execute(() -> {
                for (int round = 0; round < rounds; round++) {
                    turn.acquireUninterruptibly();
                    feed.publish(Kettle.of("red", Kettle.COLD));
                    feed.publish(Kettle.of("red", Kettle.COLD));
                }
            });
        }
        Account account = new Account(1);
        for (int round = 1; round <= rounds; round++) {
            turns[0].release();
            turns[1].release();
            while (account.next <= 4L * round) {
                assertThat(woken.tryAcquire(30, TimeUnit.SECONDS))
                        .as("a wake-up was lost: at %s in round %s", account.next, round)
                        .isTrue();
                woken.drainPermits();
                subscription.poll(account);
            }
        }

        assertThat(account.delivered).isEqualTo(4L * rounds);
        System.out.println("feed: " + account.delivered + " events in " + rounds + " bursts, no wake-up lost");
    }
}
