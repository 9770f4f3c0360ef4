package dev.steward.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No wake-up is lost on its way through nested composites to a thread that parks.
 *
 * <p>No loop here ever asks for a delay and no wait has a safety cap, so a single lost wake-up ends in a thread that parks for ever,
 * and in a failure that says how far it came.
 */
class LostWakeUpStressTest {
    private static final int LOOPS = 50;

    /** Counts what it finds in its mailbox. */
    private static final class Counting implements ControlLoop {
        private final Mailbox mailbox = new Mailbox();
        private final String name;
        private volatile long handled;
        private long passes;

        private Counting(int number) {
            this.name = "counting-" + number;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one pass at a time
        public Step manageOnce() {
            passes++;
            handled += mailbox.drain();
            return Step.parked();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            mailbox.wakeWith(wakeUp);
        }
    }

    private final List<Counting> loops = new ArrayList<>();
    private final CompositeLoop outer = CompositeLoop.of("outer", TimeSource.system());
    private volatile long goal;

    private void nest() {
        for (int group = 0; group < 5; group++) {
            CompositeLoop inner = CompositeLoop.of("inner-" + group, TimeSource.system());
            outer.add(inner);
            for (int i = 0; i < LOOPS / 5; i++) {
                Counting loop = new Counting(loops.size());
                loops.add(loop);
                inner.add(loop);
            }
        }
    }

    private long handled() {
        long sum = 0;
        for (Counting loop : loops) {
            sum += loop.handled;
        }
        return sum;
    }

    @Test
    @Timeout(300)
    void four_producers_posting_as_fast_as_they_can_lose_nothing() throws Exception {
        int producers = 4;
        int posts = 150_000;
        nest();
        goal = (long) producers * posts;
        for (int p = 0; p < producers; p++) {
            int first = p;
            start(() -> {
                for (int i = 0; i < posts; i++) {
                    loops.get((first + i * 13) % LOOPS).mailbox.post(() -> {});
                }
            });
        }

        Background<Boolean> run =
                Background.run(() -> new LoopInvoker(TimeSource.system()).run(outer, () -> handled() == goal));

        assertThat(resultOrProgress(run)).isTrue();
        System.out.println("lost wake-ups: 0 of " + handled() + " posts by " + producers + " producers to " + LOOPS
                + " loops in two layers of composites, "
                + loops.stream().mapToLong(loop -> loop.passes).sum()
                + " passes");
    }

    @Test
    @Timeout(300)
    void bursts_with_a_rest_after_each_lose_nothing() throws Exception {
        int producers = 4;
        int rounds = 5_000;
        int posts = 5;
        nest();
        Semaphore[] turns = new Semaphore[producers];
        Semaphore roundOver = new Semaphore(0);
        for (int p = 0; p < producers; p++) {
            Semaphore turn = new Semaphore(0);
            turns[p] = turn;
            int first = p;
            start(() -> {
                for (int round = 0; round < rounds; round++) {
                    turn.acquireUninterruptibly();
                    for (int i = 0; i < posts; i++) {
                        loops.get((first + round + i) % 3).mailbox.post(() -> {});
                    }
                }
            });
        }
        goal = (long) producers * posts;
        long total = goal * rounds;
        Background<Boolean> run = Background.run(() -> new LoopInvoker(TimeSource.system()).run(outer, () -> {
            long handled = handled();
            if (handled == goal) {
                roundOver.release();
                goal = handled + (long) producers * posts;
            }
            return handled == total;
        }));

        for (int round = 0; round < rounds; round++) {
            for (Semaphore turn : turns) {
                turn.release();
            }
            assertThat(roundOver.tryAcquire(Background.BOUND, TimeUnit.SECONDS))
                    .as("a wake-up was lost in round %s: %s of %s posts handled", round, handled(), goal)
                    .isTrue();
        }

        assertThat(resultOrProgress(run)).isTrue();
        System.out.println(
                "lost wake-ups: 0 of " + total + " posts in " + rounds + " bursts of " + producers + " producers");
    }

    @Test
    @Timeout(300)
    void two_invokers_that_only_wake_each_other_play_fifty_thousand_rounds() throws Exception {
        int rounds = 50_000;
        Player ping = new Player();
        Player pong = new Player();
        ping.other = pong;
        pong.other = ping;
        CountDownLatch ready = new CountDownLatch(2);
        Background<Boolean> one = ping.play(rounds, ready);
        Background<Boolean> two = pong.play(rounds, ready);
        Background.await(ready, "both players");

        ping.mailbox.post(ping::hit);

        assertThat(one.result("ping after " + ping.hits + " and " + pong.hits + " hits"))
                .isTrue();
        assertThat(two.result("pong after " + ping.hits + " and " + pong.hits + " hits"))
                .isTrue();
        System.out.println("ping-pong: " + ping.hits + " and " + pong.hits + " hits, no wake-up lost");
    }

    /** Has the ball when its mailbox has, and hits it back. */
    private static final class Player implements ControlLoop {
        private final Mailbox mailbox = new Mailbox();
        private Player other = this;
        private volatile int hits;

        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void hit() {
            hits++;
            other.mailbox.post(other::hit);
        }

        private Background<Boolean> play(int rounds, CountDownLatch ready) {
            CompositeLoop court = CompositeLoop.of(
                    "outer", TimeSource.system(), CompositeLoop.of("inner", TimeSource.system(), this));
            return Background.run(() -> new LoopInvoker(TimeSource.system()).run(court, () -> {
                ready.countDown();
                return hits >= rounds;
            }));
        }

        @Override
        public Step manageOnce() {
            mailbox.drain();
            return Step.parked();
        }

        @Override
        public String name() {
            return "player";
        }

        @Override
        public void wakeWith(WakeUp wakeUp) {
            mailbox.wakeWith(wakeUp);
        }
    }

    private static void start(Runnable producer) {
        Thread thread = new Thread(producer, "producer");
        thread.setDaemon(true);
        thread.start();
    }

    private boolean resultOrProgress(Background<Boolean> run) throws Exception {
        try {
            return run.result("a wake-up was lost");
        } catch (AssertionError lost) {
            throw new AssertionError(handled() + " of " + goal + " posts were handled", lost);
        }
    }
}
